//! An order that is signed and not sent: what stands against it, and sending it nevertheless.

use super::{Shown, Trouble, Which, reload_after};
use crate::{
    suz::api::orders::SendAnyway,
    texts::{self, suz::orders as words},
    ui::{Button, part},
};
use desk::ids::EmissionId;
use leptos::{form::ActionForm, prelude::*};

/// The obstacles, while there are any.
#[component]
pub(super) fn Held(id: EmissionId, now: Memo<Shown>, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let held = Memo::new(move |_| now.with(|now| (now.page.held.clone(), now.page.may_order)));
    let action = ServerAction::<SendAnyway>::new();
    reload_after(action, reload);
    part(move || {
        let (held, may_order) = held.get();
        (!held.is_empty()).then(|| {
            view! {
                <section class="card pad stack" id="held">
                    <h2>{words::held(lang)}</h2>
                    {held
                        .iter()
                        .map(|one| view! { <p class="measure">{words::obstacle(one, lang)}</p> })
                        .collect_view()}
                    <p class="muted measure">{words::held_text(lang)}</p>
                    <Trouble action=action/>
                    {may_order
                        .then(|| {
                            view! {
                                <ActionForm action=action>
                                    <Which id=id/>
                                    <Button text=words::send_anyway(lang) pending=action.pending()/>
                                </ActionForm>
                            }
                        })}
                </section>
            }
        })
    })
}
