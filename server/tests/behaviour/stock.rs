//! Codes that were bought elsewhere come into the stock from a file, are found by the list of codes, and leave as files.

use crate::{
    bulk::{cells, upload_to, workbook},
    harness::{NOON, World, both},
    http::{get, served},
    suz::store_of,
};
use cis::escape::csv::{Delimiter, encode};
use desk::{
    account::{Actor, Role},
    codes::{CodeState, Filter, Origin, SearchBy, Step},
    ids::{EmissionId, OrganisationId, StockBlockId},
    journal::Action,
    problem::Problem,
    server::{
        ports::{
            stock::{BlockSource, StockBlock},
            storage::Storage,
        },
        stock::{CodeFile, TextPiece},
    },
    suz::receiving::{BlockState, ImportReport, RowRefusal},
    time::Timestamp,
};
use http::header;
use sandbox::market::order::NewItem;

const GTIN: &str = "04604060006000";
const OTHER: &str = "04670033010053";
const TAIL: &str = "\u{1d}91EE11\u{1d}92VW/n3g0hYP6kqx1WjVy/fnpKT+i7N3FT8QPUyzzKQT4=";

fn code(gtin: &str, serial: &str) -> String {
    format!("01{gtin}21{serial}{TAIL}")
}

/// So many codes of some goods.
fn codes(gtin: &str, count: usize) -> Vec<String> {
    (0..count)
        .map(|n| code(gtin, &format!("5a\"c;{n:08}")))
        .collect()
}

/// A text that comes in pieces, to its end or cut.
async fn file_of(pieces: Vec<String>, whole: bool) -> CodeFile {
    let (to, file) = tokio::sync::mpsc::channel(pieces.len() + 1);
    for piece in pieces {
        to.send(TextPiece::Part(piece)).await.unwrap();
    }
    if whole {
        to.send(TextPiece::End).await.unwrap();
    }
    CodeFile::Text(file)
}

async fn import(world: &World, actor: &Actor, text: &str) -> ImportReport {
    let file = file_of(vec![text.to_owned()], true).await;
    world
        .desk()
        .import_codes(actor, "кабинет.csv", file)
        .await
        .unwrap()
}

/// A block of an order that is asked for just now, with some of its codes.
async fn arriving(world: &World, whose: OrganisationId, codes: &[String]) -> StockBlock {
    let block = StockBlock {
        id: StockBlockId::from_parts(1, [9; 10]),
        source: BlockSource::Emission(EmissionId::from_parts(1, [9; 10])),
        gtin: GTIN.parse().unwrap(),
        group: Some("milk".into()),
        station: None,
        state: BlockState::Asked,
        asked: codes.len() as u64,
        given: None,
        kept: 0,
        expires: Some(Timestamp(NOON + 30 * 86_400_000)),
        by: None,
        asked_at: Timestamp(NOON),
        settled_at: None,
    };
    let store = store_of(world).await;
    let mut tx = store.write().await.unwrap();
    assert!(tx.begin_block(whose, &block).await.unwrap());
    tx.keep_run(whose, block.id, codes, Timestamp(NOON))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    block
}

/// Its end.
async fn arrived(world: &World, whose: OrganisationId, block: &StockBlock) {
    let store = store_of(world).await;
    let mut tx = store.write().await.unwrap();
    let station = "0c290be2-0000-4000-8000-00000000b10c".parse().unwrap();
    let ended = tx.end_block(
        whose,
        block.id,
        Some(&station),
        block.asked,
        Timestamp(NOON),
    );
    assert!(ended.await.unwrap());
    tx.commit().await.unwrap();
}

fn by(by: SearchBy, search: &str) -> Filter {
    Filter {
        search: search.to_owned(),
        by,
        ..Filter::default()
    }
}

