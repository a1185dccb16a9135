use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    boxes::{Place, Plan, Unit},
    ids::MarketItemId,
    marketplace::ShipBy,
    server::ports::{
        shipments::{PrintedLabels, Shipment},
        storage::Storage,
    },
    shipping::ShippingState,
    submission::{TheirError, TheirWords},
};

both! {
    async fn a_shipment_moves_only_from_where_it_stands(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let asked = a_shipment(order(10), user(1));
        assert!(tx.save_shipment(organisation(1), &asked, None).await.unwrap());
        assert!(!tx.save_shipment(organisation(1), &asked, None).await.unwrap(), "there is one");
        assert_eq!(tx.shipment(organisation(1), order(10)).await.unwrap(), Some(asked.clone()));
        let refused = Shipment {
            state: ShippingState::Refused,
            attempts: 2,
            next_at: None,
            settled_at: Some(after(1)),
            refusal: Some(TheirWords {
                http: 400,
                errors: vec![TheirError { code: "STATUS_NOT_ALLOWED".into(), message: Some("«нет»".into()) }],
            }),
            trouble: Some("сеть".into()),
            ..asked
        };
        let from = Some(ShippingState::Sending);
        assert!(!tx.save_shipment(organisation(1), &refused, from).await.unwrap());
        let from = Some(ShippingState::Queued);
        assert!(tx.save_shipment(organisation(1), &refused, from).await.unwrap());
        assert_eq!(tx.shipment(organisation(1), order(10)).await.unwrap(), Some(refused));
        tx.forget_shipment(organisation(1), order(10)).await.unwrap();
        assert_eq!(tx.shipment(organisation(1), order(10)).await.unwrap(), None);
    }

    async fn what_is_being_said_is_not_forgotten(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let sending = Shipment { state: ShippingState::Sending, ..a_shipment(order(10), user(1)) };
        assert!(tx.save_shipment(organisation(1), &sending, None).await.unwrap());
        tx.forget_shipment(organisation(1), order(10)).await.unwrap();
        assert_eq!(tx.shipment(organisation(1), order(10)).await.unwrap(), Some(sending));
    }

    async fn those_that_are_due_come_by_deadline(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        for (number, hours, state, due) in [
            (20, 2, ShippingState::Queued, Some(NOW)),
            (30, 1, ShippingState::Unknown, Some(after(-1))),
            (40, 3, ShippingState::Queued, None),
            (50, 0, ShippingState::Done, Some(NOW)),
        ] {
            let mut facts = facts(i64::try_from(number).unwrap(), vec![]);
            facts.ship_by = Some(ShipBy { at: after(hours * 3600), timed: true });
            tx.save_facts(organisation(1), order(number), shop(1), &facts, &[], NOW).await.unwrap();
            let one = Shipment { state, next_at: due, ..a_shipment(order(number), user(1)) };
            assert!(tx.save_shipment(organisation(1), &one, None).await.unwrap());
        }
        let due = tx.due_shipments(organisation(1), shop(1), NOW, 10).await.unwrap();
        assert_eq!(due.iter().map(|one| one.order).collect::<Vec<_>>(), [order(30), order(20)]);
        assert_eq!(tx.due_shipments(organisation(1), shop(1), NOW, 1).await.unwrap().len(), 1);
        assert!(tx.due_shipments(organisation(1), shop(2), NOW, 10).await.unwrap().is_empty());
        assert_eq!(tx.next_shipment(organisation(1), shop(1)).await.unwrap(), Some(after(-1)));
        assert_eq!(tx.next_shipment(organisation(1), shop(2)).await.unwrap(), None);
        tx.wake_shipments(organisation(1), shop(1), after(9)).await.unwrap();
        assert_eq!(tx.due_shipments(organisation(1), shop(1), after(9), 10).await.unwrap().len(), 3);
    }

    async fn a_plan_and_labels_are_kept_with_the_order(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let before = tx.order(organisation(1), order(10)).await.unwrap().unwrap();
        assert!(before.plan.is_plain());
        let mut plan = Plan::default();
        plan.put(Unit { item: MarketItemId(1), number: 2 }, Place::Split(vec![2, 3])).unwrap();
        plan.remove(MarketItemId(2), 1, 1).unwrap();
        tx.save_plan(organisation(1), order(10), &plan, true).await.unwrap();
        let said = tx.order(organisation(1), order(10)).await.unwrap().unwrap();
        assert_eq!((said.plan, said.slots_revision), (plan.clone(), before.slots_revision + 1));
        plan.forget_removals();
        tx.save_plan(organisation(1), order(10), &plan, false).await.unwrap();
        let done = tx.order(organisation(1), order(10)).await.unwrap().unwrap();
        assert_eq!((done.plan, done.slots_revision), (plan, said.slots_revision));

        assert_eq!(tx.printed_labels(organisation(1), order(10)).await.unwrap(), None);
        let printed = PrintedLabels { submission: 3, at: NOW };
        tx.note_labels(organisation(1), order(10), &printed).await.unwrap();
        assert_eq!(tx.printed_labels(organisation(1), order(10)).await.unwrap(), Some(printed));
    }
}
