//! Keys, scopes, shops and the shape of requests.

use sandbox::{
    Sandbox, World,
    market::{
        cabinet::{ApiAvailability, CampaignChange, KeyChange, NewCabinet, PlacementType, Scope},
        order::NewItem,
    },
};
use serde_json::json;

use super::stand::{Stand, send};

const TOKEN: &str = "/v2/auth/token";

#[tokio::test]
async fn a_key_tells_its_name_and_scopes() {
    let stand = Stand::new().await;
    let reply = stand.call("POST", TOKEN, None).await;
    assert_eq!(reply.status, 200);
    assert_eq!(
        reply.json(),
        json!({
            "status": "OK",
            "result": { "apiKey": { "name": "main", "authScopes": ["ALL_METHODS"] } },
        })
    );
}

#[tokio::test]
async fn a_request_without_a_good_key_is_unauthorised_in_their_words() {
    let stand = Stand::new().await;
    let key = stand.key.clone();
    let unknown = format!("ACMA:{}:0123abcd", "x".repeat(40));
    for (headers, words) in [
        (vec![], "Api-Key token is not specified"),
        (
            vec![("Authorization", format!("Bearer {key}"))],
            "Api-Key token is not specified",
        ),
        (
            vec![("Api-Key", format!("Bearer {key}"))],
            "Api-Key token prefix invalid",
        ),
        (
            vec![("Api-Key", "ACMA:short".to_owned())],
            "Api-Key token format invalid",
        ),
        (vec![("Api-Key", unknown)], "Api-Key token is invalid"),
    ] {
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let reply = send(stand.address, "POST", TOKEN, &headers, b"").await;
        let expected = (401, "UNAUTHORIZED".to_owned(), words.to_owned());
        assert_eq!(reply.unwrap().refusal(), expected);
    }
}

#[tokio::test]
async fn a_revoked_key_is_refused() {
    let stand = Stand::new().await;
    let change = KeyChange {
        revoked: Some(true),
        ..KeyChange::default()
    };
    stand
        .sandbox
        .change_key(stand.business, "main", change)
        .unwrap();
    let (status, _, words) = stand.call("POST", TOKEN, None).await.refusal();
    assert_eq!((status, words.as_str()), (401, "Api-Key token is revoked"));
}

#[tokio::test]
async fn a_read_only_key_lists_but_does_not_write() {
    let stand = Stand::new().await;
    let order = stand.order(vec![NewItem::marked("Туфли", 1)]);
    let read_only = &stand.read_only;
    let body = json!({});
    let listed = stand
        .call_with(read_only, "POST", &stand.orders_path(), Some(&body))
        .await;
    assert_eq!(listed.status, 200);

    let path = stand.identifiers_path(order.order_id);
    let written = stand
        .call_with(read_only, "PUT", &path, Some(&json!({ "items": [] })))
        .await;
    let (status, code, words) = written.refusal();
    assert_eq!((status, code.as_str()), (403, "FORBIDDEN"));
    assert_eq!(
        words,
        "Token does not have any of the scopes to access the API method: all-methods, inventory-and-order-processing"
    );
}

#[tokio::test]
async fn a_key_for_prices_may_not_see_orders_but_may_ask_about_itself() {
    let stand = Stand::new().await;
    let change = KeyChange {
        scopes: Some(vec![Scope::Pricing]),
        ..KeyChange::default()
    };
    stand
        .sandbox
        .change_key(stand.business, "main", change)
        .unwrap();
    assert_eq!(stand.list(json!({})).await.status, 403);
    assert_eq!(stand.call("POST", TOKEN, None).await.status, 200);
    let countries = stand.call("POST", "/v2/regions/countries", None).await;
    assert_eq!(countries.status, 200);
}

#[tokio::test]
async fn anothers_cabinet_and_shop_are_closed() {
    let stand = Stand::new().await;
    let other = NewCabinet::named("Чужой").shop("Чужой", PlacementType::Dbs);
    let other = stand.sandbox.create_cabinet(other).unwrap();

    let path = format!("/v1/businesses/{}/orders", other.business_id);
    let reply = stand.call("POST", &path, Some(&json!({}))).await;
    assert_eq!(reply.status, 403);

    let campaign = other.campaigns[0].id;
    let path = format!("/v2/campaigns/{campaign}/orders/1/identifiers");
    let reply = stand
        .call("PUT", &path, Some(&json!({ "items": [] })))
        .await;
    let words = format!("No access to campaigns: '{campaign}'");
    assert_eq!(reply.refusal(), (403, "FORBIDDEN".to_owned(), words));
}

