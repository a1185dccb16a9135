//! Many orders in one file: judged, sent, stopped, taken up again, and the rows that failed.

use crate::{
    harness::{Seller, World, both},
    http::{Answer, call, cookie, get, served},
};
use calamine::{Reader as _, Xlsx};
use desk::{
    bulk::{BatchPage, BatchState, Listing, OrderCounts, Outlook, RowCounts, RowVerdict, Shown},
    ids::BatchId,
    orders::{MarkView, OrderFilter, WorkState},
    problem::Problem,
    server::bulk::Sheet,
};
use http::{Request, header};
use http_body_util::Full;
use sandbox::market::order::{NewItem, NewOrder, Order, OrderChange, OrderStatus};
use std::io::Cursor;

const UNREADABLE: &str = "4607123450017";

/// Orders of two slippers each, read by the program, with their codes.
async fn orders(world: &World, seller: &Seller, count: usize) -> Vec<(Order, Vec<String>)> {
    let new = (0..count).map(|_| {
        let mut new = NewOrder::of(seller.campaign());
        new.items = vec![NewItem::marked("Тапочки", 2)];
        new
    });
    let orders = world.sandbox.create_orders(new.collect()).unwrap();
    world.desk().sync_all(&seller.actor).await.unwrap();
    world.run_jobs().await;
    let with_codes = |order: Order| {
        let codes = world.sandbox.codes(order.order_id).unwrap().remove(0).codes;
        (order, codes)
    };
    orders.into_iter().map(with_codes).collect()
}

fn line(order: &Order, code: &str) -> String {
    format!("{}\t{code}\n", order.order_id)
}

/// A file of two columns with every code of some orders.
fn file(orders: &[(Order, Vec<String>)]) -> String {
    let mut text = "Номер заказа\tКод маркировки\n".to_owned();
    for (order, codes) in orders {
        text.extend(codes.iter().map(|code| line(order, code)));
    }
    text
}

async fn bring(world: &World, seller: &Seller, text: &str) -> BatchId {
    let sheet = Sheet::of_text(text).unwrap();
    world
        .desk()
        .add_batch(&seller.actor, "коды.csv", sheet)
        .await
        .unwrap()
}

async fn page(world: &World, seller: &Seller, id: BatchId, shown: Shown) -> BatchPage {
    world
        .desk()
        .batch(&seller.actor, id, shown, 0)
        .await
        .unwrap()
}

/// Runs until the batch rests and everything that it handed over has its end.
async fn to_the_end(world: &World, seller: &Seller, id: BatchId) -> BatchPage {
    for _ in 0..200 {
        world.after(1).await;
        let page = page(world, seller, id, Shown::Orders).await;
        let orders = page.batch.orders;
        let rests = !matches!(page.batch.state, BatchState::Judging | BatchState::Running);
        if rests && orders.on_the_way + orders.unknown == 0 {
            return page;
        }
    }
    panic!("the batch does not come to its end");
}

/// Whether the Market holds just these codes for an order.
fn held(world: &World, order: &Order, codes: &[String]) -> bool {
    let bodies = world.received_bodies(order);
    bodies.len() == 1 && {
        let body = std::str::from_utf8(&bodies[0]).unwrap();
        codes
            .iter()
            .all(|code| body.contains(serde_json::to_string(code).unwrap().as_str()))
    }
}

/// What the odd orders of a file suffer from, in turn.
const TROUBLES: usize = 8;

/// The rows of an odd order in trouble.
fn troubled(world: &World, kind: usize, order: &Order, codes: &[String], earlier: &str) -> String {
    let [first, second] = codes else {
        panic!("two codes")
    };
    match kind {
        0 => line(order, first),
        1 => line(order, first) + &line(order, UNREADABLE),
        2 => line(order, first) + &line(order, earlier),
        3 => format!(
            "1{}\t{first}\n1{}\t{second}\n",
            order.order_id, order.order_id
        ),
        4 => line(order, first) + &line(order, ""),
        5 => {
            let extra = format!("{}X\u{1d}93Zjqw", first.split('\u{1d}').next().unwrap());
            line(order, first) + &line(order, second) + &line(order, &extra) + &line(order, "x")
        }
        6 => {
            let change = OrderChange {
                status: Some(OrderStatus::Cancelled),
                ..OrderChange::default()
            };
            world.sandbox.change_order(order.order_id, change).unwrap();
            line(order, first) + &line(order, second)
        }
        _ => format!("\t{first}\nпотом\t{second}\n"),
    }
}

