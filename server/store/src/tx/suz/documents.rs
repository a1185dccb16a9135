//! Documents to sign. Bytes are kept as base64: what is signed need not be text.

use super::super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use desk::{
    ids::{DocumentId, OrganisationId},
    server::ports::{
        storage::StoreError,
        suz::{Content, Document, DocumentState, Door, Signature, SuzDocuments},
    },
    suz::{DocumentPurpose, TokenKind},
    time::Timestamp,
};
use sqlx::any::AnyRow;

fn document(row: &AnyRow) -> Result<Document, StoreError> {
    let cells = Cells::new(row, "suz_documents", "id");
    let bytes: Option<String> = cells.get("content")?;
    let content = bytes
        .map(|text| {
            let bytes = STANDARD
                .decode(text)
                .map_err(|why| StoreError::Inconsistent {
                    table: "suz_documents",
                    column: "content",
                    row: cells.get("id").unwrap_or_default(),
                    why: why.to_string(),
                })?;
            Ok::<_, StoreError>(Content {
                bytes,
                challenge: cells.get("challenge")?,
                at: cells.get("prepared_at")?,
            })
        })
        .transpose()?;
    let cms: Option<String> = cells.get("signature")?;
    let signature = cms
        .map(|cms| {
            Ok::<_, StoreError>(Signature {
                cms,
                certificate: cells.json_opt("certificate")?,
                by: cells.parsed_opt("signed_by")?,
                at: cells.get("signed_at")?,
            })
        })
        .transpose()?;
    Ok(Document {
        id: cells.parsed("id")?,
        connection: cells.parsed("connection_id")?,
        purpose: cells.parsed("purpose")?,
        subject: cells.get("subject")?,
        state: cells.parsed("state")?,
        content,
        signature,
        detail: cells.get("detail")?,
        asked_by: cells.parsed_opt("asked_by")?,
        asked_at: cells.get("asked_at")?,
        settled_at: cells.get("settled_at")?,
        trouble: cells.json_opt("trouble")?,
    })
}

#[async_trait]
impl SuzDocuments for Tx {
    async fn add_document(
        &mut self,
        organisation: OrganisationId,
        document: &Document,
    ) -> Result<bool, StoreError> {
        let added = self
            .run_unless_taken(
                sql("INSERT INTO suz_documents (organisation_id, id, connection_id, purpose, subject, state, detail,
                         asked_by, asked_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
                .bind(organisation)
                .bind(document.id)
                .bind(document.connection)
                .bind(document.purpose.as_str())
                .bind(&document.subject)
                .bind(document.state.as_str())
                .bind(&document.detail)
                .bind(document.asked_by)
                .bind(document.asked_at),
            )
            .await?;
        Ok(added > 0
            && self
                .move_document(organisation, document, document.state)
                .await?)
    }

    async fn document(
        &mut self,
        organisation: OrganisationId,
        id: DocumentId,
    ) -> Result<Option<Document>, StoreError> {
        let row = self
            .one(
                sql("SELECT d.id, d.connection_id, d.purpose, d.subject, d.state, d.content, d.challenge, d.prepared_at,
                         d.signature, d.certificate, d.detail, d.asked_by, d.asked_at, d.signed_by, d.signed_at,
                         d.settled_at, d.trouble
                     FROM suz_documents d
                     JOIN suz_connections c ON c.organisation_id = d.organisation_id AND c.id = d.connection_id
                     WHERE d.organisation_id = $1 AND d.id = $2 AND c.retired_at IS NULL")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        row.as_ref().map(document).transpose()
    }

    async fn waiting_documents(
        &mut self,
        organisation: OrganisationId,
        limit: u32,
    ) -> Result<Vec<Document>, StoreError> {
        let rows = self
            .all(
                sql("SELECT id, connection_id, purpose, subject, state, content, challenge, prepared_at, signature,
                         certificate, detail, asked_by, asked_at, signed_by, signed_at, settled_at, trouble
                     FROM suz_documents WHERE organisation_id = $1 AND state = 'waiting'
                     ORDER BY asked_at, id LIMIT $2")
                .bind(organisation)
                .bind(limit),
            )
            .await?;
        rows.iter().map(document).collect()
    }

    async fn move_document(
        &mut self,
        organisation: OrganisationId,
        document: &Document,
        from: DocumentState,
    ) -> Result<bool, StoreError> {
        let content = document.content.as_ref();
        let signature = document.signature.as_ref();
        let bytes = content.map(|content| STANDARD.encode(&content.bytes));
        let certificate = signature
            .and_then(|signature| signature.certificate.as_ref())
            .map(json)
            .transpose()?;
        let trouble = document.trouble.as_ref().map(json).transpose()?;
        let moved = self
            .run(
                sql("UPDATE suz_documents SET state = $4, content = $5, challenge = $6, prepared_at = $7, signature = $8,
                         certificate = $9, signed_by = $10, signed_at = $11, settled_at = $12, trouble = $13
                     WHERE organisation_id = $1 AND id = $2 AND state = $3")
                .bind(organisation)
                .bind(document.id)
                .bind(from.as_str())
                .bind(document.state.as_str())
                .bind(bytes.as_deref())
                .bind(content.and_then(|content| content.challenge.as_deref()))
                .bind(content.map(|content| content.at))
                .bind(signature.map(|signature| signature.cms.as_str()))
                .bind(certificate.as_deref())
                .bind(signature.and_then(|signature| signature.by))
                .bind(signature.map(|signature| signature.at))
                .bind(document.settled_at)
                .bind(trouble.as_deref()),
            )
            .await?;
        Ok(moved > 0)
    }

    async fn drop_login(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let purpose = match door.kind() {
            TokenKind::Client => DocumentPurpose::ClientLogin,
            TokenKind::TrueApi => DocumentPurpose::TrueApiLogin,
        };
        self.run(
            sql("UPDATE suz_documents SET state = 'dropped', settled_at = $4
                 WHERE organisation_id = $1 AND purpose = $2 AND subject = $3 AND state = 'waiting'")
            .bind(organisation)
            .bind(purpose.as_str())
            .bind(&door.holder())
            .bind(at),
        )
        .await?;
        Ok(())
    }
}