#[tokio::test]
async fn every_kind_of_switched_off_shop_is_named() {
    let stand = Stand::new().await;
    let path = format!("/v2/campaigns/{}", stand.dbs);
    for (availability, words) in [
        (
            ApiAvailability::DisabledByInactivity,
            "disabled due to inactivity",
        ),
        (
            ApiAvailability::DisabledByNoActiveContract,
            "disabled because there are no active contracts with Market",
        ),
        (ApiAvailability::ManuallyDisabled, "manually disabled"),
        (
            ApiAvailability::DisabledByNoPlacementType,
            "disabled because it has no placement program",
        ),
    ] {
        let change = CampaignChange {
            api_availability: Some(availability),
            ..CampaignChange::default()
        };
        stand.sandbox.change_campaign(stand.dbs, change).unwrap();
        let words = format!("API for campaign '{}' {words}", stand.dbs);
        let reply = stand.call("GET", &path, None).await;
        assert_eq!(reply.refusal(), (403, "API_DISABLED".to_owned(), words));
    }
}

#[tokio::test]
async fn unknown_paths_wrong_methods_and_wrong_numbers_have_their_statuses() {
    let stand = Stand::new().await;
    let (status, _, words) = stand.call("GET", "/campaigns", None).await.refusal();
    assert_eq!((status, words.as_str()), (404, "Resource not found"));

    let reply = stand.call("GET", TOKEN, None).await;
    assert_eq!(reply.header("allow"), Some("POST"));
    let (status, _, words) = reply.refusal();
    assert_eq!(
        (status, words.as_str()),
        (405, "Request method 'GET' not supported")
    );

    let (status, _, words) = stand.call("GET", "/v2/campaigns/x", None).await.refusal();
    assert_eq!((status, words.as_str()), (400, "Type mismatch: 'x'"));
    let (status, _, _) = stand.call("GET", "/v2/campaigns/0", None).await.refusal();
    assert_eq!(status, 400);
    let (status, _, words) = stand.call("GET", "/v2/campaigns/5", None).await.refusal();
    assert_eq!((status, words.as_str()), (404, "Campaign not found '5'"));
}

#[tokio::test]
async fn a_body_must_be_json_and_say_so() {
    let stand = Stand::new().await;
    let post = async |content_type: &str, body: &[u8]| {
        let headers = [
            ("Api-Key", stand.key.as_str()),
            ("Content-Type", content_type),
        ];
        let path = stand.orders_path();
        let reply = send(stand.address, "POST", &path, &headers, body).await;
        reply.unwrap()
    };
    let (status, _, words) = post("text/plain", b"{}").await.refusal();
    assert_eq!(
        (status, words.as_str()),
        (415, "Content type 'text/plain' not supported")
    );
    assert_eq!(
        post("application/json; charset=utf-8", b"{}").await.status,
        200
    );
    let json = "application/json";
    assert_eq!(
        post(json, b"").await.refusal().2,
        "Required request body is missing"
    );
    assert_eq!(
        post(json, b"{\"fake\":").await.refusal().2,
        "Unexpected end of content"
    );
    assert!(post(json, b"no").await.refusal().2.starts_with("JSON: "));
    let (status, _, words) = post(json, &vec![b' '; 512 * 1024 + 1]).await.refusal();
    assert_eq!(status, 400);
    assert!(words.starts_with("The request is too big: "), "{words}");
}

#[tokio::test]
async fn a_business_header_that_contradicts_is_an_error() {
    let stand = Stand::new().await;
    let with = async |value: &str| {
        let headers = [("Api-Key", stand.key.as_str()), ("X-Business-Id", value)];
        let path = format!("/v2/campaigns/{}", stand.dbs);
        let reply = send(stand.address, "GET", &path, &headers, b"").await;
        reply.unwrap().status
    };
    assert_eq!(with(&stand.business.to_string()).await, 200);
    assert_eq!(with("x").await, 400);
    assert_eq!(with("77").await, 403);
}

#[tokio::test]
async fn countries_come_without_an_envelope() {
    let sandbox = Sandbox::new(World::demo(sandbox::Clock::live()));
    let stand = Stand::of(sandbox).await;
    let body = stand
        .call("POST", "/v2/regions/countries", None)
        .await
        .json();
    assert!(body.get("status").is_none());
    let countries = body["countries"].as_array().unwrap();
    let china = countries
        .iter()
        .find(|country| country["countryCode"] == "CN");
    assert_eq!(china.unwrap()["region"]["type"], "COUNTRY");
}
