//! Signing everything that waits: bytes from the server, signatures of the plug-in, signatures to the server.

use super::super::{
    api::{prepare_signing, take_signatures},
    signer::{self, SignerFailure},
};
use desk::{
    ids::DocumentId,
    suz::{
        Certificate, Why,
        document::{Signed, ToSign, WaitingDocument},
    },
};
use leptos::{prelude::*, task::spawn_local};

/// What becomes of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is being signed.
    Busy,
    /// The servers took the signature.
    Done,
    /// They did not, or gave nothing to sign.
    Refused(Why),
    /// The plug-in made no signature.
    Failed(SignerFailure),
}

/// The signing of a page.
#[derive(Clone, Copy)]
pub(super) struct Run {
    states: RwSignal<Vec<(DocumentId, State)>>,
    /// What was signed last.
    begun: RwSignal<Vec<WaitingDocument>>,
    certificates: RwSignal<Option<Vec<Certificate>>>,
    /// Certificate by the legal entity's ИНН.
    chosen: RwSignal<Vec<(String, Certificate)>>,
    trouble: RwSignal<Option<SignerFailure>>,
    busy: RwSignal<bool>,
    ended: Callback<()>,
}

impl Run {
    /// Nothing is signed yet; `ended` is called after every signing.
    pub(super) fn new(ended: Callback<()>) -> Self {
        Self {
            states: RwSignal::new(Vec::new()),
            begun: RwSignal::new(Vec::new()),
            certificates: RwSignal::new(None),
            chosen: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
            ended,
        }
    }

    /// Whether something is under way.
    pub(super) fn busy(self) -> bool {
        self.busy.get()
    }

    /// Why no certificates could be listed.
    pub(super) fn trouble(self) -> Option<SignerFailure> {
        self.trouble.get()
    }

    /// Whether certificates were listed.
    pub(super) fn listed(self) -> bool {
        self.certificates.with(Option::is_some)
    }

    /// The certificates there are.
    pub(super) fn certificates(self) -> Vec<Certificate> {
        self.certificates.get().unwrap_or_default()
    }

    /// Whether everything that was begun is signed.
    pub(super) fn all_done(self) -> bool {
        self.states.with(|states| {
            !states.is_empty() && states.iter().all(|(_, state)| *state == State::Done)
        })
    }

    /// What becomes of a document.
    pub(super) fn state(self, id: DocumentId) -> Option<State> {
        self.states.with(|states| {
            states
                .iter()
                .find(|(one, _)| *one == id)
                .map(|(_, state)| state.clone())
        })
    }

    /// What was refused and is no more in the queue: a failed login asks for a new signature by a new document.
    pub(super) fn refused(self, waiting: &[WaitingDocument]) -> Vec<(WaitingDocument, Why)> {
        self.begun
            .get()
            .into_iter()
            .filter(|one| waiting.iter().all(|other| other.id != one.id))
            .filter_map(|one| match self.state(one.id) {
                Some(State::Refused(why)) => Some((one, why)),
                _ => None,
            })
            .collect()
    }

    fn set(self, id: DocumentId, state: State) {
        self.states.update(|states| {
            states.retain(|(one, _)| *one != id);
            states.push((id, state));
        });
    }

    /// The certificate for a legal entity: the chosen one, else one with its ИНН.
    pub(super) fn certificate(self, inn: &str) -> Option<Certificate> {
        let chosen = self.chosen.with(|chosen| {
            chosen
                .iter()
                .find(|(of, _)| of == inn)
                .map(|(_, certificate)| certificate.clone())
        });
        chosen.or_else(|| {
            self.certificates()
                .into_iter()
                .find(|one| !inn.is_empty() && one.inn.as_deref() == Some(inn))
        })
    }

    /// Whether every document has a certificate.
    pub(super) fn chosen(self, documents: &[WaitingDocument]) -> bool {
        documents
            .iter()
            .all(|document| self.certificate(owner(document)).is_some())
    }

    /// Chooses a certificate for a legal entity by its thumbprint.
    pub(super) fn choose(self, inn: String, thumbprint: &str) {
        let found = self
            .certificates()
            .into_iter()
            .find(|one| one.thumbprint == thumbprint);
        self.chosen.update(|chosen| {
            chosen.retain(|(of, _)| *of != inn);
            chosen.extend(found.map(|certificate| (inn, certificate)));
        });
    }

    /// Asks the plug-in for its certificates.
    pub(super) fn list(self) {
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            match signer::certificates().await {
                Ok(certificates) => self.certificates.set(Some(certificates)),
                Err(failure) => self.trouble.set(Some(failure)),
            }
            self.busy.set(false);
        });
    }

    /// Signs everything, one after the other: challenges grow old, so each is posted as soon as it is signed.
    pub(super) fn sign(self, documents: Vec<WaitingDocument>) {
        self.busy.set(true);
        self.states.set(Vec::new());
        self.begun.set(documents.clone());
        for document in &documents {
            self.set(document.id, State::Busy);
        }
        spawn_local(async move {
            for document in documents {
                let state = self.one(&document).await;
                self.set(document.id, state);
            }
            self.busy.set(false);
            self.ended.run(());
        });
    }

    async fn one(self, document: &WaitingDocument) -> State {
        let Some(certificate) = self.certificate(owner(document)) else {
            return State::Failed(SignerFailure::no_certificate());
        };
        let prepared = match prepare_signing(vec![document.id]).await {
            Ok(prepared) => prepared.into_iter().next().map(|one| one.bytes),
            Err(failure) => return State::Failed(SignerFailure::call(&failure)),
        };
        match prepared {
            Some(Ok(bytes)) => self.signed(bytes, certificate).await,
            Some(Err(why)) => State::Refused(why),
            // Somebody else signed it meanwhile.
            None => State::Done,
        }
    }

    async fn signed(self, bytes: ToSign, certificate: Certificate) -> State {
        let id = bytes.id;
        let signature = match signer::sign(&certificate.thumbprint, &bytes).await {
            Ok(signature) => signature,
            Err(failure) => return State::Failed(failure),
        };
        let signed = Signed {
            id,
            signature,
            certificate,
        };
        match take_signatures(vec![signed]).await {
            Ok(outcomes) => match outcomes.into_iter().find_map(|one| one.trouble) {
                None => State::Done,
                Some(why) => State::Refused(why),
            },
            Err(failure) => State::Failed(SignerFailure::call(&failure)),
        }
    }
}

/// By what a document's certificate is chosen.
fn owner(document: &WaitingDocument) -> &str {
    document.inn.as_deref().unwrap_or_default()
}
