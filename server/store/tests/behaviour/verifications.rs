use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    ids::MarketItemId,
    marketplace::ShipBy,
    server::ports::{storage::Storage, verifications::Verification},
    verification::{CheckedMark, CisStatus, CisSubstatus, Light, LineVerification, MarkStatus},
};

fn answered() -> Verification {
    Verification {
        light: Some(Light::Rejected),
        lines: vec![LineVerification {
            item: MarketItemId(1),
            marks: vec![CheckedMark {
                value: "010467003301005321A\u{1d}93Zjqw".into(),
                status: MarkStatus::Cis {
                    status: CisStatus::Invalid,
                    substatus: Some(CisSubstatus::Other("FROM_THE_FUTURE".into())),
                },
                crpt_request_id: Some("2ec2…".into()),
                crpt_request_at: Some("2026-11-21T10:00:00Z".into()),
            }],
        }],
        asked: 3,
        asked_at: Some(NOW),
        next_at: None,
        trouble: Some("медленно".into()),
        ..Verification::begun(order(10), NOW)
    }
}

both! {
    async fn an_answer_is_kept_whole_and_written_over_the_last(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        assert_eq!(tx.verification(organisation(1), order(10)).await.unwrap(), None);
        let begun = Verification::begun(order(10), after(5));
        for known in [begun, answered()] {
            let before = tx.order(organisation(1), order(10)).await.unwrap().unwrap().revision;
            tx.save_verification(organisation(1), &known).await.unwrap();
            assert_eq!(tx.verification(organisation(1), order(10)).await.unwrap(), Some(known));
            let after = tx.order(organisation(1), order(10)).await.unwrap().unwrap().revision;
            assert!(after > before, "the page learns of it");
        }
    }

    async fn whoever_leaves_first_is_asked_about_first(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        for (number, hours, due) in [(20, 3, Some(NOW)), (30, 1, Some(after(-1))), (40, 2, Some(after(1))), (50, 0, None)] {
            let mut facts = facts(i64::try_from(number).unwrap(), vec![]);
            facts.ship_by = Some(ShipBy { at: after(hours * 3600), timed: true });
            tx.save_facts(organisation(1), order(number), shop(1), &facts, &[], NOW).await.unwrap();
            let known = Verification { next_at: due, ..Verification::begun(order(number), NOW) };
            tx.save_verification(organisation(1), &known).await.unwrap();
        }
        let due = tx.due_verifications(organisation(1), shop(1), NOW, 10).await.unwrap();
        assert_eq!(due, [order(30), order(20)]);
        assert_eq!(tx.due_verifications(organisation(1), shop(1), NOW, 1).await.unwrap(), [order(30)]);
        assert_eq!(tx.due_verifications(organisation(1), shop(2), NOW, 10).await.unwrap(), []);
        assert_eq!(tx.next_verification(organisation(1), shop(1)).await.unwrap(), Some(after(-1)));
        assert_eq!(tx.next_verification(organisation(1), shop(2)).await.unwrap(), None);
    }
}
