use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{ids::MarketOrderId, server::ports::storage::Storage};
use secrecy::ExposeSecret;

both! {
    async fn an_address_is_found_by_its_hash_and_opens_for_its_owner(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.save_hook(organisation(1), connection(1), "first", &key("one"), NOW).await.unwrap();
        let found = tx.hook_of("first").await.unwrap();
        assert_eq!(found, Some((organisation(1), connection(1), "first".to_owned())));
        assert_eq!(tx.hook_of("FIRST").await.unwrap(), None);
        let hooks = tx.hooks(organisation(1)).await.unwrap();
        assert_eq!((hooks.len(), hooks[0].connection), (1, connection(1)));
        assert_eq!(hooks[0].secret.expose_secret(), "one");
        let kept = world.counted("SELECT COUNT(*) FROM hooks WHERE sealed_secret LIKE '%one%'").await;
        assert_eq!(kept, 0);
    }

    async fn another_address_takes_the_place_of_the_first(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.save_hook(organisation(1), connection(1), "first", &key("one"), NOW).await.unwrap();
        tx.mark_heard(organisation(1), connection(1), after(3)).await.unwrap();
        assert_eq!(tx.hooks(organisation(1)).await.unwrap()[0].heard_at, Some(after(3)));
        tx.save_hook(organisation(1), connection(1), "second", &key("two"), after(9)).await.unwrap();
        assert_eq!(tx.hook_of("first").await.unwrap(), None);
        let hooks = tx.hooks(organisation(1)).await.unwrap();
        assert_eq!((hooks.len(), hooks[0].heard_at), (1, None), "the new one was not heard yet");
        assert_eq!(hooks[0].secret.expose_secret(), "two");
        tx.remove_hook(organisation(1), connection(1)).await.unwrap();
        assert!(tx.hooks(organisation(1)).await.unwrap().is_empty());
        assert_eq!(tx.hook_of("second").await.unwrap(), None);
    }

    async fn a_retired_connection_hears_nothing(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.save_hook(organisation(1), connection(1), "hash", &key("one"), NOW).await.unwrap();
        tx.retire_connection(organisation(1), connection(1), NOW).await.unwrap();
        assert_eq!(tx.hook_of("hash").await.unwrap(), None);
        assert!(tx.hooks(organisation(1)).await.unwrap().is_empty());
        tx.save_hook(organisation(1), connection(1), "new", &key("two"), NOW).await.unwrap();
        assert_eq!(tx.hook_of("new").await.unwrap(), None);
    }

    async fn an_order_is_told_once_until_it_is_read(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        for (number, seconds) in [(7, 5), (3, 1), (7, 6)] {
            tx.tell_order(organisation(1), shop(1), MarketOrderId(number), after(seconds)).await.unwrap();
        }
        let told = tx.told_orders(organisation(1), connection(1), 9).await.unwrap();
        assert_eq!(told, vec![(shop(1), MarketOrderId(3)), (shop(1), MarketOrderId(7))]);
        assert_eq!(tx.told_orders(organisation(1), connection(1), 1).await.unwrap().len(), 1);
        assert!(tx.told_orders(organisation(1), connection(2), 9).await.unwrap().is_empty());
        tx.forget_told(organisation(1), shop(1), MarketOrderId(3), after(1)).await.unwrap();
        tx.forget_told(organisation(1), shop(1), MarketOrderId(7), after(5)).await.unwrap();
        let left = tx.told_orders(organisation(1), connection(1), 9).await.unwrap();
        assert_eq!(left, vec![(shop(1), MarketOrderId(7))], "it was told of again while it was read");
    }
}