both! {
    async fn of_two_hundred_orders_the_good_ones_go_and_the_others_say_why_not(world: World) {
        let seller = world.seller("anna@example.com").await;
        let orders = orders(&world, &seller, 200).await;
        let mut text = "Номер заказа\tКод маркировки\n".to_owned();
        for (index, (order, codes)) in orders.iter().enumerate() {
            if index % 2 == 0 {
                text.extend(codes.iter().map(|code| line(order, &code.replace('\u{1d}', "<GS>"))));
            } else {
                let earlier = &orders[index - 1].1[0];
                text += &troubled(&world, index / 2 % TROUBLES, order, codes, earlier);
            }
        }
        world.sandbox.advance(1000).unwrap();
        world.desk().sync_all(&seller.actor).await.unwrap();
        world.run_jobs().await;
        let id = bring(&world, &seller, &text).await;
        world.run_jobs().await;
        let preview = page(&world, &seller, id, Shown::Failed).await;
        assert_eq!(preview.batch.state, BatchState::Preview);
        assert_eq!(preview.batch.orders.goes, 100, "{:?}", preview.batch.orders);
        assert_eq!(preview.batch.orders.waiting, 0);
        assert_eq!((preview.rows.repaired, preview.rows.waiting), (200, 0), "{:?}", preview.rows);
        let Listing::Orders(failed) = &preview.listing else { panic!("orders were asked for") };
        let outlooks: Vec<_> = failed.iter().take(6).map(|it| it.outlook.clone().unwrap()).collect();
        let troubled = |rows| Outlook::Troubled { rows };
        let expected = [
            Outlook::Lacks { units: 1 }, troubled(1), troubled(1), Outlook::NoOrder, troubled(1), troubled(2),
        ];
        assert_eq!(outlooks, expected);
        assert_eq!(failed[6].outlook, Some(Outlook::Closed));
        assert!(orders.iter().all(|(order, _)| world.received_bodies(order).is_empty()));
        let bound = world.desk().orders(&seller.actor, &OrderFilter::default()).await.unwrap();
        assert!(bound.rows.iter().all(|row| row.filled == 0), "a preview binds nothing");

        world.desk().start_batch(&seller.actor, id).await.unwrap();
        let ended = to_the_end(&world, &seller, id).await;
        assert_eq!(ended.batch.state, BatchState::Done);
        assert_eq!((ended.batch.orders.accepted, ended.batch.orders.goes), (100, 0), "{:?}", ended.batch.orders);
        for (index, (order, codes)) in orders.iter().enumerate() {
            if index % 2 == 0 {
                assert!(held(&world, order, codes), "order {index}");
            } else {
                assert!(world.received_bodies(order).is_empty(), "order {index}");
            }
        }
        let failed = world.desk().failed_rows(&seller.actor, id).await.unwrap();
        let total = ended.rows.all() - 200;
        assert_eq!(u32::try_from(failed.rows.len()).unwrap(), total, "every row of what was not sent");
        for row in &failed.rows {
            let told = !app::bulk::reason(row, cis::Lang::Ru).is_empty();
            assert!(told, "{row:?}");
        }
    }

    async fn a_file_without_an_order_column_can_be_told_which_it_is(world: World) {
        let seller = world.seller("anna@example.com").await;
        let orders = orders(&world, &seller, 1).await;
        let (order, codes) = &orders[0];
        let text = format!("a\tb\tКИЗ\nx\t{0}\t{1}\nx\t{0}\t{2}\n", order.order_id, codes[0], codes[1]);
        let sheet = Sheet::of_text(&text).unwrap();
        let guessed = sheet.order_column;
        let id = world.desk().add_batch(&seller.actor, "", sheet).await.unwrap();
        world.run_jobs().await;
        world.desk().choose_columns(&seller.actor, id, Some(0), 2).await.unwrap();
        world.run_jobs().await;
        let wrong = page(&world, &seller, id, Shown::Rows).await;
        let Listing::Rows(rows) = &wrong.listing else { panic!("rows were asked for") };
        assert_eq!(rows[0].verdict, Some(RowVerdict::BadNumber), "{guessed:?}");
        assert_eq!(wrong.rows, RowCounts { trouble: 2, ..RowCounts::default() });
        world.desk().choose_columns(&seller.actor, id, Some(1), 2).await.unwrap();
        world.run_jobs().await;
        let right = page(&world, &seller, id, Shown::Rows).await;
        assert_eq!((right.rows.good, right.batch.orders.goes), (2, 1), "{:?}", right.listing);
        let late = world.desk().start_batch(&seller.actor, id).await;
        assert!(late.is_ok());
        let moved = world.desk().choose_columns(&seller.actor, id, None, 0).await.unwrap_err();
        assert_eq!(moved, Problem::BatchMoved);
    }

    async fn a_pause_holds_back_and_a_stop_ends_what_has_not_gone(world: World) {
        let seller = world.seller("anna@example.com").await;
        let orders = orders(&world, &seller, 4).await;
        let id = bring(&world, &seller, &file(&orders)).await;
        world.run_jobs().await;
        let desk = world.desk();
        assert_eq!(desk.pause_batch(&seller.actor, id).await.unwrap_err(), Problem::BatchMoved);
        desk.start_batch(&seller.actor, id).await.unwrap();
        desk.pause_batch(&seller.actor, id).await.unwrap();
        world.run_jobs().await;
        let paused = page(&world, &seller, id, Shown::Orders).await;
        assert_eq!((paused.batch.state, paused.batch.orders.goes), (BatchState::Paused, 4));
        desk.resume_batch(&seller.actor, id).await.unwrap();
        desk.resume_batch(&seller.actor, id).await.unwrap();
        let ended = to_the_end(&world, &seller, id).await;
        assert_eq!((ended.batch.state, ended.batch.orders.accepted), (BatchState::Done, 4));
        assert_eq!(desk.resume_batch(&seller.actor, id).await.unwrap_err(), Problem::BatchMoved);

        let others = self::orders(&world, &seller, 2).await;
        let id = bring(&world, &seller, &file(&others)).await;
        world.run_jobs().await;
        desk.start_batch(&seller.actor, id).await.unwrap();
        desk.cancel_batch(&seller.actor, id).await.unwrap();
        let stopped = to_the_end(&world, &seller, id).await;
        let expected = OrderCounts { all: 2, goes: 2, ..OrderCounts::default() };
        assert_eq!((stopped.batch.state, stopped.batch.orders), (BatchState::Cancelled, expected));
        let failed = desk.failed_rows(&seller.actor, id).await.unwrap();
        assert!(failed.rows.len() == 4 && failed.rows.iter().all(|row| row.cancelled));
        let bodies: usize = others.iter().map(|(order, _)| world.received_bodies(order).len()).sum();
        assert_eq!(bodies, 0);
    }

    async fn what_the_preview_promised_goes_whatever_the_first_orders_taught(world: World) {
        let seller = world.seller("anna@example.com").await;
        let item = |offer: &str, gtin: &str| NewItem {
            offer_id: Some(offer.into()),
            gtin: Some(gtin.into()),
            ..NewItem::marked("Тапочки", 1)
        };
        let (first, second) = ("04670033010053", "04607809591423");
        let mut orders = Vec::new();
        for (offer, gtin) in [("ONE", first), ("ANOTHER", first), ("ONE", second)] {
            let (theirs, page) = world.order(&seller, vec![item(offer, gtin)]).await;
            let codes = world.sandbox.codes(theirs.order_id).unwrap().remove(0).codes;
            orders.push((theirs, page, codes));
        }
        let (theirs, page, _) = orders.remove(0);
        let with_codes: Vec<_> = orders.iter().map(|(order, _, codes)| (order.clone(), codes.clone())).collect();
        let id = bring(&world, &seller, &file(&with_codes)).await;
        world.run_jobs().await;
        assert_eq!(self::page(&world, &seller, id, Shown::Orders).await.batch.orders.goes, 2);
        let taught = world.fill(&seller, &theirs, page.id).await;
        world.send(&seller, &taught).await;
        world.run_jobs().await;
        assert_eq!(world.page(&seller, orders[1].1.id).await.lines[0].gtins, [first]);
        world.desk().start_batch(&seller.actor, id).await.unwrap();
        let ended = to_the_end(&world, &seller, id).await;
        assert_eq!(ended.batch.orders.accepted, 2, "{:?}", ended.listing);
        for (order, codes) in &with_codes {
            assert!(held(&world, order, codes));
        }
        assert_eq!(world.page(&seller, orders[0].1.id).await.lines[0].gtins, [first]);
        assert_eq!(world.page(&seller, orders[1].1.id).await.lines[0].gtins, [second, first]);
    }

    async fn cut_off_anywhere_it_goes_on_and_sends_nothing_twice(world: World) {
        let mut world = world;
        let seller = world.seller("anna@example.com").await;
        let orders = orders(&world, &seller, 60).await;
        let id = bring(&world, &seller, &file(&orders)).await;
        for cut in 0..6_u32 {
            // The process dies somewhere in its work: dropped futures write nothing any more.
            let desk = std::sync::Arc::clone(&world.wiring.desk);
            let work = tokio::spawn(async move { desk.run_due_jobs(&format!("process {cut}")).await });
            let mut polls = tokio::time::interval(std::time::Duration::from_millis(5));
            loop {
                polls.tick().await;
                let sent = page(&world, &seller, id, Shown::Orders).await.batch.orders;
                if work.is_finished() || sent.sent() >= 10 * cut || sent.waiting > 0 && cut == 0 {
                    break;
                }
            }
            work.abort();
            let _ended = work.await;
            world.restart().await;
            // The dead process's lease runs out.
            world.sandbox.advance(21_000).unwrap();
            if page(&world, &seller, id, Shown::Orders).await.batch.state == BatchState::Preview {
                world.desk().start_batch(&seller.actor, id).await.unwrap();
            }
        }
        if page(&world, &seller, id, Shown::Orders).await.batch.state == BatchState::Judging {
            world.run_jobs().await;
        }
        let state = page(&world, &seller, id, Shown::Orders).await.batch.state;
        if state == BatchState::Preview {
            world.desk().start_batch(&seller.actor, id).await.unwrap();
        }
        let ended = to_the_end(&world, &seller, id).await;
        assert_eq!(ended.batch.orders.accepted, 60, "{:?}", ended.batch.orders);
        let Listing::Orders(results) = &ended.listing else { panic!("orders were asked for") };
        for result in results {
            let page = world.page(&seller, result.order.unwrap()).await;
            assert_eq!(page.work, WorkState::Accepted);
            assert_eq!(page.submission.unwrap().number, 1, "handed over once");
            let codes = &orders.iter().find(|(order, _)| order.order_id.0 == result.number.0).unwrap().1;
            for (slot, held) in page.lines[0].slots.iter().zip(&page.lines[0].stored) {
                let Some(MarkView::Cis(code)) = &slot.mark else { panic!("an empty slot") };
                assert!(codes.contains(code) && held.cis_full.as_deref() == Some(code.as_str()));
            }
        }
    }

    async fn a_file_comes_by_a_form_and_its_failed_rows_go_as_the_same_file(world: World) {
        let seller = world.seller("anna@example.com").await;
        let orders = orders(&world, &seller, 2).await;
        let url = served(&world).await;
        let ((first, first_codes), (second, codes)) = (&orders[0], &orders[1]);
        let mut rows = vec![vec!["№ заказа".to_owned(), "Код; маркировки".into(), "Цена".into()]];
        for code in first_codes {
            rows.push(vec![first.order_id.to_string(), code.clone(), "100".into()]);
        }
        rows.push(vec![second.order_id.to_string(), codes[0].clone(), "7;5".into()]);
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let text: String =
            rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(";") + "\r\n").collect();
        let book = workbook(&rows);
        for (name, bytes) in [("коды.csv", text.into_bytes()), ("коды.xlsx", book)] {
            let answer = upload(&url, &seller.token, name, &bytes).await;
            assert_eq!(answer.status, 303, "{name}");
            let place = answer.headers[header::LOCATION].to_str().unwrap().to_owned();
            world.run_jobs().await;
            let id: BatchId = place.strip_prefix("/bulk/").unwrap().parse().unwrap();
            let preview = page(&world, &seller, id, Shown::Rows).await;
            assert_eq!((preview.rows.good, preview.batch.orders.goes), (3, 1), "{name} {:?}", preview.listing);
            let error = "Заказ не отправляется: не хватает 1 кода.";
            let mut expected = vec![rows[0].clone(), rows[3].clone()];
            expected[0].push("Ошибка".into());
            expected[1].push(error.into());
            let csv = get(&url, &format!("{place}/failed/csv"), &seller.token).await;
            assert_eq!(table(&csv.text, ';'), expected, "{}", csv.text);
            let book = get(&url, &format!("{place}/failed/xlsx"), &seller.token).await;
            assert_eq!(cells(&book.bytes), expected);
            let named = book.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
            assert!(named.contains("%E2%80%94"), "{named}");
            // What was downloaded can be brought again, error column and all.
            let again = upload(&url, &seller.token, "again.xlsx", &book.bytes).await;
            assert!(again.headers[header::LOCATION].to_str().unwrap().starts_with("/bulk/0"));
        }
        let listed = get(&url, "/bulk", &seller.token).await;
        assert!(listed.text.contains("коды.xlsx"), "the page reads without scripts");
    }

    async fn what_cannot_be_taken_is_told_on_the_page(world: World) {
        let seller = world.seller("anna@example.com").await;
        let url = served(&world).await;
        let many = "48512377\t0104610053147452215d,OiLl\n".repeat(60_000);
        for (bytes, trouble) in [
            (b"".to_vec(), "empty"),
            (b"PK\x03\x04broken".to_vec(), "unreadable"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook".to_vec(), "unreadable"),
            (many.into_bytes(), "too_many_rows"),
            (vec![b'x'; desk::bulk::MOST_BYTES + 1], "too_large"),
        ] {
            let answer = upload(&url, &seller.token, "a.csv", &bytes).await;
            let place = answer.headers[header::LOCATION].to_str().unwrap();
            assert_eq!(place, format!("/bulk?trouble={trouble}"));
            assert!(get(&url, place, &seller.token).await.text.contains("class=\"notice bad\""));
        }
        let stranger = upload(&url, "", "a.csv", b"x").await;
        assert_eq!(stranger.headers[header::LOCATION], "/signin");
        assert!(world.desk().batches(&seller.actor).await.unwrap().batches.is_empty());
    }

    async fn a_batch_of_one_organisation_is_not_there_for_another(world: World) {
        let anna = world.seller("anna@example.com").await;
        let (boris, token) = world.person("boris@example.com").await;
        let orders = orders(&world, &anna, 1).await;
        let id = bring(&world, &anna, &file(&orders)).await;
        world.run_jobs().await;
        let desk = world.desk();
        let not_found = Some(Problem::NotFound);
        assert_eq!(desk.batch(&boris, id, Shown::Rows, 0).await.err(), not_found);
        assert_eq!(desk.failed_rows(&boris, id).await.err(), not_found);
        assert_eq!(desk.choose_columns(&boris, id, None, 0).await.err(), not_found);
        assert_eq!(desk.start_batch(&boris, id).await.err(), not_found);
        assert_eq!(desk.cancel_batch(&boris, id).await.err(), not_found);
        assert!(desk.batches(&boris).await.unwrap().batches.is_empty());
        let url = served(&world).await;
        assert_eq!(get(&url, &format!("/bulk/{id}/failed/csv"), &token).await.status, 404);
        let text = file(&orders);
        let theirs = desk.add_batch(&boris, "", Sheet::of_text(&text).unwrap()).await.unwrap();
        world.run_jobs().await;
        let judged = desk.batch(&boris, theirs, Shown::Rows, 0).await.unwrap();
        let Listing::Rows(rows) = judged.listing else { panic!("rows were asked for") };
        assert_eq!(rows[0].verdict, Some(RowVerdict::NoOrder), "another's order is no order");
    }
}