both! {
    async fn every_row_of_a_file_is_taken_known_or_refused(world: World) {
        let (anna, _) = world.person("anna@example.com").await;
        let whole = codes(GTIN, 3);
        let quoted = encode(&code(GTIN, "5q\"uote,d0001"), Delimiter::Comma).to_string();
        let spelled = code(OTHER, "5spelled00001").replace('\u{1d}', "<GS>");
        let ki = format!("01{GTIN}215tailles00001");
        let text = [
            whole[0].as_str(), &whole[1], &whole[0], &quoted, &spelled, &ki, "4607123450017", &whole[2],
        ].join("\n");
        let report = import(&world, &anna, &text).await;
        // Repaired are the one in a table's quotes and the one whose separators were spelled out.
        assert_eq!((report.taken, report.known, report.repaired, report.refused_count), (5, 1, 2, 2), "{report:?}");
        let refused: Vec<_> = report.refused.iter().map(|row| (row.row, row.why)).collect();
        assert_eq!(refused, [(6, RowRefusal::NoTail), (7, RowRefusal::NotACode)]);
        let piles = world.desk().stock(&anna).await.unwrap();
        let mut told: Vec<_> = piles.iter().map(|pile| (pile.gtin.as_str(), pile.codes, pile.free_of_goods)).collect();
        told.sort_unstable();
        assert_eq!(told, [(GTIN, 4, 4), (OTHER, 1, 1)]);
        assert!(piles.iter().all(|pile| pile.emission.is_none() && pile.file.as_deref() == Some("кабинет.csv")));
        let found = world.desk().codes(&anna, &by(SearchBy::Gtin, OTHER)).await.unwrap();
        assert_eq!(found.rows[0].text, code(OTHER, "5spelled00001"), "separators are what they were");

        let again = import(&world, &anna, &[text.as_str(), &code(GTIN, "5new000000001")].join("\n")).await;
        assert_eq!((again.taken, again.known, again.repaired), (1, 6, 0), "{again:?}");
        let journal = world.desk().journal(&anna).await.unwrap();
        let told: Vec<_> = journal
            .iter()
            .filter(|entry| entry.action == Action::CodesImported)
            .map(|entry| (entry.subject.as_str(), entry.detail.as_str()))
            .collect();
        assert_eq!(told, [("кабинет.csv", "1"), ("кабинет.csv", "5")]);
    }

    async fn what_lost_its_separators_goes_as_the_engine_says(world: World) {
        let (anna, _) = world.person("anna@example.com").await;
        let lost = code(GTIN, "5lostgs000001").replace('\u{1d}', "");
        let is_a_code = cis::parse(&lost).code().is_some_and(cis::MarkingCode::has_tail);
        let report = import(&world, &anna, &lost).await;
        assert_eq!((report.taken, report.refused_count), if is_a_code { (1, 0) } else { (0, 1) });
        if is_a_code {
            let (rows, _) = world.desk().export_stock(&anna, GTIN.parse().unwrap(), None).await.unwrap();
            assert_eq!(rows[0].text, code(GTIN, "5lostgs000001"));
        }
    }

    async fn nothing_is_no_file_and_only_who_may_brings_codes(world: World) {
        let (anna, _) = world.person("anna@example.com").await;
        let empty = world.desk().import_codes(&anna, "", file_of(vec![], true).await).await;
        assert_eq!(empty, Err(Problem::NoRows));
        let packer = Actor { role: Role::Packer, ..anna.clone() };
        let refused = world.desk().import_codes(&packer, "", file_of(vec![code(GTIN, "5a")], true).await).await;
        assert!(matches!(refused, Err(Problem::Forbidden { .. })));
        assert!(world.desk().stock(&anna).await.unwrap().is_empty());
    }

    async fn a_file_comes_through_the_form_and_its_codes_leave_as_three_kinds_of_files(world: World) {
        let (anna, token) = world.person("anna@example.com").await;
        let url = served(&world).await;
        let page = get(&url, "/suz/stock/import", &token).await;
        assert!(page.text.contains("/suz/stock/import/file"));
        let all = codes(GTIN, 2100);
        let text = [all.join("\r\n").as_str(), "чепуха"].join("\r\n");
        let brought = upload_to(&url, "/suz/stock/import/file", &token, "a.csv", text.as_bytes()).await;
        let place = brought.headers[header::LOCATION].to_str().unwrap().to_owned();
        assert_eq!(place, "/suz/stock/import?taken=2100&known=0&repaired=0&refused=1&rows=2101.not_a_code");
        assert!(get(&url, &place, &token).await.text.contains("это не код маркировки"));
        let rows: Vec<Vec<String>> = all[..2].iter().map(|code| vec![code.clone()]).collect();
        let book = upload_to(&url, "/suz/stock/import/file", &token, "a.xlsx", &workbook(&rows)).await;
        assert!(book.headers[header::LOCATION].to_str().unwrap().contains("taken=0&known=2"));
        let none = upload_to(&url, "/suz/stock/import/file", &token, "a.csv", b"").await;
        assert_eq!(none.headers[header::LOCATION], "/suz/stock/import?trouble=empty");

        let plain = get(&url, &format!("/suz/stock/{GTIN}/codes.txt"), &token).await;
        assert_eq!(plain.text.split_terminator("\r\n").collect::<Vec<_>>(), all, "in the order of the stock");
        let csv = get(&url, &format!("/suz/stock/{GTIN}/codes.csv"), &token).await;
        assert!(csv.text.starts_with('\u{feff}'));
        assert!(csv.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
        let lines: Vec<&str> = csv.text.split_terminator("\r\n").skip(1).collect();
        assert_eq!(lines.len(), all.len());
        for (line, code) in lines.iter().zip(&all) {
            let field = encode(code, Delimiter::Semicolon).to_string();
            assert!(line.starts_with(&format!("{field};")), "{line}");
        }
        let xlsx = get(&url, &format!("/suz/stock/{GTIN}/codes.xlsx"), &token).await;
        let table = cells(&xlsx.bytes);
        assert_eq!(table.len(), all.len() + 1);
        assert!(table[1..].iter().zip(&all).all(|(row, code)| row[0] == *code && row[3] == GTIN));

        for path in [format!("/suz/stock/{OTHER}/codes.csv"), format!("/suz/stock/{GTIN}/codes.exe")] {
            assert_eq!(get(&url, &path, &token).await.status, 404, "{path}");
        }
        let stranger = get(&url, &format!("/suz/stock/{GTIN}/codes.csv"), "").await;
        assert_eq!(stranger.headers[header::LOCATION], "/signin");
        let (_, boris) = world.person("boris@example.com").await;
        assert_eq!(get(&url, &format!("/suz/stock/{GTIN}/codes.txt"), &boris).await.status, 404);
        let journal = world.desk().journal(&anna).await.unwrap();
        let exported = journal.iter().filter(|entry| entry.action == Action::CodesExported).count();
        assert_eq!(exported, 3);
    }

    async fn the_list_of_codes_finds_the_stock_and_goes_on_page_by_page(world: World) {
        let (anna, _) = world.person("anna@example.com").await;
        let all = codes(GTIN, 250);
        import(&world, &anna, &all.join("\n")).await;
        let desk = world.desk();
        let (mut read, mut after) = (vec![], None);
        loop {
            let page = desk.codes(&anna, &Filter { after, ..Filter::default() }).await.unwrap();
            assert!(page.any && page.rows.iter().all(|row| row.state == CodeState::Free && row.origin == Some(Origin::Imported)));
            read.extend(page.rows.into_iter().map(|row| row.text));
            let Some(next) = page.next else { break };
            after = Some(next);
        }
        read.reverse();
        assert_eq!(read, all);
        for (filter, count) in [
            (by(SearchBy::Gtin, "460406000"), 100),
            (by(SearchBy::Serial, "5a\"c;0000024"), 10),
            (by(SearchBy::End, "00000249"), 1),
            (by(SearchBy::Anything, &all[7]), 1),
            (by(SearchBy::Serial, "5A"), 0),
            (Filter { state: Some(CodeState::Bound), ..Filter::default() }, 0),
            (Filter { origin: Some(Origin::Imported), ..Filter::default() }, 100),
            (Filter { origin: Some(Origin::Emitted), ..Filter::default() }, 0),
        ] {
            assert_eq!(desk.codes(&anna, &filter).await.unwrap().rows.len(), count, "{filter:?}");
        }
        let (boris, _) = world.person("boris@example.com").await;
        assert!(desk.codes(&boris, &by(SearchBy::Anything, &all[7])).await.unwrap().rows.is_empty());
    }

    async fn a_code_of_the_stock_tells_where_it_comes_from_before_it_is_bound_and_after(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let text = world.sandbox.codes(theirs.order_id).unwrap()[0].codes[0].clone();
        let report = import(&world, &seller.actor, &text).await;
        assert_eq!(report.taken, 1, "{report:?}");
        let free = world.desk().codes(&seller.actor, &Filter::default()).await.unwrap().rows.remove(0);
        let before = world.desk().code(&seller.actor, &free.key).await.unwrap();
        assert_eq!(before.code.state, CodeState::Free);
        assert_eq!(before.source.as_ref().unwrap().file.as_deref(), Some("кабинет.csv"));
        world.sandbox.advance(1000).unwrap();
        world.fill(&seller, &theirs, page.id).await;
        let rows = world.desk().codes(&seller.actor, &Filter::default()).await.unwrap().rows;
        assert_eq!((rows.len(), rows[0].state), (1, CodeState::Bound), "it is told once");
        let after = world.desk().code(&seller.actor, &free.key).await.unwrap();
        assert_eq!(after.source, before.source);
        let steps: Vec<Step> = after.steps.into_iter().map(|step| step.step).collect();
        assert_eq!(steps[..2], [Step::Came(Some(Origin::Imported)), Step::Came(Some(Origin::Order))]);
    }

    async fn a_text_in_pieces_is_the_text_and_a_cut_one_leaves_nothing(world: World) {
        let (anna, _) = world.person("anna@example.com").await;
        // A table as СУЗ's cabinet writes it, more of it than its layout is told by, cut at every odd place.
        let all = codes(GTIN, 900);
        let lines: Vec<String> = all.iter().map(|code| format!("{};готов\r\n", encode(code, Delimiter::Semicolon))).collect();
        let text = format!("Код;Состояние\r\n{}", lines.concat());
        assert!(text.len() > 1 << 16);
        let letters: Vec<char> = text.chars().collect();
        let pieces: Vec<String> = letters.chunks(977).map(|piece| piece.iter().collect()).collect();
        let cut = world.desk().import_codes(&anna, "a.csv", file_of(pieces.clone(), false).await).await;
        assert_eq!(cut, Err(Problem::CutFile));
        assert!(world.desk().stock(&anna).await.unwrap().is_empty());
        let report = world.desk().import_codes(&anna, "a.csv", file_of(pieces, true).await).await.unwrap();
        assert_eq!((report.taken, report.known, report.refused_count, report.arriving), (900, 0, 0, 0), "{report:?}");
        let (rows, _) = world.desk().export_stock(&anna, GTIN.parse().unwrap(), None).await.unwrap();
        assert_eq!(rows.into_iter().map(|row| row.text).collect::<Vec<_>>(), all);
    }

    async fn a_text_larger_than_a_piece_comes_through_the_form_in_any_encoding(world: World) {
        let (anna, token) = world.person("anna@example.com").await;
        let url = served(&world).await;
        let all = codes(GTIN, 4000);
        let lines: Vec<String> = all.iter().map(|code| format!("{};привет\r\n", encode(code, Delimiter::Semicolon))).collect();
        let text = format!("Код;Примечание\r\n{}", lines.concat());
        let windows: Vec<u8> = text.chars().map(|letter| match letter {
            'а'..='я' => u8::try_from(u32::from(letter) - 0x430 + 0xe0).unwrap(),
            'А'..='Я' => u8::try_from(u32::from(letter) - 0x410 + 0xc0).unwrap(),
            other => u8::try_from(u32::from(other)).unwrap(),
        }).collect();
        let unicode: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert!(windows.len() > 256 * 1024);
        let mut new = 4000;
        for bytes in [windows.as_slice(), text.as_bytes(), &unicode] {
            let brought = upload_to(&url, "/suz/stock/import/file", &token, "a.csv", bytes).await;
            let place = brought.headers[header::LOCATION].to_str().unwrap().to_owned();
            assert_eq!(place, format!("/suz/stock/import?taken={new}&known={}&repaired=0&refused=0", 4000 - new));
            new = 0;
        }
        let endless = vec![b'x'; 3 << 20];
        let brought = upload_to(&url, "/suz/stock/import/file", &token, "a.csv", &endless).await;
        assert_eq!(brought.headers[header::LOCATION], "/suz/stock/import?trouble=unreadable");
        let (rows, _) = world.desk().export_stock(&anna, GTIN.parse().unwrap(), None).await.unwrap();
        assert_eq!(rows[0].text, all[0]);
    }

    async fn two_who_bring_one_file_at_once_bring_its_codes_once(world: World) {
        let (anna, _) = world.person("anna@example.com").await;
        let all = codes(GTIN, 12_000);
        let mut hands = Vec::new();
        for _ in 0..2 {
            let (desk, anna) = (std::sync::Arc::clone(&world.wiring.desk), anna.clone());
            let file = file_of(vec![all.join("\n")], true).await;
            hands.push(tokio::spawn(async move { desk.import_codes(&anna, "a.csv", file).await.unwrap() }));
        }
        let (mut taken, mut others) = (0, 0);
        for hand in hands {
            let report = hand.await.unwrap();
            taken += report.taken;
            others += report.known + report.arriving;
        }
        assert_eq!((taken, others), (12_000, 12_000));
        let piles = world.desk().stock(&anna).await.unwrap();
        assert_eq!(piles.iter().map(|pile| pile.codes).sum::<u64>(), 12_000);
        assert_eq!(world.desk().printable(&anna, GTIN.parse().unwrap()).await.unwrap(), 12_000);
    }

    async fn what_an_order_brings_just_now_is_told_and_comes_once(world: World) {
        let (anna, token) = world.person("anna@example.com").await;
        let all = codes(GTIN, 4);
        let block = arriving(&world, anna.organisation, &all[..2]).await;
        let report = import(&world, &anna, &all.join("\n")).await;
        assert_eq!((report.taken, report.known, report.arriving), (2, 0, 2), "{report:?}");
        arrived(&world, anna.organisation, &block).await;
        let again = import(&world, &anna, &all.join("\n")).await;
        assert_eq!((again.taken, again.known, again.arriving), (0, 4, 0), "{again:?}");
        assert_eq!(world.desk().printable(&anna, GTIN.parse().unwrap()).await.unwrap(), 4);
        let url = served(&world).await;
        let page = get(&url, "/suz/stock/import?taken=2&known=0&repaired=0&refused=0&arriving=2", &token).await;
        assert!(page.text.contains("2 кода приходят прямо сейчас"), "{}", page.text);
    }

    async fn a_code_of_an_order_tells_its_order_block_and_end_before_it_is_bound_and_after(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let text = world.sandbox.codes(theirs.order_id).unwrap()[0].codes[0].clone();
        let gtin: cis::Gtin = text.get(2..16).unwrap().parse().unwrap();
        let store = store_of(&world).await;
        let whose = seller.actor.organisation;
        let mut tx = store.write().await.unwrap();
        let block = StockBlock {
            id: StockBlockId::from_parts(1, [9; 10]),
            source: BlockSource::Emission(EmissionId::from_parts(1, [9; 10])),
            gtin,
            group: Some("milk".into()),
            station: None,
            state: BlockState::Asked,
            asked: 1,
            given: None,
            kept: 0,
            expires: Some(Timestamp(NOON + 86_400_000)),
            by: None,
            asked_at: Timestamp(NOON),
            settled_at: None,
        };
        assert!(tx.begin_block(whose, &block).await.unwrap());
        tx.keep_run(whose, block.id, std::slice::from_ref(&text), Timestamp(NOON)).await.unwrap();
        tx.commit().await.unwrap();
        arrived(&world, whose, &block).await;

        let key = format!("cis:{}", cis::parse(&text).code().unwrap().ki());
        let url = served(&world).await;
        let told = async |state| {
            for filter in [
                by(SearchBy::Gtin, gtin.as_str()),
                by(SearchBy::Serial, key.get(22..28).unwrap()),
                by(SearchBy::End, key.split_at(key.len() - 6).1),
                by(SearchBy::Anything, &text),
            ] {
                let rows = world.desk().codes(&seller.actor, &filter).await.unwrap().rows;
                assert_eq!((rows.len(), rows[0].state), (1, state), "{filter:?}");
            }
            let one = world.desk().code(&seller.actor, &key).await.unwrap();
            let source = one.source.clone().unwrap();
            assert_eq!(source.emission, Some(EmissionId::from_parts(1, [9; 10])));
            assert_eq!(source.block, "0c290be2-0000-4000-8000-00000000b10c");
            assert_eq!(source.expires.unwrap().at, Timestamp(NOON + 86_400_000));
            one
        };
        told(CodeState::Free).await;
        world.sandbox.advance(1000).unwrap();
        world.fill(&seller, &theirs, page.id).await;
        let one = told(CodeState::Bound).await;
        assert_eq!(one.code.order.unwrap().id, page.id);
        let path: String = key.bytes().fold(String::from("/codes/one?key="), |path, byte| format!("{path}%{byte:02X}"));
        let shown = get(&url, &path, &seller.token).await.text;
        let order = format!("/suz/orders/{}", EmissionId::from_parts(1, [9; 10]));
        assert!(shown.contains(&order) && shown.contains("неиспользованный сгорит"), "{shown}");
        world.sandbox.advance(86_400_000).unwrap();
        assert!(get(&url, &path, &seller.token).await.text.contains("неиспользованный сгорел"));
    }
}
