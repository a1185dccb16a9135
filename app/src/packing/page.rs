//! The page: it covers the frame, and everything on it is drawn from the session.

use super::{
    bench::Bench,
    browser,
    clashes::Clashes,
    foot::Foot,
    hands::{self, Field},
    head::Head,
    pick::PickList,
    verdict::Verdict,
};
use crate::{
    live,
    root::use_who,
    texts::{self, packing as words},
    ui::part,
};
use leptos::{ev, prelude::*};
use leptos_meta::{Stylesheet, Title};

/// The packing desk.
#[component]
pub(crate) fn PackingPage() -> impl IntoView {
    let lang = texts::lang();
    let bench = Bench::of_tab();
    let who = use_who();
    Effect::new(move |_| {
        if let Some(profile) = who.profile() {
            // What is kept on the device belongs to whoever scanned it, for this organisation.
            bench.start(format!("{}\n{}", profile.email, profile.organisation));
        } else if who.unanswered() {
            bench.start_as_before();
        }
    });
    live::on_change(move |news| {
        if news.concerns_list() {
            bench.refresh_soon();
        }
    });
    let online = window_event_listener(ev::online, move |_| bench.network_is_back());
    on_cleanup(move || online.remove());
    let field = Field::new();
    hands::listen(bench, field);
    let packing = Memo::new(move |_| bench.session.with(|session| session.open().is_some()));
    view! {
        <Title text=words::title(lang)/>
        <Stylesheet href="/packing.css"/>
        <section class="pk" aria-label=words::title(lang)>
            <noscript><p class="pk-note">{words::no_script(lang)}</p></noscript>
            <Head bench=bench/>
            <video
                id=browser::VIDEO
                class="pk-video"
                class:on=move || bench.camera.get()
                muted
                playsinline
                aria-label=words::picture(lang)
            ></video>
            <Verdict bench=bench field=field/>
            {part(move || (!packing.get()).then(|| view! { <PickList bench=bench/> }))}
            <Foot bench=bench/>
            <Clashes bench=bench/>
        </section>
    }
    .into_any()
}
