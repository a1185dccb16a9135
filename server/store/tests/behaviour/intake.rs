use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    orders::placing::Verdict,
    server::ports::storage::{IntakeRecord, Storage},
};

both! {
    async fn what_lies_in_no_slot_is_shown_newest_first_until_it_is_settled_or_dismissed(world: World) {
        with_order(&world.store).await;
        let placed = Verdict::Placed { line: line(1), slot: slot(1) };
        let mut tx = world.store.write().await.unwrap();
        for n in 1..=4 {
            tx.add_intake(organisation(1), &an_intake(n, order(10), user(1), Verdict::Unreadable)).await.unwrap();
        }
        tx.add_intake(organisation(1), &an_intake(5, order(10), user(1), placed.clone())).await.unwrap();
        let shown = |records: Vec<IntakeRecord>| records.into_iter().map(|record| record.id).collect::<Vec<_>>();

        assert_eq!(
            shown(tx.unplaced(organisation(1), order(10), 3).await.unwrap()),
            vec![intake(4), intake(3), intake(2)]
        );
        tx.settle_intake(organisation(1), intake(4), &placed).await.unwrap();
        tx.dismiss_intake(organisation(1), order(10), Some(intake(3)), NOW).await.unwrap();
        assert_eq!(shown(tx.unplaced(organisation(1), order(10), 9).await.unwrap()), vec![intake(2), intake(1)]);
        tx.settle_intake(organisation(1), intake(2), &Verdict::NotWanted).await.unwrap();
        let settled = tx.intake(organisation(1), order(10), intake(2)).await.unwrap().unwrap();
        assert_eq!(settled.verdict, Verdict::NotWanted);
        tx.dismiss_intake(organisation(1), order(10), None, NOW).await.unwrap();
        assert!(tx.unplaced(organisation(1), order(10), 9).await.unwrap().is_empty());
        let dismissed = tx.intake(organisation(1), order(10), intake(1)).await.unwrap();
        assert_eq!(dismissed, Some(an_intake(1, order(10), user(1), Verdict::Unreadable)), "it stays in the table");
        assert_eq!(tx.intake(organisation(1), order(11), intake(1)).await.unwrap(), None);
    }

    async fn a_text_comes_back_to_the_last_character(world: World) {
        with_order(&world.store).await;
        let mut record = an_intake(1, order(10), user(1), Verdict::WhichLine { lines: vec![line(1)] });
        record.raw = "]d2\u{1d}0104\"'\\ \0 \u{feff}Ж\r\n".into();
        let mut tx = world.store.write().await.unwrap();
        tx.add_intake(organisation(1), &record).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        assert_eq!(tx.intake(organisation(1), order(10), intake(1)).await.unwrap(), Some(record));
    }
}
