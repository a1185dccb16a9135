//! Returns: whose code comes back, and when it is free again.

use crate::harness::both;
use desk::{
    journal::Action,
    orders::{
        MarkView,
        placing::{Target, Verdict},
    },
};
use sandbox::market::{
    order::{NewItem, OrderChange, OrderStatus},
    return_record::{InstanceStatus, NewReturn, ReturnChange, ReturnType},
};

both! {
    async fn a_returned_code_is_free_once_the_shop_has_the_unit(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let filled = world.fill(&seller, &theirs, page.id).await;
        let Some(MarkView::Cis(code)) = filled.lines[0].slots[0].mark.clone() else { panic!("{filled:?}") };
        world.send(&seller, &filled).await;
        world.run_jobs().await;
        let delivered = OrderChange { status: Some(OrderStatus::Delivered), ..OrderChange::default() };
        world.sandbox.change_order(theirs.order_id, delivered).unwrap();
        let made = world.sandbox.create_return(NewReturn::of(theirs.order_id, ReturnType::Return)).unwrap();
        world.after(3600).await;

        let (_, next) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let target = Target::Line(next.lines[0].id);
        let (_, outcomes) = world.desk().place_codes(&seller.actor, next.id, &code, target, true).await.unwrap();
        let Verdict::BoundElsewhere { .. } = &outcomes[0].1 else { panic!("the buyer still has it: {outcomes:?}") };

        for (status, free) in [(InstanceStatus::InTransit, false), (InstanceStatus::Picked, true)] {
            let change = ReturnChange { instance_status: Some(status), ..ReturnChange::default() };
            world.sandbox.change_return(made.return_id, &change).unwrap();
            world.after(3600).await;
            let journal = world.desk().journal(&seller.actor).await.unwrap();
            let of = |action| journal.iter().filter(|entry| entry.action == action).count();
            assert_eq!((of(Action::CodeReturned), of(Action::CodeReleased)), (1, usize::from(free)));
        }
        let old = world.page(&seller, page.id).await;
        assert!(old.lines[0].slots[0].mark.is_some(), "it is still seen where it was");
        let (_, outcomes) = world.desk().place_codes(&seller.actor, next.id, &code, target, true).await.unwrap();
        assert!(matches!(outcomes[0].1, Verdict::Placed { .. }), "{outcomes:?}");
    }
}
