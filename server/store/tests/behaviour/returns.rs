use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    orders::{OrderFilter, Tab},
    returns::{ReturnKind, ReturnedUnitStatus as Status},
    server::ports::{
        returns::ReturnedMark,
        storage::{FactsChange, Storage},
    },
};

both! {
    async fn a_return_is_kept_with_the_marks_it_brings_back(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let (org, facts) = (organisation(1), a_return(5, 10, Status::InTransit));
        let unknown = a_return(6, 99, Status::Created);
        let saved = tx.save_return(org, shop(1), Some(order(10)), &facts, &units(&facts, "A"), NOW).await.unwrap();
        assert_eq!(saved, FactsChange::New);
        let saved = tx.save_return(org, shop(1), None, &unknown, &units(&unknown, "B"), NOW).await.unwrap();
        assert_eq!(saved, FactsChange::New);
        let expected = ReturnedMark {
            number: facts.id,
            kind: Some(ReturnKind::Return),
            mark_key: mark("A").key,
            status: Some(Status::InTransit),
            stock_type: Some("FIT".into()),
            updated_at: Some(NOW),
        };
        assert_eq!(tx.returned_marks(org, order(10)).await.unwrap(), vec![expected]);
        assert!(tx.returned_marks(org, order(11)).await.unwrap().is_empty());
    }

    async fn a_newer_reading_takes_the_place_of_an_older_one_and_not_the_other_way(world: World) {
        use FactsChange::{Changed, New, Same};
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let org = organisation(1);
        let (sent, back) = (a_return(5, 10, Status::InTransit), a_return(5, 10, Status::Picked));
        let mut said = Vec::new();
        for (facts, seconds) in [(&sent, 10), (&sent, 11), (&back, 12), (&sent, 9), (&back, 13)] {
            let units = units(facts, "A");
            said.push(tx.save_return(org, shop(1), Some(order(10)), facts, &units, after(seconds)).await.unwrap());
        }
        assert_eq!(said, vec![New, Same, Changed, Same, Same]);
        let marks = tx.returned_marks(org, order(10)).await.unwrap();
        assert_eq!((marks.len(), marks[0].status.clone()), (1, Some(Status::Picked)));
    }

    async fn an_order_that_appears_later_finds_its_return(world: World) {
        founded(&world.store, 1).await;
        let facts = a_return(5, 10, Status::Picked);
        let mut tx = world.store.write().await.unwrap();
        tx.save_return(organisation(1), shop(1), None, &facts, &units(&facts, "A"), NOW).await.unwrap();
        tx.commit().await.unwrap();
        save(&world.store, 10, &crate::samples::facts(10, vec![])).await;
        let mut tx = world.store.write().await.unwrap();
        let saved = tx.save_return(organisation(1), shop(1), Some(order(10)), &facts, &units(&facts, "A"), NOW).await;
        assert_eq!(saved.unwrap(), FactsChange::Changed);
        assert_eq!(tx.returned_marks(organisation(1), order(10)).await.unwrap().len(), 1);
    }

    async fn a_mark_that_was_let_go_is_seen_where_it_was_and_free_for_another_order(world: World) {
        with_order(&world.store).await;
        save(&world.store, 11, &facts(11, vec![item(1, "ART-1", "Тапочки", 1)])).await;
        let mut tx = world.store.write().await.unwrap();
        let (org, mark) = (organisation(1), mark("5Qbag!a"));
        assert!(tx.fill_slot(org, order(10), slot_of(10, 1, 0), &mark, NOW).await.unwrap());
        assert!(!tx.fill_slot(org, order(11), slot_of(11, 1, 0), &mark, NOW).await.unwrap(), "still the buyer's");
        let before = tx.order(org, order(10)).await.unwrap().unwrap();

        assert!(tx.release_mark(org, order(10), &mark.key, after(1)).await.unwrap());
        assert!(!tx.release_mark(org, order(10), &mark.key, after(2)).await.unwrap(), "once");
        assert!(!tx.release_mark(org, order(11), &mark.key, after(2)).await.unwrap());
        let after_it = tx.order(org, order(10)).await.unwrap().unwrap();
        assert_eq!(after_it.lines, before.lines);
        assert_eq!(after_it.slots_revision, before.slots_revision);
        assert_eq!(after_it.revision, before.revision + 1);
        assert_eq!(tx.binding_of(org, &mark.key).await.unwrap(), None);

        assert!(tx.fill_slot(org, order(11), slot_of(11, 1, 0), &mark, after(3)).await.unwrap());
        assert_eq!(tx.binding_of(org, &mark.key).await.unwrap().unwrap().order, order(11));
        assert!(!tx.fill_slot(org, order(10), slot_of(10, 1, 1), &mark, after(4)).await.unwrap(), "taken again");
        let search = OrderFilter { tab: Tab::Needs, search: mark.text.clone(), ..OrderFilter::default() };
        let (rows, _) = tx.list(org, &search, &DAYS).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.number.0).collect::<Vec<_>>(), vec![11, 10], "both lives of the code");
    }

    async fn a_slot_that_is_filled_anew_holds_its_mark_again(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let (org, slot, mark) = (organisation(1), slot_of(10, 1, 0), mark("A"));
        assert!(tx.fill_slot(org, order(10), slot, &mark, NOW).await.unwrap());
        assert!(tx.release_mark(org, order(10), &mark.key, NOW).await.unwrap());
        assert_eq!(tx.clear_slot(org, order(10), slot, NOW).await.unwrap(), Some(mark.key.clone()));
        assert!(tx.fill_slot(org, order(10), slot, &mark, NOW).await.unwrap());
        assert!(tx.binding_of(org, &mark.key).await.unwrap().is_some());
        assert_eq!(tx.free_slots(org, order(10)).await.unwrap(), 1);
    }

    async fn a_shop_remembers_when_its_returns_were_read(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        assert_eq!(tx.returns_read_at(organisation(1), shop(1)).await.unwrap(), None);
        tx.mark_returns_read(organisation(1), shop(1), after(4)).await.unwrap();
        assert_eq!(tx.returns_read_at(organisation(1), shop(1)).await.unwrap(), Some(after(4)));
        assert_eq!(tx.returns_read_at(organisation(1), shop(2)).await.unwrap(), None);
    }
}
