use crate::{
    harness::{World, both},
    samples::*,
};
use desk::server::ports::limits::{LimitKey, Limits};

both! {
    async fn a_limit_holds_until_its_moment_for_every_process_and_for_its_resource_only(world: World) {
        let key = LimitKey { account: "campaign:1".into(), resource: "identifiers" };
        let other_resource = LimitKey { resource: "orders", ..key.clone() };
        let other_account = LimitKey { account: "campaign:2".into(), ..key.clone() };
        assert_eq!(world.store.blocked_until(&key, NOW).await.unwrap(), None);
        world.store.block(&key, after(60)).await.unwrap();
        let other = world.another_process().await;
        assert_eq!(other.blocked_until(&key, after(59)).await.unwrap(), Some(after(60)));
        assert_eq!(other.blocked_until(&key, after(60)).await.unwrap(), None);
        assert_eq!(other.blocked_until(&other_resource, NOW).await.unwrap(), None);
        assert_eq!(other.blocked_until(&other_account, NOW).await.unwrap(), None);
    }

    async fn the_later_moment_stays(world: World) {
        let key = LimitKey { account: "business:1".into(), resource: "orders" };
        for (until, expected) in [(60, 60), (30, 60), (90, 90)] {
            world.store.block(&key, after(until)).await.unwrap();
            assert_eq!(world.store.blocked_until(&key, NOW).await.unwrap(), Some(after(expected)));
        }
    }
}
