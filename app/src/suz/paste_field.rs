//! A field for a pasted id: what was cleaned and what was confused is said at once, in the browser and by the server.

use crate::texts::{self, suz};
use cis::Lang;
use desk::suz::{
    ConnectionId, Contour, OmsId,
    paste::{Cleaning, KnownIds, Mistake, PastedIds, Place, Read, ReadIds, read_ids},
};
use leptos::{html, prelude::*};

/// One of the three fields.
#[derive(Clone, Copy)]
pub(super) struct Pasted {
    /// What stands in it.
    text: RwSignal<String>,
    /// Nobody is typing in it just now.
    settled: RwSignal<bool>,
    node: NodeRef<html::Input>,
}

impl Pasted {
    fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            settled: RwSignal::new(false),
            node: NodeRef::new(),
        }
    }

    /// Puts another text into the field.
    fn put(self, text: &str) {
        if let Some(node) = self.node.get_untracked() {
            node.set_value(text);
        }
        self.text.set(text.to_owned());
        self.settled.set(true);
    }
}

/// What a field came to, whatever its type.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    mistake: Option<Mistake>,
    cleanings: Vec<Cleaning>,
    kept: Option<String>,
}

fn finding<T>(read: &Read<T>, kept: impl Fn(&T) -> String) -> Finding {
    Finding {
        mistake: read.value.as_ref().err().cloned(),
        cleanings: read.cleanings.clone(),
        kept: read.value.as_ref().ok().map(kept),
    }
}

/// The fields of a form, read together; a form may show only some of them.
#[derive(Clone, Copy)]
pub(super) struct PasteForm {
    oms_id: Pasted,
    connection: Pasted,
    edo_id: Pasted,
    /// What the server found, until somebody changes a field.
    told: RwSignal<Option<ReadIds>>,
    read: Memo<ReadIds>,
}

impl PasteForm {
    /// Empty fields.
    pub(super) fn new() -> Self {
        let fields = [Pasted::new(), Pasted::new(), Pasted::new()];
        let [oms_id, connection, edo_id] = fields;
        let told = RwSignal::new(None::<ReadIds>);
        Effect::new(move |before: Option<()>| {
            for field in fields {
                field.text.track();
            }
            if before.is_some() {
                told.set(None);
            }
        });
        let read = Memo::new(move |_| {
            told.get().unwrap_or_else(|| {
                let pasted = PastedIds {
                    oms_id: oms_id.text.get(),
                    connection: connection.text.get(),
                    edo_id: edo_id.text.get(),
                };
                let known = KnownIds::default();
                // The browser knows no id of the organisation, so that neither matters here.
                let place = Place {
                    contour: Contour::Production,
                    legal_entity: None,
                    known: &known,
                };
                read_ids(&pasted, &place)
            })
        });
        Self {
            oms_id,
            connection,
            edo_id,
            told,
            read,
        }
    }

    /// Takes over what the server found.
    pub(super) fn tell(self, ids: ReadIds) {
        for field in [self.oms_id, self.connection, self.edo_id] {
            field.settled.set(true);
        }
        self.told.set(Some(ids));
    }

    fn swap(self) {
        let (oms_id, connection) = (
            self.oms_id.text.get_untracked(),
            self.connection.text.get_untracked(),
        );
        self.oms_id.put(&connection);
        self.connection.put(&oms_id);
    }

    fn move_to_edo(self, from: Pasted) {
        let text = from.text.get_untracked();
        self.edo_id.put(&text);
        from.put("");
    }
}

/// Which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    OmsId,
    Connection,
    Edo,
}

impl Which {
    fn of(self, form: PasteForm) -> Pasted {
        match self {
            Self::OmsId => form.oms_id,
            Self::Connection => form.connection,
            Self::Edo => form.edo_id,
        }
    }

    fn finding(self, ids: &ReadIds) -> Finding {
        match self {
            Self::OmsId => finding(&ids.oms_id, |id: &OmsId| id.to_wire()),
            Self::Connection => finding(&ids.connection, |id: &ConnectionId| id.to_wire()),
            Self::Edo => finding(&ids.edo_id, Clone::clone),
        }
    }

