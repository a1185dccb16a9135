//! The HTTP layer: who may call what, cookies, headers, events.

use crate::harness::{PASSWORD, World, both};
use http::{Request, header};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use sandbox::market::order::NewItem;
use server::router::router;
use std::{net::SocketAddr, time::Duration};
use tokio::net::TcpListener;

/// How long an event may take to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

fn client() -> Client<HttpConnector, Full<Bytes>> {
    Client::builder(TokioExecutor::new()).build_http()
}

pub(crate) async fn call(request: Request<Full<Bytes>>) -> Answer {
    let response = client().request(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        text: String::from_utf8_lossy(&bytes).into_owned(),
        bytes: bytes.into(),
    }
}

pub(crate) fn cookie(token: &str) -> String {
    format!("metka_session={token}")
}

/// Calls a server function as the page does.
pub(crate) async fn post(url: &str, path: &str, token: &str, body: &str) -> Answer {
    let request = Request::post(format!("{url}{path}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie(token))
        .body(Full::from(body.to_owned()))
        .unwrap();
    call(request).await
}

pub(crate) async fn get(url: &str, path: &str, token: &str) -> Answer {
    let request = Request::get(format!("{url}{path}"))
        .header(header::COOKIE, cookie(token))
        .header(header::ACCEPT, "text/html,*/*;q=0.8")
        .body(Full::default())
        .unwrap();
    call(request).await
}

/// The application on a free port.
pub(crate) async fn served(world: &World) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app =
        router(&world.settings, &world.wiring).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    url
}

both! {
    async fn a_stranger_gets_no_orders_and_a_path_without_a_rule_is_not_there(world: World) {
        let url = served(&world).await;
        let answer = post(&url, "/api/orders/list", "", "").await;
        assert_eq!(answer.status, 401);
        assert!(answer.text.contains("Войдите ещё раз"), "{}", answer.text);
        assert_eq!(post(&url, "/api/orders/drop_all", "", "").await.status, 404);
    }

    async fn every_inner_function_refuses_a_stranger(world: World) {
        let url = served(&world).await;
        for (path, access) in app::guard::rules() {
            let answer = post(&url, path, "", "").await;
            let public = access == app::guard::Access::Public;
            assert_eq!(answer.status == 401, !public, "{path} answered {}", answer.status);
        }
    }

    async fn a_call_from_another_site_is_refused(world: World) {
        let seller = world.seller("anna@example.com").await;
        let url = served(&world).await;
        let request = Request::post(format!("{url}/api/orders/refresh_all"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie(&seller.token))
            .header("sec-fetch-site", "cross-site")
            .body(Full::default())
            .unwrap();
        assert_eq!(call(request).await.status, 403);
    }

    async fn signing_in_sets_a_cookie_that_scripts_cannot_read_and_signing_out_ends_it(world: World) {
        world.person("anna@example.com").await;
        let url = served(&world).await;
        let body = format!("email=anna%40example.com&password={}", PASSWORD.replace(' ', "+"));
        let answer = post(&url, "/api/account/sign_in", "", &body).await;
        let set = answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
        let token = set.split(['=', ';']).nth(1).unwrap().to_owned();
        assert_eq!(post(&url, "/api/connections/list", &token, "").await.status, 200);
        assert_eq!(post(&url, "/api/account/sign_out", &token, "").await.status, 200);
        assert_eq!(post(&url, "/api/connections/list", &token, "").await.status, 401);
    }

    async fn guessing_a_password_is_stopped_and_time_forgives(world: World) {
        world.person("anna@example.com").await;
        let guess = || world.desk().sign_in("anna@example.com", "wrong password", "test");
        for _ in 0..10 {
            assert_eq!(guess().await.err(), Some(desk::problem::Problem::WrongPassword));
        }
        assert_eq!(guess().await.err(), Some(desk::problem::Problem::TooManyTries { minutes: 15 }));
        world.sandbox.advance(15 * 60 * 1000).unwrap();
        assert!(world.desk().sign_in("anna@example.com", PASSWORD, "test").await.is_ok());
    }

    async fn pages_are_drawn_on_the_server_and_carry_their_policy(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки войлочные", 2)]).await;
        let url = served(&world).await;
        let list = get(&url, "/orders", &seller.token).await;
        assert_eq!(list.status, 200);
        assert!(list.text.contains(&theirs.order_id.to_string()), "the order's number is on the page");
        let policy = list.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("'nonce-") && !policy.contains("unsafe-inline"), "{policy}");
        let order = get(&url, &format!("/orders/{}", page.id), &seller.token).await;
        assert!(order.text.contains("Тапочки войлочные"));
        let stranger = get(&url, "/orders", "").await;
        assert_eq!((stranger.status, stranger.headers[header::LOCATION].to_str().unwrap()), (302, "/signin"));
    }

    async fn markup_in_a_code_to_check_stays_a_text(world: World) {
        let url = served(&world).await;
        let page = get(&url, "/check?code=%3C%2Ftextarea%3E%3Cb%20id%3Dinjected%3E", "").await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("&lt;/textarea>") && !page.text.contains("<b id=injected"), "{}", page.text);
    }

    async fn the_language_is_the_browsers_until_it_is_switched(world: World) {
        let url = served(&world).await;
        let english = Request::get(format!("{url}/signin"))
            .header(header::ACCEPT_LANGUAGE, "en-US,en;q=0.9")
            .body(Full::default())
            .unwrap();
        assert!(call(english).await.text.contains("<html lang=\"en\""));
        assert!(get(&url, "/signin", "").await.text.contains("<html lang=\"ru\""));
        let switch = get(&url, "/language/en?back=//evil.example", "").await;
        assert_eq!(switch.headers[header::LOCATION], "/");
        assert!(switch.headers[header::SET_COOKIE].to_str().unwrap().starts_with("metka_lang=en"));
    }

    async fn a_change_reaches_the_open_page_of_its_organisation_only(world: World) {
        let anna = world.seller("anna@example.com").await;
        let boris = world.seller("boris@example.com").await;
        let (_, page) = world.order(&anna, vec![NewItem::marked("Тапочки", 1)]).await;
        let (_, other) = world.order(&boris, vec![NewItem::marked("Туфли", 1)]).await;
        let url = served(&world).await;
        let stream = Request::get(format!("{url}/events"))
            .header(header::COOKIE, cookie(&anna.token))
            .body(Full::default())
            .unwrap();
        let mut events = client().request(stream).await.unwrap().into_body();
        next(&mut events).await;
        world.desk().dismiss(&boris.actor, other.id, None).await.unwrap();
        world.desk().dismiss(&anna.actor, page.id, None).await.unwrap();
        let told = next(&mut events).await;
        assert!(told.contains(&page.id.to_string()), "{told}");
        assert!(!told.contains(&other.id.to_string()), "{told}");
        assert_eq!(get(&url, "/events", "").await.status, 401);
    }

    async fn health_is_told_without_a_session(world: World) {
        let url = served(&world).await;
        assert_eq!(get(&url, "/healthz", "").await.text, "ok");
    }
}

async fn next(events: &mut Incoming) -> String {
    let frame = tokio::time::timeout(PATIENCE, events.frame())
        .await
        .expect("an event comes")
        .unwrap()
        .unwrap();
    String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap()
}
