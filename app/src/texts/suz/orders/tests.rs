use super::*;
use desk::{
    ids::EmissionId,
    suz::{document::OrderToSign, receiving::ReceivingTrouble},
    time::Timestamp,
};

const COUNTS: [u32; 5] = [1, 2, 5, 21, 101];

fn in_minutes(minutes_ahead: i64) -> When {
    When {
        at: Timestamp(0),
        days_ahead: 0,
        minutes_ahead,
        year: 2026,
        month: 11,
        day: 26,
        hour: 0,
        minute: 0,
        timed: true,
    }
}

fn goods(count: u32) -> OrderToSign {
    let gtin = "04606038003172".parse().unwrap();
    OrderToSign {
        id: EmissionId::from_parts(1, [0; 10]),
        group: "lp".into(),
        gtins: vec![gtin; count.try_into().unwrap()],
        codes: count.into(),
        annuls: 0,
    }
}

#[test]
fn days_that_are_left_are_counted_in_words() {
    let left = |days: u32| days_left(&in_minutes(i64::from(days) * 1440 + 60), Lang::Ru);
    assert_eq!(
        COUNTS.map(|days| left(days).unwrap()),
        [
            "остался 1 день",
            "осталось 2 дня",
            "осталось 5 дней",
            "остался 21 день",
            "остался 101 день",
        ]
    );
    assert_eq!(left(0).as_deref(), Some("осталось меньше суток"));
    assert_eq!(days_left(&in_minutes(0), Lang::Ru), None);
    assert_eq!(days_left(&in_minutes(-5000), Lang::Ru), None);
    let english = [1, 2].map(|days| days_left(&in_minutes(days * 1440), Lang::En).unwrap());
    assert_eq!(english, ["1 day left", "2 days left"]);
}

#[test]
fn orders_that_wait_are_counted_in_words() {
    let most = 100;
    let queued = |found| obstacle(&OrderObstacle::TooManyQueued { found, most }, Lang::Ru);
    let begins = [
        "Ждёт эмиссии уже 1 заказ из 100.",
        "Ждут эмиссии уже 2 заказа из 100.",
        "Ждут эмиссии уже 5 заказов из 100.",
        "Ждёт эмиссии уже 21 заказ из 100.",
        "Ждёт эмиссии уже 101 заказ из 100.",
    ];
    for (found, begin) in COUNTS.into_iter().zip(begins) {
        let said = queued(found);
        assert!(said.starts_with(begin), "{said}");
    }
}

#[test]
fn codes_that_a_closing_annuls_are_counted_in_words() {
    assert_eq!(
        COUNTS.map(|count| annuls(count, Lang::Ru)),
        [
            "Сгорит 1 код",
            "Сгорят 2 кода",
            "Сгорят 5 кодов",
            "Сгорит 21 код",
            "Сгорит 101 код",
        ]
    );
    let loss = closing_loss(21, Lang::Ru);
    assert!(loss.starts_with("Сгорит 21 код:"), "{loss}");
}

#[test]
fn what_is_signed_blocks_and_questions_are_counted_in_words() {
    assert_eq!(
        COUNTS.map(|count| to_sign(&goods(count), Lang::Ru)),
        [
            "1 товар, 1 код",
            "2 товара, 2 кода",
            "5 товаров, 5 кодов",
            "21 товар, 21 код",
            "101 товар, 101 код",
        ]
    );
    assert_eq!(
        COUNTS.map(|count| blocks(count, Lang::Ru)),
        [
            "1 блок сохранён",
            "2 блока сохранены",
            "5 блоков сохранены",
            "21 блок сохранён",
            "101 блок сохранён",
        ]
    );
    let asked = COUNTS.map(|count| searched(count, Lang::Ru));
    for (said, begin) in asked.iter().zip([
        "Спросили 1 раз:",
        "Спросили 2 раза:",
        "Спросили 5 раз:",
        "Спросили 21 раз:",
    ]) {
        assert!(said.starts_with(begin), "{said}");
    }
    assert_eq!(
        COUNTS.map(|count| over_limit(count, false, Lang::Ru)),
        [
            "СУЗ даёт не больше 1 кода на один GTIN.",
            "СУЗ даёт не больше 2 кодов на один GTIN.",
            "СУЗ даёт не больше 5 кодов на один GTIN.",
            "СУЗ даёт не больше 21 кода на один GTIN.",
            "СУЗ даёт не больше 101 кода на один GTIN.",
        ]
    );
}

#[test]
fn sums_that_differ_and_rejected_goods_are_said_as_they_are() {
    let differ = ReceivingTrouble::SumsDiffer {
        held: 2,
        passed: 21,
    };
    let (_, text) = receiving_trouble(&differ, false, Lang::Ru);
    assert!(
        text.starts_with("СУЗ говорит, что выдала 21 код, у нас 2 кода."),
        "{text}"
    );
    let ended = ReceivingTrouble::Ended(None);
    let (rejected, _) = receiving_trouble(&ended, true, Lang::Ru);
    let (closed, _) = receiving_trouble(&ended, false, Lang::Ru);
    assert!(rejected.contains("отклонила") && closed.contains("закрыла"));
}
