//! The queue of documents that wait for a person's signature, and what becomes of a signature.
//!
//! A challenge grows old within minutes, so what waits for a login is the need of it alone; its bytes are fetched when a
//! person is about to sign. Whatever is signed is kept: the exact bytes, the signature over them, and these bytes are
//! sent.

use super::{
    super::{
        Desk,
        ports::{
            storage::Transaction,
            suz::{Content, Document, DocumentState, Door, Signature},
            suz_api::SignedChallenge,
        },
        when::when,
    },
    doors::{Shut, note_certificate},
    emission::signed::order_to_sign,
    fault::why,
    link::Link,
    login::on_behalf_of,
    permit,
};
use crate::{
    account::{Actor, Permission},
    ids::{DocumentId, SuzConnectionId},
    journal::Action,
    problem::Problem,
    suz::{
        Cause, Certificate, DocumentPurpose, Why,
        cause::SuzCall,
        document::{Prepared, SignatureOutcome, Signed, SigningQueue, ToSign, WaitingDocument},
        token::NOTICE_MILLIS,
    },
    time::Timestamp,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Documents shown and signed in one go.
pub(super) const MOST_DOCUMENTS: u32 = 100;
/// How long a fetched challenge is offered again instead of a new one, in milliseconds.
const CHALLENGE_LIFE: i64 = 60_000;

/// What became of a signed document.
pub(super) enum End {
    /// They took it.
    Done,
    /// They did not.
    Refused(Why),
    /// Nobody knows.
    Unknown(Why),
    /// A job sends it: the order that it belongs to tells what becomes of it.
    Queued,
}

impl Desk {
    /// What waits for a signature in the organisation, or of one link.
    pub async fn signing_queue(
        &self,
        actor: &Actor,
        connection: Option<SuzConnectionId>,
    ) -> Result<SigningQueue, Problem> {
        permit(actor, Permission::ReadSuz)?;
        let mut tx = self.read().await?;
        let mut documents = Vec::new();
        for (document, mut shown) in shown(&mut *tx, actor, self.now()).await? {
            if connection.is_none_or(|only| document.connection == only) {
                shown.order = order_to_sign(&mut *tx, actor.organisation, &document).await?;
                documents.push(shown);
            }
        }
        Ok(SigningQueue {
            documents,
            may_sign: actor.role.may(Permission::ManageSuz),
        })
    }

    /// The bytes of documents that somebody is about to sign; challenges are fetched now.
    pub async fn prepare_signing(
        &self,
        actor: &Actor,
        documents: Vec<DocumentId>,
    ) -> Result<Vec<Prepared>, Problem> {
        permit(actor, Permission::ManageSuz)?;
        few(documents.len())?;
        let mut prepared = Vec::new();
        for id in documents {
            let (document, link) = self.waiting_document(actor, id).await?;
            let bytes = match self.content_of(&link, document).await? {
                Ok((document, content)) => Ok(ToSign {
                    id,
                    base64: STANDARD.encode(&content.bytes),
                    kind: document.purpose.kind(),
                }),
                Err(why) => Err(why),
            };
            prepared.push(Prepared { id, bytes });
        }
        Ok(prepared)
    }

    /// Takes signatures that a page made, and does with each what it was asked for. One that is refused leaves the
    /// others alone.
    pub async fn take_signatures(
        &self,
        actor: &Actor,
        signed: Vec<Signed>,
    ) -> Result<Vec<SignatureOutcome>, Problem> {
        permit(actor, Permission::ManageSuz)?;
        few(signed.len())?;
        let mut outcomes = Vec::new();
        for one in signed {
            let id = one.id;
            let trouble = self.take_signature(actor, one).await?;
            outcomes.push(SignatureOutcome { id, trouble });
        }
        Ok(outcomes)
    }

    /// Takes a document out of the queue that nobody wants any more. A login that work waits for comes back by itself.
    pub async fn drop_document(
        &self,
        actor: &Actor,
        id: DocumentId,
    ) -> Result<SigningQueue, Problem> {
        permit(actor, Permission::ManageSuz)?;
        let (mut document, link) = self.waiting_document(actor, id).await?;
        document.state = DocumentState::Dropped;
        document.settled_at = Some(self.now());
        let mut tx = self.write().await?;
        if !tx
            .move_document(actor.organisation, &document, DocumentState::Waiting)
            .await?
        {
            // It was signed a moment ago.
            return Err(Problem::NotFound);
        }
        self.emission_unsigned(&mut *tx, &link, &document).await?;
        tx.commit().await?;
        self.suz_changed(&link);
        self.signing_queue(actor, None).await
    }

    async fn waiting_document(
        &self,
        actor: &Actor,
        id: DocumentId,
    ) -> Result<(Document, Link), Problem> {
        let mut tx = self.read().await?;
        let document = tx
            .document(actor.organisation, id)
            .await?
            .filter(|document| document.state == DocumentState::Waiting)
            .ok_or(Problem::NotFound)?;
        let link = Link::read(&mut *tx, actor.organisation, document.connection)
            .await?
            .ok_or(Problem::NotFound)?;
        Ok((document, link))
    }

    /// A document's bytes: those that it has, or a challenge fetched now.
    async fn content_of(
        &self,
        link: &Link,
        mut document: Document,
    ) -> Result<Result<(Document, Content), Why>, Problem> {
        let now = self.now();
        let fresh = |content: &Content| {
            !document.purpose.is_challenge() || now.millis_since(content.at) < CHALLENGE_LIFE
        };
        if let Some(content) = document.content.clone().filter(fresh) {
            return Ok(Ok((document, content)));
        }
        if link.connection.accepted.is_none() {
            return Ok(Err(Why::of(Cause::StaticTokensEnded)));
        }
        let challenge = match self
            .outside
            .suz
            .api
            .challenge(link.connection.contour)
            .await
        {
            Ok(challenge) => challenge,
            Err(error) => return Ok(Err(why(link, SuzCall::AuthKey, error, now))),
        };
        let content = Content {
            bytes: challenge.data.into_bytes(),
            challenge: Some(challenge.uuid),
            at: now,
        };
        document.content = Some(content.clone());
        let mut tx = self.write().await?;
        if !tx
            .move_document(link.organisation, &document, DocumentState::Waiting)
            .await?
        {
            return Err(Problem::NotFound);
        }
        tx.commit().await?;
        Ok(Ok((document, content)))
    }

    /// Keeps a signature, then hands it in; why it came to nothing, if it did.
    async fn take_signature(&self, actor: &Actor, signed: Signed) -> Result<Option<Why>, Problem> {
        let (mut document, link) = self.waiting_document(actor, signed.id).await?;
        let Some(content) = document.content.clone() else {
            return Ok(Some(Why::of(Cause::ChallengeOld)));
        };
        // Keepers of keys wrap base64; the servers want one line.
        let cms: String = signed
            .signature
            .chars()
            .filter(|c| !c.is_ascii_whitespace())
            .collect();
        let kind = document.purpose.kind();
        let certificate = match self.outside.suz.signers.read(kind, &content.bytes, &cms) {
            Ok(certificate) => certificate,
            Err(error) => {
                let mut why = Why::of(Cause::SignatureRefused);
                why.trouble = Some(error.to_string());
                return Ok(Some(why));
            }
        };
        document.signature = Some(Signature {
            cms,
            certificate: Some(certificate.clone()),
            by: Some(actor.user),
            at: self.now(),
        });
        document.state = DocumentState::Signed;
        let mut tx = self.write().await?;
        if !tx
            .move_document(actor.organisation, &document, DocumentState::Waiting)
            .await?
        {
            return Err(Problem::NotFound);
        }
        note_certificate(&mut *tx, &link, &certificate).await?;
        self.emission_signed(&mut *tx, &link, &document).await?;
        let detail = format!("{}: {}", document.purpose.as_str(), certificate.owner);
        self.note_suz(&mut *tx, actor, &link, Action::SuzSigned, detail)
            .await?;
        tx.commit().await?;
        self.hand_in(&link, document, &certificate).await
    }

    /// Does with a signed document what it was asked for.
    async fn hand_in(
        &self,
        link: &Link,
        document: Document,
        certificate: &Certificate,
    ) -> Result<Option<Why>, Problem> {
        let end = match document.purpose {
            DocumentPurpose::ClientLogin | DocumentPurpose::TrueApiLogin => {
                self.hand_in_login(link, &document, certificate).await?
            }
            DocumentPurpose::RegisterDevice => self.hand_in_device(link, &document).await?,
            DocumentPurpose::Order | DocumentPurpose::CloseOrder => End::Queued,
            DocumentPurpose::StuckOrder => self.hand_in_stuck(link, &document).await?,
        };
        self.settle_document(link, document, end).await
    }

    /// Writes down what became of a signed document; why it came to nothing, if it did. A login that came to nothing is
    /// wanted still: it stands in the queue anew, for its challenge is used up.
    pub(super) async fn settle_document(
        &self,
        link: &Link,
        mut document: Document,
        end: End,
    ) -> Result<Option<Why>, Problem> {
        let (state, trouble) = match end {
            End::Done => (DocumentState::Done, None),
            End::Refused(why) => (DocumentState::Refused, Some(why)),
            End::Unknown(why) => (DocumentState::Signed, Some(why)),
            End::Queued => (DocumentState::Signed, None),
        };
        document.state = state;
        document.settled_at = (state != DocumentState::Signed).then_some(self.now());
        document.trouble = trouble.clone();
        let mut tx = self.write().await?;
        tx.move_document(link.organisation, &document, DocumentState::Signed)
            .await?;
        tx.commit().await?;
        if trouble.is_some()
            && let Some(door) = door_of(&document)
        {
            let wanted = self.want_signature(link, door, document.asked_by).await;
            if let Err(Shut::Problem(problem)) = wanted {
                return Err(problem);
            }
        }
        self.suz_changed(link);
        Ok(trouble)
    }

    async fn hand_in_login(
        &self,
        link: &Link,
        document: &Document,
        certificate: &Certificate,
    ) -> Result<End, Problem> {
        let (Some(door), Some(content), Some(signature)) =
            (door_of(document), &document.content, &document.signature)
        else {
            return Ok(End::Refused(Why::of(Cause::Other)));
        };
        let Some(uuid) = &content.challenge else {
            return Ok(End::Refused(Why::of(Cause::ChallengeOld)));
        };
        self.let_login_again(link, door).await?;
        let claim = match self.claim(link, door, NOTICE_MILLIS).await {
            Ok(Some(claim)) => claim,
            // Somebody else signed a moment ago: there is a token, or there will be.
            Ok(None) => return Ok(End::Done),
            Err(Shut::Problem(problem)) => return Err(problem),
            Err(_) => return Ok(End::Refused(Why::of(Cause::Other))),
        };
        let challenge = SignedChallenge {
            uuid,
            signature: &signature.cms,
            on_behalf_of: on_behalf_of(Some(certificate), &link.entity),
        };
        match self.send_challenge(link, door, challenge).await {
            Ok(fresh) => match self.keep(link, door, &claim, fresh, None).await {
                Ok(_) => Ok(End::Done),
                Err(Shut::Problem(problem)) => Err(problem),
                Err(_) => Ok(End::Refused(Why::of(Cause::SuzSlowInside))),
            },
            // A person sees at once why, and may sign again: nothing is stopped.
            Err(failure) => {
                self.give_up(link, door, &claim, failure.why.clone(), false)
                    .await?;
                // A check that waits for this login says why it failed; other work looks and waits on.
                let mut tx = self.write().await?;
                self.release_waiters(&mut *tx, link, self.now()).await?;
                tx.commit().await?;
                Ok(End::Refused(failure.why))
            }
        }
    }

    /// Lets a login be tried that was stopped: somebody is here and signs it. What was said of the link's other door a
    /// moment ago stays said.
    async fn let_login_again(&self, link: &Link, door: Door) -> Result<(), Problem> {
        let mut tx = self.write().await?;
        tx.let_suz_login(link.organisation, link.id(), Some(door))
            .await?;
        Ok(tx.commit().await?)
    }
}

/// The door that a login's document is for.
fn door_of(document: &Document) -> Option<Door> {
    match document.purpose {
        DocumentPurpose::ClientLogin => document.subject.parse().ok().map(Door::Suz),
        DocumentPurpose::TrueApiLogin => document.subject.parse().ok().map(Door::TrueApi),
        DocumentPurpose::RegisterDevice
        | DocumentPurpose::Order
        | DocumentPurpose::CloseOrder
        | DocumentPurpose::StuckOrder => None,
    }
}

fn few(documents: usize) -> Result<(), Problem> {
    if documents > MOST_DOCUMENTS as usize {
        return Err(Problem::TooMuch {
            most: MOST_DOCUMENTS,
        });
    }
    Ok(())
}

/// The queue as pages show it, without what its orders are about.
pub(super) async fn waiting(
    tx: &mut dyn Transaction,
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<WaitingDocument>, Problem> {
    let documents = shown(tx, actor, now).await?;
    Ok(documents.into_iter().map(|(_, shown)| shown).collect())
}

/// What waits, each document beside what is shown of it.
async fn shown(
    tx: &mut dyn Transaction,
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<(Document, WaitingDocument)>, Problem> {
    let documents = tx
        .waiting_documents(actor.organisation, MOST_DOCUMENTS)
        .await?;
    if documents.is_empty() {
        return Ok(Vec::new());
    }
    let connections = tx.suz_connections(actor.organisation).await?;
    let entities = tx.legal_entities(actor.organisation).await?;
    let mut shown = Vec::new();
    for document in documents {
        let Some(connection) = connections.iter().find(|one| one.id == document.connection) else {
            continue;
        };
        let entity = entities
            .iter()
            .find(|one| one.id == connection.legal_entity);
        let until = match door_of(&document) {
            Some(door) => tx
                .suz_token(actor.organisation, door)
                .await?
                .and_then(|row| row.token)
                .map(|token| token.ends_at)
                .filter(|ends| *ends > now),
            None => None,
        };
        let waiting = WaitingDocument {
            id: document.id,
            connection: document.connection,
            legal_entity: entity.map_or_else(String::new, |entity| entity.name.clone()),
            inn: entity.and_then(|entity| entity.inn.as_ref().map(ToString::to_string)),
            contour: connection.contour,
            purpose: document.purpose,
            since: when(document.asked_at, now, true),
            until: until.map(|ends| when(ends, now, true)),
            order: None,
        };
        shown.push((document, waiting));
    }
    Ok(shown)
}

/// How many documents work waits for just now; those that may be signed ahead are not counted.
pub(in crate::server) async fn count_waiting(
    tx: &mut dyn Transaction,
    actor: &Actor,
    now: Timestamp,
) -> Result<u32, Problem> {
    let documents = waiting(tx, actor, now).await?;
    let over = documents
        .iter()
        .filter(|document| document.until.is_none())
        .count();
    Ok(u32::try_from(over).unwrap_or(u32::MAX))
}
