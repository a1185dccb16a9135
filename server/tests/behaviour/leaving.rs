//! What leaves: boxes, labels and shipping, as the order page asks for them.

use crate::{
    harness::{Seller, World, both},
    http::{Answer, call, cookie, get, post, served},
};
use desk::{
    boxes::Place,
    marketplace::Amount,
    orders::{OrderPage, WorkState},
    shipping::ShippingState,
};
use http::{Request, header};
use http_body_util::Full;
use sandbox::market::{
    order::{InstanceType, NewItem, Order},
    verification::{CisSubstatus, Outcome, Script},
};

/// Long enough for the sandbox to verify, and for us to ask.
const VERIFIED: [i64; 4] = [5, 15, 60, 300];

/// An order whose boxes and codes the Market holds.
async fn sent(world: &World, seller: &Seller, theirs: &Order, page: &OrderPage) -> OrderPage {
    let page = world.fill(seller, theirs, page.id).await;
    world.send(seller, &page).await;
    world.run_jobs().await;
    for seconds in VERIFIED {
        world.after(seconds).await;
    }
    world.page(seller, page.id).await
}

fn header_of(answer: &Answer, name: header::HeaderName) -> String {
    answer
        .headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

fn formats_asked(world: &World) -> Vec<String> {
    let asked = world.sandbox.received().into_iter();
    asked
        .filter(|request| request.path.ends_with("/delivery/labels"))
        .map(|request| request.query)
        .collect()
}

both! {
    async fn labels_are_a_page_with_the_reason_before_boxes_are_stored_and_a_file_after(world: World) {
        let seller = world.fbs_seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2)]).await;
        let url = served(&world).await;
        let path = format!("/orders/{}/labels.pdf", page.id);
        let early = get(&url, &path, &seller.token).await;
        assert!((400..500).contains(&early.status), "{}", early.status);
        assert!(early.text.contains("Отправьте их, и этикетки появятся"), "{}", early.text);
        assert!(early.text.contains("No boxes found for order"), "their words stand beside ours: {}", early.text);
        let page = sent(&world, &seller, &theirs, &page).await;
        assert_eq!(page.labels, None, "nothing was printed yet");
        let file = get(&url, &path, &seller.token).await;
        assert_eq!(file.status, 200, "{}", file.text);
        assert!(file.text.starts_with("%PDF"));
        assert_eq!(header_of(&file, header::CONTENT_TYPE), "application/pdf");
        assert!(header_of(&file, header::CONTENT_DISPOSITION).starts_with("inline"));
        assert_eq!(header_of(&file, header::CACHE_CONTROL), "no-store");
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.labels.map(|(_, stale)| stale), Some(false));
        let unit = desk::boxes::Unit { item: page.lines[0].item, number: 2 };
        let page = world.desk().place_unit(&seller.actor, page.id, unit, Place::Box(2)).await.unwrap();
        world.send(&seller, &page).await;
        world.run_jobs().await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.labels.map(|(_, stale)| stale), Some(true), "the boxes changed after printing");
    }

    async fn labels_come_in_the_format_that_was_printed_last_and_only_to_those_who_send(world: World) {
        let seller = world.fbs_seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let page = sent(&world, &seller, &theirs, &page).await;
        let url = served(&world).await;
        let path = format!("/orders/{}/labels.pdf", page.id);
        let chosen = get(&url, &format!("{path}?format=A9"), &seller.token).await;
        let set = header_of(&chosen, header::SET_COOKIE);
        assert!(set.starts_with("metka_labels=A9;"), "{set}");
        let again = Request::get(format!("{url}{path}"))
            .header(header::COOKIE, format!("{}; metka_labels=A9", cookie(&seller.token)))
            .body(Full::default())
            .unwrap();
        assert_eq!(call(again).await.status, 200);
        assert_eq!(formats_asked(&world), ["format=A9", "format=A9"]);
        assert_eq!(get(&url, &format!("{path}?format=B5"), &seller.token).await.status, 400);
        let stranger = get(&url, &path, "").await;
        assert_eq!((stranger.status, header_of(&stranger, header::LOCATION).as_str()), (303, "/signin"));
        let other = world.fbs_seller("boris@example.com").await;
        assert_eq!(get(&url, &path, &other.token).await.status, 404, "an order of others is not there");
        assert_eq!(formats_asked(&world).len(), 2, "nobody else reached the Market");
    }

    async fn an_order_is_shipped_once_it_may_leave_and_says_why_before(world: World) {
        let seller = world.fbs_seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1), NewItem::plain("Ложка", 1)]).await;
        let (_, empty) = world.order(&seller, vec![NewItem::marked("Туфли", 1)]).await;
        let url = served(&world).await;
        let body = format!("orders%5B%5D={}&orders%5B%5D={}", page.id, empty.id);
        let early = post(&url, "/api/orders/ship", &seller.token, &body).await;
        assert_eq!(early.text, format!("[[\"{}\",\"not_sent\"],[\"{}\",\"not_sent\"]]", page.id, empty.id));
        let page = sent(&world, &seller, &theirs, &page).await;
        assert_eq!(page.work, WorkState::ToShip, "{:?}", page.verification);
        let answer = post(&url, "/api/orders/ship", &seller.token, &body).await;
        assert_eq!(answer.text, format!("[[\"{}\",null],[\"{}\",\"not_sent\"]]", page.id, empty.id));
        world.run_jobs().await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.work, WorkState::Shipped, "{:?}", page.shipping);
        assert_eq!(page.shipping.map(|shipping| shipping.state), Some(ShippingState::Done));
        let again = post(&url, "/api/orders/ship", &seller.token, &body).await;
        assert!(again.text.contains("already"), "{}", again.text);
    }

    async fn a_unit_is_split_among_boxes_of_its_own_by_a_form(world: World) {
        let seller = world.fbs_seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::plain("Ложка", 1), NewItem::marked("Кондиционер", 1)]).await;
        let url = served(&world).await;
        let item = page.lines[1].item;
        let body = format!("order={}&item={item}&number=1&place=split&pieces=2", page.id);
        let answer = post(&url, "/api/orders/place_unit", &seller.token, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let page = sent(&world, &seller, &theirs, &page).await;
        let amounts: Vec<Vec<Amount>> =
            page.boxes.iter().map(|one| one.items.iter().map(|entry| entry.amount).collect()).collect();
        let part = |current| vec![Amount::Part { current, total: 2 }];
        assert_eq!(amounts, [vec![Amount::Full(1)], part(1), part(2)], "{:?}", page.submission);
        let nonsense = format!("order={}&item={item}&number=1&place=moon", page.id);
        assert_eq!(post(&url, "/api/orders/place_unit", &seller.token, &nonsense).await.status, 422);
    }

    async fn units_leave_an_order_only_with_the_number_and_the_understanding(world: World) {
        let seller = world.fbs_seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2)]).await;
        let url = served(&world).await;
        let item = page.lines[0].item;
        let remove = |rest: &'static str| {
            let body = format!("order={}&item={item}&{rest}", page.id);
            let (url, token) = (url.clone(), seller.token.clone());
            async move { post(&url, "/api/orders/remove_units", &token, &body).await.status }
        };
        assert_eq!(remove("units=1&confirmed=1").await, 422);
        assert_eq!(remove("units=1&confirmed=2&understood=true").await, 422);
        assert_eq!(world.page(&seller, page.id).await.plan.removed(item), 0);
        assert_eq!(remove("units=1&confirmed=1&understood=true").await, 200);
        assert_eq!(world.page(&seller, page.id).await.plan.removed(item), 1);
        assert_eq!(remove("units=0&confirmed=0").await, 200, "putting back needs no ceremony");
        assert_eq!(world.page(&seller, page.id).await.plan.removed(item), 0);
    }

    async fn an_order_whose_optional_code_was_rejected_goes_without_it(world: World) {
        let seller = world.fbs_seller("anna@example.com").await;
        let perfume = NewItem::asking("Духи", 1, &[InstanceType::CisOptional]);
        let (theirs, page) = world.order(&seller, vec![perfume]).await;
        let sold = Outcome::Invalid { substatus: CisSubstatus::ItemSold };
        world.sandbox.script(Script::of_order(theirs.order_id, sold)).unwrap();
        let page = sent(&world, &seller, &theirs, &page).await;
        assert_eq!(page.work, WorkState::Rework);
        let url = served(&world).await;
        let drawn = get(&url, &format!("/orders/{}", page.id), &seller.token).await;
        assert!(drawn.text.contains("INVALID ITEM_SOLD"), "their words are on the page");
        assert!(drawn.text.contains("уже продан"), "and what they mean");
        let body = format!("order={}&line={}&revision={}", page.id, page.lines[0].id, page.revision);
        let answer = post(&url, "/api/orders/send_without", &seller.token, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        world.run_jobs().await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.work, WorkState::ToShip, "{:?} {:?}", page.submission, page.verification);
        assert!(page.lines[0].stored.iter().all(|unit| unit.cis.is_none()), "{:?}", page.lines[0].stored);
    }
}
