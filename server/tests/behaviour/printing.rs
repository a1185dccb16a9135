//! Labels with codes of the stock: taken once, fetched as a file for some minutes, printed again by asking.

use crate::{
    harness::{NOON, World, both},
    http::{get, served},
    suz::store_of,
};
use cis::Gtin;
use desk::{
    account::{Actor, Role},
    ids::StockBlockId,
    journal::Action,
    printing::{
        Head, LabelTexts, MOST_LABELS, Medium, Paper, PrintAgain, PrintAsk, PrintFault,
        PrintFormat, PrintRunView,
    },
    problem::Problem,
    server::ports::{
        stock::{BlockSource, StockBlock},
        storage::Storage,
    },
    suz::receiving::BlockState,
    time::Timestamp,
};
use http::header;
use std::collections::HashSet;

const TAIL: &str = "\u{1d}91EE11\u{1d}92ZGVzdGluYXRpb25hbGx5cmFuZG9tYmFzZTY0YWJjZGVmZz0=";

fn goods() -> Gtin {
    "04604060006000".parse().unwrap()
}

/// A file of so many codes in the stock.
async fn stocked(world: &World, actor: &Actor, count: usize, tail: &str) {
    stocked_until(world, actor, 1, count, tail, None).await;
}

/// The same, as one of several, whose codes are annulled at a moment.
async fn stocked_until(
    world: &World,
    actor: &Actor,
    n: u64,
    count: usize,
    tail: &str,
    expires: Option<Timestamp>,
) {
    let block = StockBlock {
        id: StockBlockId::from_parts(n, [9; 10]),
        source: BlockSource::File("codes.csv".into()),
        gtin: goods(),
        group: None,
        station: None,
        state: BlockState::Asked,
        asked: count as u64,
        given: None,
        kept: 0,
        expires,
        by: Some(actor.user),
        asked_at: Timestamp(NOON),
        settled_at: None,
    };
    let codes: Vec<String> = (0..count)
        .map(|code| format!("01{}215aB{n}{code:09}{tail}", goods()))
        .collect();
    let store = store_of(world).await;
    let mut tx = store.write().await.unwrap();
    let whose = actor.organisation;
    assert!(tx.begin_block(whose, &block).await.unwrap());
    tx.keep_run(whose, block.id, &codes, Timestamp(NOON))
        .await
        .unwrap();
    assert!(
        tx.end_block(whose, block.id, None, count as u64, Timestamp(NOON))
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
}

const fn paper(medium: Medium) -> Paper {
    Paper {
        medium,
        head: Head::Dpi203,
        used_places: 0,
    }
}

fn ask(count: u32, medium: Medium) -> PrintAsk {
    PrintAsk {
        gtin: goods(),
        count,
        texts: LabelTexts {
            article: " ФТБ-1042 ".into(),
            name: "Футболка мужская".into(),
            size: "Размер 48".into(),
        },
        paper: paper(medium),
        expired_too: false,
    }
}

fn again(run: &PrintRunView, first: u32, last: u32) -> PrintAgain {
    PrintAgain {
        run: run.id,
        first,
        last,
        paper: run.paper,
    }
}

fn fault<T: std::fmt::Debug>(result: Result<T, Problem>) -> PrintFault {
    match result {
        Err(Problem::Unprintable { fault }) => fault,
        other => panic!("{other:?}"),
    }
}

/// What a file of ZPL would put on labels, each one picture.
fn formats(zpl: &[u8]) -> Vec<String> {
    let text = String::from_utf8(zpl.to_vec()).unwrap();
    text.lines().map(str::to_owned).collect()
}

both! {
    async fn labels_are_taken_once_and_every_fetching_of_their_file_is_counted(world: World) {
        let (anna, token) = world.person("anna@example.com").await;
        stocked(&world, &anna, 5, TAIL).await;
        assert_eq!(world.desk().printable(&anna, goods()).await.unwrap(), 5);
        let run = world.desk().print_labels(&anna, ask(2, Medium::Roll58x40)).await.unwrap();
        assert_eq!((run.count, run.file, run.open, run.again), (2, (1, 2), true, 0));
        assert_eq!((run.opened, run.opened_at, run.is_part()), (0, None, false));
        assert_eq!((run.texts.article.as_str(), run.who.as_deref()), ("ФТБ-1042", Some("anna@example.com")));
        assert_eq!(world.desk().printable(&anna, goods()).await.unwrap(), 3);

        let url = served(&world).await;
        let path = run.path(PrintFormat::Pdf);
        let file = get(&url, &path, &token).await;
        assert_eq!((file.status, &file.headers[header::CONTENT_TYPE]), (200, &"application/pdf".parse().unwrap()));
        assert_eq!(file.headers[header::CACHE_CONTROL], "no-store");
        assert!(file.bytes.starts_with(b"%PDF-1.7"));
        let page = get(&url, &format!("/suz/stock/{}", goods()), &token).await.text;
        assert!(page.contains("файл открывали 1 раз") && !page.contains("pill warn\">файл открывали"), "{page}");
        world.sandbox.advance(60_000).unwrap();
        assert_eq!(get(&url, &path, &token).await.bytes, file.bytes, "the same labels");
        let zpl = get(&url, &run.path(PrintFormat::Zpl), &token).await;
        assert!(zpl.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
        assert_eq!(formats(&zpl.bytes).len(), 2);
        assert_eq!(get(&url, &path.replace("pdf", "exe"), &token).await.status, 404);
        assert_eq!(get(&url, &path, "").await.headers[header::LOCATION], "/signin");
        let counted = world.desk().print_runs(&anna, Some(goods())).await.unwrap().remove(0);
        assert_eq!((counted.opened, counted.opened_at.unwrap().at), (3, Timestamp(NOON + 60_000)));
        let page = get(&url, &format!("/suz/stock/{}", goods()), &token).await.text;
        assert!(page.contains("pill warn\">файл открывали 3 раза"), "{page}");
        let journal = world.desk().journal(&anna).await.unwrap();
        let told = journal.iter().filter(|entry| entry.action == Action::LabelsOpened);
        let told: Vec<_> = told.map(|entry| (entry.subject.as_str(), entry.detail.as_str())).collect();
        assert_eq!(told, ["zpl 1–2 / 2", "pdf 1–2 / 2", "pdf 1–2 / 2"].map(|detail| ("04604060006000", detail)));

        world.sandbox.advance(9 * 60_000 - 1).unwrap();
        assert_eq!(get(&url, &path, &token).await.status, 200);
        world.sandbox.advance(1).unwrap();
        let late = get(&url, &path, &token).await;
        assert_eq!(late.status, 422);
        assert!(late.text.contains("10 минут, и они прошли"), "{}", late.text);
        let closed = world.desk().print_runs(&anna, Some(goods())).await.unwrap().remove(0);
        assert_eq!((closed.open, closed.opened), (false, 4), "what was refused is no opening");
    }

    async fn annulled_codes_go_onto_no_label_unless_somebody_wants_them(world: World) {
        let (anna, token) = world.person("anna@example.com").await;
        let day = 86_400_000;
        stocked_until(&world, &anna, 1, 3, TAIL, Some(Timestamp(NOON + day))).await;
        stocked_until(&world, &anna, 2, 2, TAIL, Some(Timestamp(NOON + 12 * day))).await;
        let url = served(&world).await;
        let pages = async || {
            let stock = get(&url, "/suz/stock", &token).await.text;
            [stock, get(&url, &format!("/suz/stock/{}", goods()), &token).await.text]
        };
        for page in pages().await {
            assert!(page.contains("неиспользованные сгорят через 1 день"), "{page}");
        }
        world.sandbox.advance(day).unwrap();
        assert_eq!(world.desk().printable(&anna, goods()).await.unwrap(), 2);
        for page in pages().await {
            assert!(page.contains("3 кода сгорели: на этикетки они не попадут"), "{page}");
            assert!(page.contains("неиспользованные сгорят через 11 дней"), "{page}");
        }
        let refused = world.desk().print_labels(&anna, ask(3, Medium::Roll58x40)).await;
        assert_eq!(fault(refused), PrintFault::Short { free: 2, expired: 3 });
        let run = world.desk().print_labels(&anna, ask(1, Medium::Roll58x40)).await.unwrap();
        let store = store_of(&world).await;
        let printed = async |run: &PrintRunView| {
            let mut tx = store.read().await.unwrap();
            tx.printed_codes(anna.organisation, run.id, (1, run.count)).await.unwrap()
        };
        assert!(printed(&run).await[0].contains("5aB2000000000"), "of the living block");
        let wanted = PrintAsk { expired_too: true, ..ask(3, Medium::Roll58x40) };
        let run = world.desk().print_labels(&anna, wanted).await.unwrap();
        let serials: Vec<bool> = printed(&run).await.iter().map(|code| code.contains("5aB2")).collect();
        assert_eq!(serials, [true, false, false], "the living one first");
        let journal = world.desk().journal(&anna).await.unwrap();
        let told = journal.iter().find(|entry| entry.action == Action::CodesPrinted).unwrap();
        assert_eq!(told.detail, "3 roll_58x40, expired 2");
        for page in pages().await {
            assert!(page.contains("1 код сгорел") && !page.contains("неиспользованные сгорят"), "{page}");
        }
        let piles = world.desk().stock(&anna).await.unwrap();
        assert_eq!(piles.iter().map(|pile| (pile.free_of_goods, pile.expired, pile.expires)).collect::<Vec<_>>(), [(0, 1, None)]);
    }

    async fn labels_printed_again_are_the_same_codes_and_stand_in_the_journal(world: World) {
        let (anna, token) = world.person("anna@example.com").await;
        stocked(&world, &anna, 5, TAIL).await;
        let run = world.desk().print_labels(&anna, ask(3, Medium::Roll58x40)).await.unwrap();
        let whole = world.desk().print_file(&anna, run.id, PrintFormat::Zpl).await.unwrap();
        world.sandbox.advance(7_200_000).unwrap();
        assert_eq!(fault(world.desk().print_file(&anna, run.id, PrintFormat::Zpl).await), PrintFault::Closed);
        for (first, last) in [(0, 1), (2, 1), (1, 4)] {
            let refused = world.desk().print_again(&anna, again(&run, first, last)).await;
            assert_eq!(fault(refused), PrintFault::Range { count: 3 });
        }
        let reopened = world.desk().print_again(&anna, again(&run, 2, 3)).await.unwrap();
        assert_eq!((reopened.file, reopened.again, reopened.open), ((2, 3), 1, true));
        assert!(reopened.is_part() && reopened.opened == 0);
        let url = served(&world).await;
        let page = get(&url, "/suz/stock", &token).await.text;
        assert!(page.contains("этикетки 2–3 из 3"), "{page}");
        let part = world.desk().print_file(&anna, run.id, PrintFormat::Zpl).await.unwrap();
        assert_eq!(formats(&part.bytes), formats(&whole.bytes)[1..]);
        assert_eq!(world.desk().printable(&anna, goods()).await.unwrap(), 2);
        let journal = world.desk().journal(&anna).await.unwrap();
        let told: Vec<_> = journal
            .iter()
            .filter(|entry| matches!(entry.action, Action::CodesPrinted | Action::CodesPrintedAgain))
            .map(|entry| (entry.action, entry.subject.as_str(), entry.detail.as_str()))
            .collect();
        assert_eq!(told, [
            (Action::CodesPrintedAgain, "04604060006000", "2–3 / 3"),
            (Action::CodesPrinted, "04604060006000", "3 roll_58x40"),
        ]);
    }

    async fn what_cannot_be_printed_takes_no_code(world: World) {
        let (anna, _) = world.person("anna@example.com").await;
        // A batch number of 120 characters makes a symbol that the smallest label has no dots for.
        stocked(&world, &anna, 4, &format!("{TAIL}\u{1d}10{}", "aB+9".repeat(30))).await;
        let refused = world.desk().print_labels(&anna, ask(1, Medium::Roll30x20)).await;
        assert!(matches!(fault(refused), PrintFault::TooSmall { dots: 3, room: 160, .. }));
        for count in [0, MOST_LABELS + 1] {
            let refused = world.desk().print_labels(&anna, ask(count, Medium::Roll58x40)).await;
            assert_eq!(fault(refused), PrintFault::Count { asked: count, most: MOST_LABELS });
        }
        let refused = world.desk().print_labels(&anna, ask(5, Medium::Roll58x40)).await;
        assert_eq!(fault(refused), PrintFault::Short { free: 4, expired: 0 });
        let mut long = ask(1, Medium::Roll58x40);
        long.texts.name = "щ".repeat(301);
        assert_eq!(fault(world.desk().print_labels(&anna, long).await), PrintFault::LongText { most: 300 });
        for (medium, places) in [(Medium::Sheet24, 24), (Medium::Roll58x40, 0)] {
            let mut used = ask(1, medium);
            used.paper.used_places = 24;
            assert_eq!(fault(world.desk().print_labels(&anna, used).await), PrintFault::UsedPlaces { places });
        }
        assert_eq!(world.desk().printable(&anna, goods()).await.unwrap(), 4);
        assert!(world.desk().print_runs(&anna, None).await.unwrap().is_empty());

        let sheet = world.desk().print_labels(&anna, ask(1, Medium::Sheet24)).await.unwrap();
        assert_eq!(fault(world.desk().print_file(&anna, sheet.id, PrintFormat::Zpl).await), PrintFault::NoSheets);
    }

    async fn only_who_may_and_only_ones_own(world: World) {
        let (anna, token) = world.person("anna@example.com").await;
        let (boris, others) = world.person("boris@example.com").await;
        stocked(&world, &anna, 2, TAIL).await;
        let packer = Actor { role: Role::Packer, ..anna.clone() };
        let refused = world.desk().print_labels(&packer, ask(1, Medium::Roll58x40)).await;
        assert!(matches!(refused, Err(Problem::Forbidden { .. })), "{refused:?}");
        assert_eq!(fault(world.desk().print_labels(&boris, ask(1, Medium::Roll58x40)).await), PrintFault::Short { free: 0, expired: 0 });
        let run = world.desk().print_labels(&anna, ask(1, Medium::Roll58x40)).await.unwrap();
        let url = served(&world).await;
        assert_eq!(get(&url, &run.path(PrintFormat::Pdf), &others).await.status, 404);
        assert_eq!(get(&url, &run.path(PrintFormat::Pdf), &token).await.status, 200);
        let refused = world.desk().print_again(&boris, again(&run, 1, 1)).await;
        assert_eq!(refused.err(), Some(Problem::NotFound));
        let refused = world.desk().print_again(&packer, again(&run, 1, 1)).await;
        assert!(matches!(refused, Err(Problem::Forbidden { .. })), "{refused:?}");
    }

    async fn people_who_print_at_once_never_get_the_same_label(world: World) {
        let (anna, _) = world.person("anna@example.com").await;
        stocked(&world, &anna, 60, TAIL).await;
        let mut hands = Vec::new();
        for _ in 0..4 {
            let (desk, anna) = (std::sync::Arc::clone(&world.wiring.desk), anna.clone());
            hands.push(tokio::spawn(async move {
                let run = desk.print_labels(&anna, ask(10, Medium::Roll30x20)).await.unwrap();
                desk.print_file(&anna, run.id, PrintFormat::Zpl).await.unwrap().bytes
            }));
        }
        let mut pictures = HashSet::new();
        for hand in hands {
            pictures.extend(formats(&hand.await.unwrap()));
        }
        assert_eq!(pictures.len(), 40);
        assert_eq!(world.desk().printable(&anna, goods()).await.unwrap(), 20);
    }
}
