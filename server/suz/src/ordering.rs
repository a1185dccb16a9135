//! Orders of codes: СУЗ API v3 as a station that gives out codes.

mod buffers;
mod codes;
mod documents;
mod orders;
mod search;

use crate::{
    Suz,
    call::{Account, Call, Pass},
};
use async_trait::async_trait;
use cis::Gtin;
use desk::{
    server::ports::{
        call::CallError,
        code_ordering::{
            Access, BlockInfo, BufferInfo, CodeOrdering, CodeSink, CodesError, Correlation,
            Created, Given, Manner, NextCodes, OrderFilter, OrderPage, OrderRequest, SameCodes,
            StuckPage,
        },
    },
    suz::{
        Service,
        emission::{StuckKind, SuzDocumentId, SuzOrderId},
    },
};
use http::Method;

/// The longest `productionOrderId`, in characters (edition 62, table 8).
const LONGEST_KEY: usize = 256;

/// The most codes that one call hands out (edition 62, 3.1).
const MOST_CODES: u32 = 150_000;

#[async_trait]
impl CodeOrdering for Suz {
    fn manner(&self) -> Manner {
        Manner {
            correlation: Correlation::OurKey,
            signs_closing: true,
            most_codes: MOST_CODES,
        }
    }

    fn order_body(&self, order: &OrderRequest<'_>) -> Result<Vec<u8>, CallError> {
        orders::body(order)
    }

    async fn create(
        &self,
        access: Access<'_>,
        body: &[u8],
        signature: &str,
    ) -> Result<Created, CallError> {
        orders::create(&self.client, access, body, signature).await
    }

    async fn status(
        &self,
        access: Access<'_>,
        order: &SuzOrderId,
        gtin: Option<Gtin>,
    ) -> Result<Vec<BufferInfo>, CallError> {
        buffers::status(&self.client, access, order, gtin).await
    }

    async fn search(
        &self,
        access: Access<'_>,
        filter: OrderFilter<'_>,
        limit: u32,
        page: u32,
    ) -> Result<OrderPage, CallError> {
        search::search(&self.client, access, filter, limit, page).await
    }

    async fn codes(
        &self,
        access: Access<'_>,
        next: NextCodes<'_>,
        sink: &mut dyn CodeSink,
    ) -> Result<Given, CodesError> {
        codes::codes(&self.client, access, next, sink).await
    }

    async fn blocks(
        &self,
        access: Access<'_>,
        order: &SuzOrderId,
        gtin: Gtin,
    ) -> Result<Vec<BlockInfo>, CallError> {
        buffers::blocks(&self.client, access, order, gtin).await
    }

    async fn retry(
        &self,
        access: Access<'_>,
        same: SameCodes<'_>,
        sink: &mut dyn CodeSink,
    ) -> Result<Given, CodesError> {
        codes::retry(&self.client, access, same.block, sink).await
    }

    fn close_body(&self, order: &SuzOrderId, gtin: Option<Gtin>) -> Result<Vec<u8>, CallError> {
        orders::close_body(order, gtin)
    }

    async fn close(
        &self,
        access: Access<'_>,
        body: &[u8],
        signature: Option<&str>,
    ) -> Result<(), CallError> {
        orders::close(&self.client, access, body, signature).await
    }

    async fn unsigned_documents(
        &self,
        access: Access<'_>,
        kind: StuckKind,
        limit: u32,
        skip: u32,
    ) -> Result<StuckPage, CallError> {
        documents::search(&self.client, access, &kind, limit, skip).await
    }

    async fn document_content(
        &self,
        access: Access<'_>,
        document: &SuzDocumentId,
    ) -> Result<Vec<u8>, CallError> {
        documents::content(&self.client, access, document).await
    }

    async fn sign_document(
        &self,
        access: Access<'_>,
        document: &SuzDocumentId,
        signature: &str,
    ) -> Result<bool, CallError> {
        documents::sign(&self.client, access, document, signature).await
    }

    async fn delete_document(
        &self,
        access: Access<'_>,
        document: &SuzDocumentId,
    ) -> Result<bool, CallError> {
        documents::delete(&self.client, access, document).await
    }
}

/// A call of a company's station; `omsId` stands in the query already.
fn call<'a>(
    access: Access<'a>,
    name: &'static str,
    method: &'a Method,
    path: &'a [&'a str],
    query: &'a [(&'a str, &'a str)],
) -> Call<'a> {
    Call {
        name,
        contour: access.contour,
        service: Service::Suz,
        method,
        path,
        query,
        pass: Pass::Client(access.token),
        body: None,
        signature: None,
        account: Account::Company(access.oms_id),
    }
}

/// Bytes that are sent as they are.
fn bytes_of(body: &impl serde::Serialize) -> Result<Vec<u8>, CallError> {
    serde_json::to_vec(body).map_err(|error| CallError::Argument(error.to_string()))
}
