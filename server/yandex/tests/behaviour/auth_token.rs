//! `POST v2/auth/token`.

use crate::{
    doubles::{KEY, bench, key},
    stub::{Reply, Stub},
};
use desk::{
    marketplace::KeyScope,
    server::ports::market::{KeyInfo, Market},
};

#[tokio::test]
async fn a_key_is_asked_about_with_its_own_header_and_no_body() {
    let stub = Stub::start([Reply::json(
        200,
        r#"{"status":"OK","result":{"apiKey":{"name":"Метка","authScopes":["INVENTORY_AND_ORDER_PROCESSING","TELEPATHY"]}}}"#,
    )])
    .await;
    let info = bench(&stub.url).market.key_info(&key()).await;
    assert_eq!(
        info,
        Ok(KeyInfo {
            name: "Метка".into(),
            scopes: vec![KeyScope::Orders, KeyScope::Other("TELEPATHY".into())],
        }),
    );

    let request = stub.only();
    assert_eq!(request.line, "POST /v2/auth/token");
    assert_eq!(request.header("api-key"), Some(KEY));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("content-length"), Some("0"));
    assert_eq!(request.header("connection"), Some("close"));
    assert!(request.header("user-agent").unwrap().starts_with("metka/"));
    assert_eq!(request.body, b"");
}

#[tokio::test]
async fn a_base_address_with_a_path_and_a_slash_is_kept() {
    let stub = Stub::start([Reply::json(
        200,
        r#"{"status":"OK","result":{"apiKey":{"name":"k","authScopes":[]}}}"#,
    )])
    .await;
    bench(&format!("{}/market/", stub.url))
        .market
        .key_info(&key())
        .await
        .unwrap();
    assert_eq!(stub.only().line, "POST /market/v2/auth/token");
}
