//! The form of a new connection, and how it is answered to a page without scripts.

use desk::suz::{Contour, SigningWay};
use serde::{Deserialize, Serialize};

/// The form of a new connection, as a page posts it.
#[derive(Clone, Serialize, Deserialize)]
pub struct ConnectForm {
    /// The id of a legal entity, or nothing for a new one.
    #[serde(default)]
    pub legal_entity: String,
    /// Name of a new legal entity.
    #[serde(default)]
    pub legal_name: String,
    /// Its ИНН.
    #[serde(default)]
    pub inn: String,
    /// Its КПП.
    #[serde(default)]
    pub kpp: String,
    /// In which contour.
    pub contour: Contour,
    /// How it will sign.
    pub way: SigningWay,
    /// Pasted.
    #[serde(default)]
    pub oms_id: String,
    /// Pasted.
    #[serde(default)]
    pub connection: String,
    /// Pasted.
    #[serde(default)]
    pub edo_id: String,
    /// Name of the first device.
    #[serde(default)]
    pub device_name: String,
}

/// Without what was pasted.
impl std::fmt::Debug for ConnectForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectForm")
            .field("legal_entity", &self.legal_entity)
            .field("contour", &self.contour)
            .field("way", &self.way)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "ssr")]
pub(super) use here::{connect, told, without_script, wrong};

#[cfg(feature = "ssr")]
mod here {
    use super::ConnectForm;
    use crate::{
        failure::{Failure, Told},
        texts::{self, suz},
    };
    use cis::Lang;
    use desk::{
        account::Actor,
        ids::LegalEntityId,
        problem::Problem,
        server::{Desk, connections::OwnerForm},
        suz::{
            paste::{KnownIds, Mistake, PastedIds, Place, Read, ReadIds, read_ids},
            view::{ConnectAnswer, ConnectSuz, PasteAnswer},
        },
    };
    use http::{header::ACCEPT, request::Parts};
    use leptos::prelude::use_context;

    /// Connects. What is wrong whoever the legal entity may be is said before one is made.
    pub(in crate::suz::api) async fn connect(
        desk: &Desk,
        actor: &Actor,
        form: ConnectForm,
    ) -> Result<ConnectAnswer, Problem> {
        let ids = PastedIds {
            oms_id: form.oms_id.clone(),
            connection: form.connection.clone(),
            edo_id: form.edo_id.clone(),
        };
        let known = KnownIds::default();
        let place = Place {
            contour: form.contour,
            legal_entity: None,
            known: &known,
        };
        let read = read_ids(&ids, &place);
        if !read.usable() {
            return Ok(ConnectAnswer::Wrong(read));
        }
        let legal_entity = entity(desk, actor, &form).await?;
        let device_name = if form.device_name.trim().is_empty() {
            suz::device_name_default(texts::lang()).to_owned()
        } else {
            form.device_name
        };
        let form = ConnectSuz {
            legal_entity,
            contour: form.contour,
            ids,
            device_name,
            way: form.way,
        };
        desk.connect_suz(actor, form).await
    }

    /// The chosen legal entity, the one that has this ИНН already, or a new one.
    async fn entity(
        desk: &Desk,
        actor: &Actor,
        form: &ConnectForm,
    ) -> Result<LegalEntityId, Problem> {
        if let Ok(id) = form.legal_entity.parse() {
            return Ok(id);
        }
        let inn = form.inn.trim();
        let choice = desk.suz(actor).await?.choice;
        let same = choice.legal_entities.iter().find(|entity| {
            entity
                .inn
                .as_ref()
                .is_some_and(|one| one.to_string() == inn)
        });
        if let Some(entity) = same {
            return Ok(entity.id);
        }
        let owner = OwnerForm {
            name: form.legal_name.clone(),
            inn: form.inn.clone(),
            kpp: form.kpp.clone(),
        };
        desk.add_legal_entity(actor, &owner).await
    }

    /// Whether the answer goes to a page without scripts, which sees nothing but a failure.
    pub(in crate::suz::api) fn without_script() -> bool {
        use_context::<Parts>().is_some_and(|request| {
            request
                .headers
                .get(ACCEPT)
                .and_then(|accept| accept.to_str().ok())
                .is_some_and(|accept| accept.contains("text/html"))
        })
    }

    /// What is wrong in the fields: as it is for a script, in sentences for a page without one.
    pub(in crate::suz::api) fn wrong(ids: ReadIds) -> Result<ReadIds, Failure> {
        if without_script() {
            let sentence = sentences(&ids, texts::lang());
            Err(Failure::Told(Told {
                sentence,
                words: None,
                way_out: None,
                again: false,
            }))
        } else {
            Ok(ids)
        }
    }

    /// The same for a field of a connection that exists.
    pub(in crate::suz::api) fn told(answer: PasteAnswer) -> Result<PasteAnswer, Failure> {
        match answer {
            PasteAnswer::Done => Ok(PasteAnswer::Done),
            PasteAnswer::Wrong(ids) => wrong(ids).map(PasteAnswer::Wrong),
        }
    }

    fn sentences(ids: &ReadIds, lang: Lang) -> String {
        let of = |label: &str, mistake: &Mistake| {
            format!("{label}: {}", suz::paste::mistake(mistake, lang))
        };
        let told = [
            refusal(&ids.oms_id, true).map(|one| of(suz::oms_id(lang), one)),
            refusal(&ids.connection, false).map(|one| of(suz::connection_id(lang), one)),
            refusal(&ids.edo_id, true).map(|one| of(suz::edo_id(lang), one)),
        ];
        told.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn refusal<T>(read: &Read<T>, optional: bool) -> Option<&Mistake> {
        match &read.value {
            Ok(_) => None,
            Err(Mistake::Empty) if optional => None,
            Err(mistake) => Some(mistake),
        }
    }
}
