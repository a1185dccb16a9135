use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{ids::CampaignId, server::ports::storage::Storage};

both! {
    async fn shops_are_listed_by_name_with_the_count_of_their_orders(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        tx.save_shop(organisation(1), shop(2), connection(1), &shop_facts(2, "аптека")).await.unwrap();
        tx.mark_shop_synced(organisation(1), shop(1), after(9)).await.unwrap();
        let shops = tx.shops(organisation(1)).await.unwrap();
        let told: Vec<_> =
            shops.iter().map(|shop| (shop.id, shop.facts.name.as_str(), shop.orders, shop.synced_at)).collect();
        assert_eq!(told, vec![(shop(2), "аптека", 0, None), (shop(1), "Лавка", 1, Some(after(9)))]);
        assert_eq!(tx.shop(organisation(1), shop(1)).await.unwrap().as_ref(), shops.last());
        assert_eq!(tx.shop_of_campaign(organisation(1), CampaignId(2)).await.unwrap().as_ref(), shops.first());
        assert_eq!(tx.shop_of_campaign(organisation(1), CampaignId(3)).await.unwrap(), None);
    }

    async fn the_shop_of_a_known_campaign_moves_to_the_new_connection_and_keeps_its_id(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.add_connection(organisation(1), &a_connection(2), &key("k"), NOW).await.unwrap();
        let kept = tx.save_shop(organisation(1), shop(9), connection(2), &shop_facts(1, "Лавка у дома")).await.unwrap();
        assert_eq!(kept, shop(1));
        let moved = tx.shop(organisation(1), shop(1)).await.unwrap().unwrap();
        assert_eq!((moved.connection, moved.facts), (connection(2), shop_facts(1, "Лавка у дома")));
        tx.retire_connection(organisation(1), connection(2), NOW).await.unwrap();
        assert!(tx.shops(organisation(1)).await.unwrap().is_empty());
        assert!(tx.shop_of_campaign(organisation(1), CampaignId(1)).await.unwrap().is_some());
    }
}
