use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    legal_entity::LegalEntity,
    server::ports::{
        kept_forms::KeptForm,
        storage::{Storage, Transaction},
    },
    suz::{
        emission::view::OrderAnswer,
        new_emission::{DraftLine, EmissionDraft, EmissionFault, FaultKind, FaultPlace},
    },
    time::Timestamp,
};

/// A form that was kept so many seconds after the others' moment.
fn a_form(n: u64, seconds: i64) -> KeptForm {
    KeptForm {
        id: emission(n),
        connection: suz(1),
        draft: EmissionDraft {
            group: "lp".into(),
            lines: vec![DraftLine {
                gtin: "0460".into(),
                serials: Some("ключ\n<b>\u{1d}".into()),
                ..DraftLine::default()
            }],
            ..EmissionDraft::default()
        },
        answer: OrderAnswer::Faults(vec![EmissionFault::new(
            FaultPlace::Gtin(0),
            FaultKind::GtinLength { found: 4 },
        )]),
        kept_at: after(seconds),
    }
}

const SINCE: Timestamp = NOW;

async fn keep(tx: &mut Box<dyn Transaction>, whose: u64, by: u64, form: &KeptForm) {
    tx.keep_form(organisation(whose), user(by), form, SINCE, 2)
        .await
        .unwrap();
}

async fn kept(tx: &mut Box<dyn Transaction>, whose: u64, by: u64, n: u64) -> Option<KeptForm> {
    tx.kept_form(organisation(whose), user(by), emission(n), SINCE)
        .await
        .unwrap()
}

pub(crate) async fn fill(tx: &mut Box<dyn Transaction>, n: u64) {
    keep(tx, n, n, &a_form(1, 1)).await;
}

pub(crate) async fn sees_nothing(tx: &mut Box<dyn Transaction>, n: u64) {
    for by in [1, n] {
        assert_eq!(kept(tx, n, by, 1).await, None);
    }
}

pub(crate) async fn moves_nothing(tx: &mut Box<dyn Transaction>, whose: u64, other: u64) {
    for by in [whose, other] {
        tx.drop_kept_form(organisation(other), user(by), emission(1))
            .await
            .unwrap();
    }
    assert_eq!(kept(tx, whose, whose, 1).await, Some(a_form(1, 1)));
}

async fn linked(world: &World) -> Box<dyn Transaction> {
    let mut tx = world.store.write().await.unwrap();
    found(&mut tx, 1).await;
    let entity = LegalEntity {
        id: entity(1),
        name: "Ромашка".into(),
        inn: None,
        kpp: None,
    };
    tx.save_legal_entity(organisation(1), &entity, NOW)
        .await
        .unwrap();
    crate::suz::fill(&mut tx, 1).await;
    tx
}

both! {
    async fn a_form_is_read_back_whole_by_its_person_until_it_is_dropped(world: World) {
        let mut tx = linked(&world).await;
        keep(&mut tx, 1, 1, &a_form(1, 1)).await;
        assert_eq!(kept(&mut tx, 1, 1, 1).await, Some(a_form(1, 1)));
        assert_eq!(kept(&mut tx, 1, 9, 1).await, None, "somebody else's");
        let again = KeptForm { draft: EmissionDraft::default(), ..a_form(1, 2) };
        keep(&mut tx, 1, 1, &again).await;
        assert_eq!(kept(&mut tx, 1, 1, 1).await, Some(again));
        tx.drop_kept_form(organisation(1), user(1), emission(1)).await.unwrap();
        assert_eq!(kept(&mut tx, 1, 1, 1).await, None);
    }

    async fn few_forms_are_kept_and_not_for_long(world: World) {
        let mut tx = linked(&world).await;
        for n in 1..=3 {
            let seconds = i64::try_from(n).unwrap();
            keep(&mut tx, 1, 1, &a_form(n, seconds)).await;
        }
        assert_eq!(kept(&mut tx, 1, 1, 1).await, None, "the oldest went");
        assert!(kept(&mut tx, 1, 1, 2).await.is_some() && kept(&mut tx, 1, 1, 3).await.is_some());
        let whose = organisation(1);
        let late = tx.kept_form(whose, user(1), emission(2), after(3)).await.unwrap();
        assert_eq!(late, None, "its time is over");
        tx.keep_form(whose, user(1), &a_form(4, 9), after(3), 9).await.unwrap();
        assert_eq!(kept(&mut tx, 1, 1, 2).await, None, "and it is gone");
        assert!(kept(&mut tx, 1, 1, 3).await.is_some());
    }
}