    const fn label(self, lang: Lang) -> (&'static str, &'static str) {
        match self {
            Self::OmsId => (suz::oms_id(lang), suz::oms_id_hint(lang)),
            Self::Connection => (suz::connection_id(lang), suz::connection_hint(lang)),
            Self::Edo => (suz::edo_id(lang), suz::edo_hint(lang)),
        }
    }
}

/// Whether a mistake may be nothing but an id that is still being typed.
const fn unfinished(mistake: &Mistake) -> bool {
    matches!(
        mistake,
        Mistake::Length { .. }
            | Mistake::Hyphens
            | Mistake::Character { .. }
            | Mistake::NotEdoId
            | Mistake::Nil
            | Mistake::Inn
    )
}

/// A field with what became of its text.
#[component]
pub(super) fn PasteField(
    /// The form.
    form: PasteForm,
    /// Which of its fields.
    which: Which,
    /// The name in the form.
    #[prop(into)]
    name: String,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Whether all three fields are on the page, so that texts may move between them.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let field = which.of(form);
    let (label, hint) = which.label(lang);
    let found = Memo::new(move |_| form.read.with(|ids| which.finding(ids)));
    let mistake = Memo::new(move |_| {
        let settled = field.settled.get();
        let told = form.told.with(Option::is_some);
        found.get().mistake.filter(|mistake| match mistake {
            Mistake::Empty => told && !optional,
            other => settled || !unfinished(other),
        })
    });
    // What was typed before the wasm was there.
    Effect::new(move |_| {
        if let Some(node) = field.node.get() {
            let text = node.value();
            if !text.is_empty() {
                field.text.set(text);
            }
        }
    });
    let id = format!("suz-{name}");
    let said = format!("{id}-said");
    view! {
        <div class="labelled paste">
            <label for=id.clone()>{label}</label>
            <input
                node_ref=field.node
                class="field mono"
                id=id
                name=name
                type="text"
                autocomplete="off"
                spellcheck="false"
                autocapitalize="off"
                required=!optional
                aria-describedby=said.clone()
                aria-invalid=move || mistake.with(Option::is_some).then_some("true")
                on:input=move |event| {
                    field.settled.set(false);
                    field.text.set(event_target_value(&event));
                }
                on:change=move |_| field.settled.set(true)
            />
            <div class="said" id=said aria-live="polite">
                {move || {
                    mistake
                        .get()
                        .map(|mistake| view! { <Wrong form=form field=field mistake=mistake whole=whole/> }.into_any())
                        .or_else(|| cleaned(&found.get(), lang))
                        .unwrap_or_else(|| view! { <p class="hint">{hint}</p> }.into_any())
                }}
            </div>
        </div>
    }
}

/// What is wrong, and the one press that mends it where there is one.
#[component]
fn Wrong(
    form: PasteForm,
    field: Pasted,
    /// The mistake.
    mistake: Mistake,
    /// Whether texts may move between the fields.
    whole: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let text = suz::paste::mistake(&mistake, lang);
    let button = match mistake {
        Mistake::OmsIdHere | Mistake::ConnectionIdHere { .. } if whole => {
            Some((suz::swap(lang), Callback::new(move |()| form.swap())))
        }
        Mistake::EdoId if whole => Some((
            suz::to_edo(lang),
            Callback::new(move |()| form.move_to_edo(field)),
        )),
        _ => None,
    };
    view! {
        <p class="error">{text}</p>
        {button
            .map(|(name, act)| {
                view! { <button type="button" class="btn quiet needs-script" on:click=move |_| act.run(())>{name}</button> }
            })}
    }
}

/// What was cleaned, and what is left; nothing when nothing was.
fn cleaned(found: &Finding, lang: Lang) -> Option<AnyView> {
    let kept = found.kept.clone()?;
    if found.cleanings.is_empty() {
        return None;
    }
    let words: Vec<&str> = found
        .cleanings
        .iter()
        .map(|cleaning| suz::paste::cleaning(*cleaning, lang))
        .collect();
    let words = words.join(", ");
    Some(
        view! {
            <p class="cleaned">
                <b>{suz::removed(lang)}</b>" "{words}". "
                {suz::will_be(lang)}" "<code class="mono">{kept}</code>
            </p>
        }
        .into_any(),
    )
}
