//! Documents that lie at the station without a signature: `documents/search`, `content`, `delete` and `sign` (edition
//! 62, 4.4.21 to 4.4.24).

use super::{
    buffers::{count, moment, text},
    bytes_of, call,
};
use crate::{
    answer::not_understood,
    call::{Call, one_line},
    client::Client,
    groups,
    loose::{Flag, Text, Whole},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use desk::{
    server::ports::{
        call::CallError,
        code_ordering::{Access, StuckDocument, StuckPage},
    },
    suz::emission::{StuckKind, SuzDocumentId},
};
use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest page.
const MOST: u32 = 1_000;

/// The longest document: an order of ten times 150 000 codes with serial numbers of its own.
const LONGEST_DOCUMENT: usize = 64 * 1024 * 1024;

/// The answer of a search; here the list has another name than elsewhere.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DocumentsResponse {
    total_count: Option<Whole>,
    #[serde(alias = "results")]
    result: Vec<Document>,
}

/// One document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    doc_id: SuzDocumentId,
    #[serde(rename = "documentType")]
    kind: Option<Text>,
    product_group: Option<Text>,
    status: Option<Text>,
    created_timestamp: Option<Value>,
}

/// Asks for a page.
pub(super) async fn search(
    client: &Client,
    access: Access<'_>,
    kind: &StuckKind,
    limit: u32,
    skip: u32,
) -> Result<StuckPage, CallError> {
    if !(1..=MOST).contains(&limit) {
        return Err(CallError::Argument(format!(
            "a page has 1 to {MOST} documents"
        )));
    }
    let (oms_id, limit, skip) = (access.oms_id.to_wire(), limit.to_string(), skip.to_string());
    let query = [
        ("omsId", oms_id.as_str()),
        ("documentType", kind.as_str()),
        ("limit", &limit),
        ("skip", &skip),
    ];
    let path = ["documents", "search"];
    let answer: DocumentsResponse = client
        .request(&call(
            access,
            "documents/search",
            &Method::GET,
            &path,
            &query,
        ))
        .await?;
    let documents: Vec<_> = answer
        .result
        .into_iter()
        .map(|document| stuck(document, kind))
        .collect();
    Ok(StuckPage {
        total: count(answer.total_count).unwrap_or(documents.len() as u64),
        documents,
    })
}

fn stuck(document: Document, asked: &StuckKind) -> StuckDocument {
    StuckDocument {
        document: document.doc_id,
        kind: text(document.kind).map_or_else(|| asked.clone(), StuckKind::from),
        group: text(document.product_group).map(|group| groups::alias_of(&group)),
        status: text(document.status).unwrap_or_default().into(),
        created: moment(document.created_timestamp.as_ref()),
    }
}

/// The bytes of a document, as they are: these are signed.
pub(super) async fn content(
    client: &Client,
    access: Access<'_>,
    document: &SuzDocumentId,
) -> Result<Vec<u8>, CallError> {
    let oms_id = access.oms_id.to_wire();
    let query = [("omsId", oms_id.as_str()), ("docId", document.as_str())];
    let path = ["documents", "content"];
    let call = call(access, "documents/content", &Method::GET, &path, &query);
    let (http, bytes) = client.bytes(&call, LONGEST_DOCUMENT).await?;
    // Nobody shall sign a page of a go-between.
    let told: Value = serde_json::from_slice(&bytes)
        .map_err(|_| not_understood(http, "the document: it is not JSON"))?;
    Ok(wrapped(&told).unwrap_or(bytes))
}

/// The document that an answer carries as `content`, in base64 or as a text: no description says whether the answer is the
/// document or only has it.
fn wrapped(told: &Value) -> Option<Vec<u8>> {
    let text = told.get("content")?.as_str()?;
    let is_json = |bytes: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
    STANDARD
        .decode(text)
        .ok()
        .filter(|bytes| is_json(bytes))
        .or_else(|| is_json(text.as_bytes()).then(|| text.as_bytes().to_vec()))
}

/// The body that signs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sign<'a> {
    doc_id: &'a str,
    signature: String,
}

/// The answer of signing and deleting.
#[derive(Deserialize)]
struct Done {
    success: Flag,
}

impl Done {
    fn read(&self) -> Result<bool, CallError> {
        let said = self.success.0;
        said.ok_or_else(|| not_understood(200, "success: neither true nor false"))
    }
}

/// Signs a document.
pub(super) async fn sign(
    client: &Client,
    access: Access<'_>,
    document: &SuzDocumentId,
    signature: &str,
) -> Result<bool, CallError> {
    let oms_id = access.oms_id.to_wire();
    let query = [("omsId", oms_id.as_str())];
    let body = bytes_of(&Sign {
        doc_id: document.as_str(),
        signature: one_line(signature)?,
    })?;
    let path = ["documents", "sign"];
    let answer: Done = client
        .request(&Call {
            body: Some(&body),
            ..call(access, "documents/sign", &Method::POST, &path, &query)
        })
        .await?;
    answer.read()
}

/// Deletes a document.
pub(super) async fn delete(
    client: &Client,
    access: Access<'_>,
    document: &SuzDocumentId,
) -> Result<bool, CallError> {
    let oms_id = access.oms_id.to_wire();
    let query = [("omsId", oms_id.as_str()), ("docId", document.as_str())];
    let path = ["documents", "delete"];
    let answer: Done = client
        .request(&call(
            access,
            "documents/delete",
            &Method::DELETE,
            &path,
            &query,
        ))
        .await?;
    answer.read()
}
