//! The stock of codes over a whole life: came, bound, sent, accepted, freed, taken away as a file.

use crate::{
    harness::{NOON, both},
    http::{get, served},
};
use desk::{
    account::{Actor, Role},
    codes::{CodeState, Cursor, EventKind, Filter, Origin, SearchBy, Step},
    journal::Action,
    orders::placing::Target,
    problem::Problem,
    time::Timestamp,
};
use http::header;
use sandbox::market::order::{NewItem, OrderChange, OrderStatus, Substatus};

fn state(state: CodeState) -> Filter {
    Filter {
        state: Some(state),
        ..Filter::default()
    }
}

both! {
    async fn a_code_tells_its_whole_life(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let empty = world.desk().codes(&seller.actor, &Filter::default()).await.unwrap();
        assert!(empty.rows.is_empty() && !empty.any && empty.may_export);
        let page = world.fill(&seller, &theirs, page.id).await;
        let listed = world.desk().codes(&seller.actor, &state(CodeState::Bound)).await.unwrap();
        let code = listed.rows.first().unwrap().clone();
        assert_eq!((listed.rows.len(), code.origin), (1, Some(Origin::Order)));
        assert_eq!(code.product.as_deref(), Some("Тапочки"));
        assert_eq!(code.order.unwrap().id, page.id);
        world.send(&seller, &page).await;
        assert_eq!(world.desk().codes(&seller.actor, &state(CodeState::Sent)).await.unwrap().rows.len(), 1);
        world.run_jobs().await;
        let told = world.desk().code(&seller.actor, &code.key).await.unwrap();
        assert_eq!(told.code.state, CodeState::Accepted);
        let cancelled = OrderChange {
            status: Some(OrderStatus::Cancelled),
            substatus: Some(Substatus::try_from("USER_CHANGED_MIND".to_owned()).unwrap()),
            ..OrderChange::default()
        };
        world.sandbox.change_order(theirs.order_id, cancelled).unwrap();
        world.sandbox.advance(1000).unwrap();
        world.desk().refresh_order(&seller.actor, page.id).await.unwrap();
        let told = world.desk().code(&seller.actor, &code.key).await.unwrap();
        assert_eq!(told.code.state, CodeState::Cancelled);
        let steps: Vec<Step> = told.steps.iter().map(|step| step.step.clone()).collect();
        assert_eq!(steps, [
            Step::Came(Some(Origin::Order)),
            Step::Event(EventKind::Bound, None),
            Step::Sent(1),
            Step::Accepted(1),
            Step::Event(EventKind::Freed, None),
        ], "steps of one moment stand as they are found");
        let who: Vec<_> = told.steps.iter().map(|step| step.who.as_deref()).collect();
        let anna = Some("anna@example.com");
        assert_eq!(who, [anna, anna, anna, None, None]);
        assert!(told.steps.iter().all(|step| step.order.unwrap().number.0 == theirs.order_id.0));
    }

    async fn days_are_moscows_and_pages_go_on_behind_the_last_row(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2)]).await;
        world.fill(&seller, &theirs, page.id).await;
        for (from, to, expected) in [
            (Some("2026-11-21"), Some("2026-11-21"), 2),
            (Some("2026-11-22"), None, 0),
            (None, Some("2026-11-20"), 0),
            (Some("2026-02-31"), None, 2),
        ] {
            let day = |text: Option<&str>| text.map(|text| text.parse().unwrap());
            let filter = Filter { from: day(from), to: day(to), ..Filter::default() };
            let list = world.desk().codes(&seller.actor, &filter).await.unwrap();
            assert_eq!(list.rows.len(), expected, "{from:?} {to:?}");
        }
        let rows = world.desk().codes(&seller.actor, &Filter::default()).await.unwrap().rows;
        let after = Some(Cursor { at: Timestamp(NOON), key: rows[0].key.clone() });
        let rest = world.desk().codes(&seller.actor, &Filter { after, ..Filter::default() }).await.unwrap();
        assert_eq!(rest.rows, rows[1..]);
        assert_eq!(rest.next, None);
    }

    async fn nothing_of_the_stock_is_there_for_another_organisation(world: World) {
        let anna = world.seller("anna@example.com").await;
        let boris = world.seller("boris@example.com").await;
        let (theirs, page) = world.order(&anna, vec![NewItem::marked("Тапочки", 1)]).await;
        world.fill(&anna, &theirs, page.id).await;
        let code = world.desk().codes(&anna.actor, &Filter::default()).await.unwrap().rows.remove(0);
        assert_eq!(world.desk().code(&boris.actor, &code.key).await.err(), Some(Problem::NotFound));
        for by in SearchBy::ALL {
            let filter = Filter { search: code.text.clone(), by: *by, ..Filter::default() };
            assert!(world.desk().codes(&boris.actor, &filter).await.unwrap().rows.is_empty(), "{by:?}");
        }
        assert!(world.desk().export_codes(&boris.actor, &Filter::default(), None).await.unwrap().0.is_empty());
    }

    async fn the_stock_is_taken_away_as_a_file_by_who_may_and_the_journal_knows(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2)]).await;
        world.fill(&seller, &theirs, page.id).await;
        let url = served(&world).await;
        let file = get(&url, "/codes/export/codes.csv?state=bound", &seller.token).await;
        assert_eq!(file.status, 200);
        assert!(file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
        assert!(file.text.starts_with('\u{feff}'));
        assert_eq!(file.text.trim_end().split("\r\n").count(), 3, "{}", file.text);
        let rows = world.desk().codes(&seller.actor, &Filter::default()).await.unwrap().rows;
        for row in &rows {
            assert!(row.text.contains('\u{1d}'));
            let field = cis::escape::csv::encode(&row.text, cis::escape::csv::Delimiter::Semicolon).to_string();
            assert!(file.text.contains(&format!("\r\n{field};")), "the whole code, separators and all");
        }
        let sheet = get(&url, "/codes/export/excel.csv", &seller.token).await;
        assert!(sheet.text.contains("\r\n\"=\"\"01"), "{}", sheet.text);
        assert_eq!(get(&url, "/codes/export/codes.exe", &seller.token).await.status, 404);
        let stranger = get(&url, "/codes/export/codes.csv", "").await;
        assert_eq!(stranger.headers[header::LOCATION], "/signin");

        let search = Filter { search: rows[0].text.clone(), ..Filter::default() };
        let packer = Actor { role: Role::Packer, ..seller.actor.clone() };
        let refused = world.desk().begin_export(&packer, &search).await;
        assert!(matches!(refused, Err(Problem::Forbidden { .. })), "{refused:?}");
        world.desk().begin_export(&seller.actor, &search).await.unwrap();
        let journal = world.desk().journal(&seller.actor).await.unwrap();
        let told: Vec<_> = journal
            .iter()
            .filter(|entry| entry.action == Action::CodesExported)
            .map(|entry| entry.detail.as_str())
            .collect();
        let ki = rows[0].key.trim_start_matches("cis:");
        assert_eq!(told, [&format!("search={ki}"), "", "state=bound"], "no tail is written down");
    }

    async fn a_file_longer_than_one_reading_has_every_code_once(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        // One finds a place; the others are kept all the same.
        let texts: Vec<String> = (0..1100).map(|n| format!("010467003301005321AB{n:011}\u{1d}93Zjqw")).collect();
        world.desk().place_codes(&seller.actor, page.id, &texts.join("\n"), Target::Auto, false).await.unwrap();
        let first = world.desk().codes(&seller.actor, &Filter::default()).await.unwrap();
        assert_eq!((first.rows.len(), first.next.is_some()), (100, true));
        let url = served(&world).await;
        let file = get(&url, "/codes/export/codes.csv", &seller.token).await;
        let mut lines: Vec<&str> = file.text.trim_end().split("\r\n").skip(1).collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), texts.len());
        assert!(texts.iter().zip(&lines).all(|(text, line)| line.starts_with(text.as_str())), "in the order of serials");
    }

    async fn the_pages_of_codes_are_drawn_on_the_server(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки войлочные", 1)]).await;
        let url = served(&world).await;
        let empty = get(&url, "/codes", &seller.token).await;
        assert!(empty.text.contains("Кодов пока нет"));
        world.fill(&seller, &theirs, page.id).await;
        world.desk().place_codes(&seller.actor, page.id, "чепуха", Target::Auto, false).await.unwrap();
        let list = get(&url, "/codes?state=bound&by=serial", &seller.token).await;
        assert!(list.text.contains("Тапочки войлочные") && list.text.contains("/codes/one?key="));
        assert!(get(&url, "/codes?search=zzzzzz", &seller.token).await.text.contains("Таких кодов нет"));
        let href = list.text.split("href=\"").find(|it| it.starts_with("/codes/one?key=")).unwrap();
        let href = href.split('"').next().unwrap().replace("&amp;", "&");
        let one = get(&url, &href, &seller.token).await;
        assert!(one.text.contains("Положен в заказ") && one.text.contains("anna@example.com"), "{href}");
    }
}