async fn upload(url: &str, token: &str, name: &str, bytes: &[u8]) -> Answer {
    upload_to(url, "/bulk/upload", token, name, bytes).await
}

/// Posts a file as a form does.
pub(crate) async fn upload_to(
    url: &str,
    path: &str,
    token: &str,
    name: &str,
    bytes: &[u8],
) -> Answer {
    let head = format!(
        "--part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    );
    let mut body = head.into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--part--\r\n");
    let request = Request::post(format!("{url}{path}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
        .header(header::COOKIE, cookie(token))
        .body(Full::from(body))
        .unwrap();
    call(request).await
}

pub(crate) fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// The cells of the first sheet.
pub(crate) fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range
        .rows()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect()
}

/// A CSV text taken apart by the rules of the standard alone.
fn table(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = text
        .strip_prefix('\u{feff}')
        .expect("a mark for Excel")
        .chars()
        .peekable();
    while let Some(character) = characters.next() {
        let cell = rows.last_mut().unwrap().last_mut().unwrap();
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                cell.push(characters.next().unwrap());
            }
            '"' => quoted = !quoted,
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            other if other == delimiter && !quoted => rows.last_mut().unwrap().push(String::new()),
            other => cell.push(other),
        }
    }
    assert_eq!(
        rows.pop(),
        Some(vec![String::new()]),
        "every line has its end"
    );
    rows
}
