//! The passport of an integration: one page to print.

use super::{api::get_suz_passport, attention::AttentionBar, marks::ContourMark};
use crate::{
    failure::Failure,
    texts::{self, suz},
    ui::{FailureView, Moment, PageTop, Skeleton, part},
};
use desk::{
    ids::SuzConnectionId,
    suz::{Cause, view::Passport},
};
use leptos::prelude::*;
use leptos_router::components::A;

/// The causes that people meet most, with what to do: one line each, so that the page stays one page.
const USUAL: [Cause; 9] = [
    Cause::WaitsForSignature,
    Cause::CertificateNotRegistered,
    Cause::CertificateExpired,
    Cause::OldDevice,
    Cause::TokenReplaced,
    Cause::InvalidOmsId,
    Cause::GroupClosed,
    Cause::SuzUnreachable,
    Cause::StaticTokensEnded,
];

/// The page.
#[component]
pub(super) fn PassportPage(
    /// Of which connection.
    id: SuzConnectionId,
) -> impl IntoView {
    let lang = texts::lang();
    let answer = Resource::new(move || id, get_suz_passport);
    view! {
        <PageTop title=suz::passport(lang)>
            <span class="right top no-print">
                <button type="button" class="btn go needs-script" on:click=move |_| print()>{suz::print(lang)}</button>
                <A href=format!("/suz/{id}") attr:class="link">{suz::title(lang)}</A>
            </span>
        </PageTop>
        <p class="muted no-print">{suz::passport_for(lang)}</p>
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=8/></div> }>
            {part(move || answer.get().map(drawn))}
        </Transition>
    }
}

fn drawn(passport: Result<Passport, Failure>) -> AnyView {
    match passport {
        Ok(passport) => view! { <Sheet passport=passport/> }.into_any(),
        Err(failure) => view! { <FailureView failure=failure/> }.into_any(),
    }
}

/// The sheet.
#[component]
fn Sheet(passport: Passport) -> impl IntoView {
    let lang = texts::lang();
    let Passport {
        connection,
        people,
        made,
    } = passport;
    let entity = connection.legal_entity;
    view! {
        <div class="no-print"><AttentionBar attention=connection.attention/></div>
        <article class="card pad passport">
            <header class="top">
                <h2>{entity.name}</h2>
                {entity.inn.map(|inn| view! { <span class="mono">{suz::inn(lang)}" "{inn.to_string()}</span> })}
                <ContourMark contour=connection.contour/>
                <span class="right muted">{suz::passport_made(lang)}" "<Moment when=made/></span>
            </header>
            <h3>{suz::passport_where(lang)}</h3>
            <table>
                <tbody>
                    <Line
                        name=suz::oms_id(lang)
                        value=connection.oms_id.map_or_else(String::new, |id| id.to_string())
                        place=suz::passport_where_oms(lang)
                        id=true
                    />
                    {connection
                        .devices
                        .into_iter()
                        .map(|device| {
                            let name = format!(
                                "{}: {} ({})",
                                suz::connection_id(lang),
                                device.name,
                                suz::device_state(device.state, lang),
                            );
                            view! {
                                <Line name=name value=device.connection.to_string() place=suz::passport_where_device(lang)
                                    id=true/>
                            }
                        })
                        .collect_view()}
                    <Line
                        name=suz::edo_id(lang)
                        value=connection.edo_id.unwrap_or_else(|| suz::edo_none(lang).to_owned())
                        place=suz::passport_where_edo(lang)
                        id=true
                    />
                    <Line
                        name=suz::groups(lang)
                        value=connection
                            .profile
                            .map(|profile| {
                                let names: Vec<String> = profile
                                    .groups
                                    .iter()
                                    .map(|group| suz::group(&group.alias, lang))
                                    .collect();
                                names.join(", ")
                            })
                            .unwrap_or_default()
                        place=suz::passport_where_groups(lang)
                    />
                    <Line name=suz::way(lang) value=suz::way_name(connection.way, lang) place=suz::way_text(connection.way, lang)/>
                </tbody>
            </table>
            <h3>{suz::passport_people(lang)}</h3>
            <p>{people.join(", ")}</p>
            <p class="hint">{suz::passport_people_hint(lang)}</p>
            <h3>{suz::passport_errors(lang)}</h3>
            <table class="errors">
                <tbody>{USUAL.iter().map(|cause| view! { <ErrorLine cause=*cause/> }).collect_view()}</tbody>
            </table>
            <p class="muted">{suz::passport_support(lang)}</p>
        </article>
    }
}

/// Opens the browser's printing.
#[cfg(feature = "hydrate")]
fn print() {
    // A browser that forbids it has its own menu for it.
    let _opened = window().print();
}

/// On the server nothing is printed.
#[cfg(not(feature = "hydrate"))]
fn print() {}

/// What something is called, what it is, where it is found.
#[component]
fn Line(
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    place: &'static str,
    /// Whether it is an id.
    #[prop(optional)]
    id: bool,
) -> impl IntoView {
    view! {
        <tr>
            <td><b>{name}</b></td>
            <td class:mono=id>{value}</td>
            <td class="muted">{place}</td>
        </tr>
    }
}

/// An error with what to do.
#[component]
fn ErrorLine(cause: Cause) -> impl IntoView {
    let words = suz::causes::cause(cause, texts::lang());
    view! {
        <tr>
            <td><b>{words.title}</b></td>
            <td>{words.way_out}</td>
        </tr>
    }
}
