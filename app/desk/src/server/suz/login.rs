//! Logging in where the key is on the server, and asking a person where it is not.

use super::{
    super::{
        Desk,
        ports::{
            call::CallError,
            signing::SigningError,
            suz::{Document, DocumentState, Door, KeptToken},
            suz_api::{FreshToken, SignedChallenge},
        },
    },
    doors::{Shut, login_call, not_signed},
    fault::{is_final, why},
    link::Link,
};
use crate::{
    ids::{DocumentId, UserId},
    legal_entity::{Inn, LegalEntity},
    suz::{Cause, Certificate, DocumentPurpose, SignatureKind, TokenKind, Why, cause::SuzCall},
};

/// How often a challenge that had grown old is replaced before the login is given up.
const CHALLENGES: u32 = 2;

/// Why a login failed.
pub(super) struct LoginFailure {
    pub(super) why: Why,
    /// Whether it is of no use to try again before somebody changes something.
    pub(super) stopped: bool,
}

/// For whom the owner of a certificate acts by a power of attorney: a natural person whose ИНН is not the legal entity's.
pub(super) fn on_behalf_of<'a>(
    certificate: Option<&Certificate>,
    entity: &'a LegalEntity,
) -> Option<&'a Inn> {
    let (certificate, ours) = (certificate?, entity.inn.as_ref()?);
    let theirs = certificate.inn.as_deref()?;
    (!certificate.company && theirs != ours.to_string()).then_some(ours)
}

/// What a login's document is for.
pub(super) const fn purpose(kind: TokenKind) -> DocumentPurpose {
    match kind {
        TokenKind::Client => DocumentPurpose::ClientLogin,
        TokenKind::TrueApi => DocumentPurpose::TrueApiLogin,
    }
}

impl Desk {
    /// Logs in under a claim with the key that this link has on the server.
    pub(super) async fn log_in(
        &self,
        link: &Link,
        door: Door,
        claim: &str,
    ) -> Result<KeptToken, Shut> {
        let certificate = self.certificate_here(link).await;
        match self.ask_for_token(link, door, certificate.as_ref()).await {
            Ok(fresh) => {
                self.keep(link, door, claim, fresh, certificate.as_ref())
                    .await
            }
            Err(failure) => Err(self
                .give_up(link, door, claim, failure.why, failure.stopped)
                .await?),
        }
    }

    async fn ask_for_token(
        &self,
        link: &Link,
        door: Door,
        certificate: Option<&Certificate>,
    ) -> Result<FreshToken, LoginFailure> {
        let mut tries = 0;
        loop {
            tries += 1;
            let challenge = self
                .outside
                .suz
                .api
                .challenge(link.connection.contour)
                .await
                .map_err(|error| self.login_failure(link, SuzCall::AuthKey, error))?;
            let signature = self
                .sign_here(link, SignatureKind::Attached, challenge.data.as_bytes())
                .await?;
            let signed = SignedChallenge {
                uuid: &challenge.uuid,
                signature: &signature,
                on_behalf_of: on_behalf_of(certificate, &link.entity),
            };
            match self.send_challenge(link, door, signed).await {
                Err(failure) if failure.why.cause == Cause::ChallengeOld && tries < CHALLENGES => {}
                end => return end,
            }
        }
    }

    /// The certificate that signs for this link on the server. Not being able to tell is no reason not to sign.
    pub(super) async fn certificate_here(&self, link: &Link) -> Option<Certificate> {
        let place = link.key_place()?;
        let found = self
            .outside
            .suz
            .signers
            .certificate(link.signatory(place), self.now())
            .await;
        found
            .inspect_err(|error| tracing::warn!(%error, "a certificate could not be read"))
            .ok()
            .flatten()
    }

    /// Hands a signed challenge in. Attempted once.
    pub(super) async fn send_challenge(
        &self,
        link: &Link,
        door: Door,
        signed: SignedChallenge<'_>,
    ) -> Result<FreshToken, LoginFailure> {
        let (api, contour) = (&self.outside.suz.api, link.connection.contour);
        let answer = match door {
            Door::TrueApi(_) => api.sign_in(contour, signed).await,
            Door::Suz(device) => match link.device(device) {
                Some(device) => api.sign_in_device(contour, &device.their_id, signed).await,
                None => Err(CallError::Argument("the device is gone".into())),
            },
        };
        answer.map_err(|error| self.login_failure(link, login_call(door.kind()), error))
    }

    /// Signs with the key that this link has on the server.
    pub(super) async fn sign_here(
        &self,
        link: &Link,
        kind: SignatureKind,
        bytes: &[u8],
    ) -> Result<String, LoginFailure> {
        let now = self.now();
        let place = link.key_place().ok_or(SigningError::NotBound);
        let signed = match place {
            Ok(place) => {
                self.outside
                    .suz
                    .signers
                    .sign(link.signatory(place), kind, bytes, now)
                    .await
            }
            Err(error) => Err(error),
        };
        // A token in a USB port locks itself after some wrong PINs: what failed is not tried again by itself.
        signed.map_err(|error| LoginFailure {
            why: not_signed(&error, link, now),
            stopped: !matches!(error, SigningError::TimedOut { .. }),
        })
    }

    fn login_failure(&self, link: &Link, call: SuzCall, error: CallError) -> LoginFailure {
        let stopped = is_final(&error);
        let why = why(link, call, error, self.now());
        LoginFailure {
            stopped: stopped && why.cause != Cause::ChallengeOld,
            why,
        }
    }

    /// Puts a login into the queue of what people are to sign, unless it stands there.
    pub(in crate::server) async fn want_signature(
        &self,
        link: &Link,
        door: Door,
        asked_by: Option<UserId>,
    ) -> Result<(), Shut> {
        let now = self.now();
        let document = Document {
            id: self.id(DocumentId::from_parts)?,
            connection: link.id(),
            purpose: purpose(door.kind()),
            subject: door.holder(),
            state: DocumentState::Waiting,
            content: None,
            signature: None,
            detail: String::new(),
            asked_by,
            asked_at: now,
            settled_at: None,
            trouble: None,
        };
        let mut tx = self.write().await?;
        tx.lock_suz_token(link.organisation, link.id(), door)
            .await?;
        let lives = tx
            .suz_token(link.organisation, door)
            .await?
            .and_then(|row| row.token)
            .is_some_and(|token| token.ends_at > now);
        if !lives {
            tx.wait_for_signature(link.organisation, door, now).await?;
        }
        let added = tx.add_document(link.organisation, &document).await?;
        tx.commit().await?;
        if added {
            self.suz_changed(link);
        }
        Ok(())
    }
}
