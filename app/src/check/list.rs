//! A list of checked codes, of which only what is seen is drawn.

use super::{
    Check,
    export::{self, Names},
    job::State,
    raw::raw_text,
    report::Report,
    sheet::{Filter, Row},
    verdict::tone,
    window::Window,
};
use crate::{
    texts::{self, check as words, number},
    ui::{Bar, Pill, code::CodeView, part},
};
use cis::{Hint, Outcome, parse_with};
use leptos::{ev, html, prelude::*};

/// What the list shows.
#[derive(Clone, Copy)]
struct View {
    check: Check,
    filter: RwSignal<Filter>,
    /// How far it is scrolled, and how much of it is seen, in pixels.
    scrolled: RwSignal<(u32, u32)>,
    /// The row that is taken apart beside the list, among those that the filter shows.
    active: RwSignal<Option<u32>>,
    node: NodeRef<html::Div>,
}

impl View {
    fn rows(self) -> u32 {
        self.check
            .job
            .sheet
            .with(|sheet| sheet.len(self.filter.get()))
    }

    fn window(self) -> Window {
        let (top, height) = self.scrolled.get();
        Window {
            top,
            height,
            rows: self.rows(),
        }
    }

    fn look(self) {
        if let Some(node) = self.node.get_untracked() {
            let pixels = |length: i32| u32::try_from(length).unwrap_or_default();
            self.scrolled
                .set((pixels(node.scroll_top()), pixels(node.client_height())));
        }
    }

    /// Makes another row the active one and scrolls to it.
    fn go(self, row: u32) {
        self.active.set(Some(row));
        if let Some(top) = untrack(|| self.window().showing(row))
            && let (Some(node), Ok(top)) = (self.node.get_untracked(), i32::try_from(top))
        {
            node.set_scroll_top(top);
            self.look();
        }
    }

    /// Moves through the list by keys.
    fn key(self, event: &ev::KeyboardEvent) {
        let last = untrack(|| self.rows()).saturating_sub(1);
        let now = self.active.get_untracked();
        let page = 10;
        let next = match event.key().as_str() {
            "ArrowDown" => now.map_or(0, |row| row + 1),
            "ArrowUp" => now.unwrap_or(0).saturating_sub(1),
            "PageDown" => now.unwrap_or(0) + page,
            "PageUp" => now.unwrap_or(0).saturating_sub(page),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        self.go(next.min(last));
    }
}

/// The list with its counts, and the active row taken apart.
#[component]
pub(super) fn List(
    /// What the page is about.
    check: Check,
) -> impl IntoView {
    let view = View {
        check,
        filter: RwSignal::new(Filter::All),
        scrolled: RwSignal::new((0, 600)),
        active: RwSignal::new(None),
        node: NodeRef::new(),
    };
    // Another list is looked at from its beginning.
    Effect::new(move |_| {
        check.job.run.track();
        view.active.set(None);
    });
    let detail = move || {
        let index = view.active.get()?;
        check.job.run.track();
        let filter = view.filter.get();
        check.job.sheet.with_untracked(|sheet| {
            sheet
                .row(filter, index)
                .map(|(row, raw)| detail(row, raw, check.hint()))
        })
    };
    view! {
        {head(view)}
        <div class="long-and-one">
            {rows(view)}
            <div class="one" aria-live="polite">{part(detail)}</div>
        </div>
    }
}

/// Counts, filters, how far it is, and what can be done.
fn head(view: View) -> impl IntoView {
    let lang = texts::lang();
    let job = view.check.job;
    let counts = Memo::new(move |_| job.sheet.with(super::sheet::Sheet::counts));
    let running = Memo::new(move |_| matches!(job.state.get(), State::Running(..)));
    let share = move |part: fn(u32, u32) -> u32| {
        Signal::derive(move || match job.state.get() {
            State::Running(done, all) => part(done, all),
            _ => 0,
        })
    };
    let said = move || {
        let all = counts.get().all;
        match job.state.get() {
            State::Failed => words::failed(lang).to_owned(),
            State::Stopped => words::stopped(all, lang),
            State::Running(..) | State::Done => words::lines(all, lang),
        }
    };
    let spoken = move || {
        (!running.get()).then(|| {
            [
                said(),
                ". ".to_owned(),
                words::counts(kinds(counts.get()), counts.get().same, lang),
            ]
            .concat()
        })
    };
    let filter = move |kind: Filter, name: &'static str| {
        view! {
            <button
                type="button"
                class="btn"
                aria-pressed=move || (view.filter.get() == kind).to_string()
                on:click=move |_| {
                    view.active.set(None);
                    view.filter.set(kind);
                    if let Some(node) = view.node.get_untracked() {
                        node.set_scroll_top(0);
                    }
                    view.look();
                }
            >
                {name}
                <span class="faint">{move || job.sheet.with(|sheet| number(sheet.len(kind)))}</span>
            </button>
        }
    };
    view! {
        <div class="pad stack">
            <div class="top">
                <h2>{said}</h2>
                <span class="muted">{move || words::counts(kinds(counts.get()), counts.get().same, lang)}</span>
                <p class="vh" role="status">{spoken}</p>
            </div>
            {part(move || {
                running
                    .get()
                    .then(|| {
                        view! {
                            <div class="running">
                                <Bar label=words::list(lang) value=share(|done, _| done) max=share(|_, all| all)/>
                                <button type="button" class="btn" on:click=move |_| job.cancel()>{words::stop(lang)}</button>
                            </div>
                        }
                    })
            })}
            <div class="top">
                <span class="choice" role="group" aria-label=words::list(lang)>
                    {filter(Filter::All, words::all(lang))} {filter(Filter::Attention, words::attention(lang))}
                </span>
                <span class="right">{download(view.check)}</span>
            </div>
        </div>
    }
}

/// The button that gives the verdicts away as a file.
fn download(check: Check) -> impl IntoView {
    let lang = texts::lang();
    let busy = RwSignal::new(false);
    let press = move |_| {
        if !busy.get_untracked() {
            let names = Names {
                file: words::csv_name(lang),
                columns: words::csv_head(lang),
            };
            export::download(check, names, lang, busy);
        }
    };
    view! {
        <button type="button" class="btn" aria-busy=move || busy.get().then_some("true") on:click=press>
            {words::download(lang)}
        </button>
    }
}

/// The kinds of outcomes with their counts.
const fn kinds(counts: super::sheet::Counts) -> [(Outcome, u32); 5] {
    [
        (Outcome::Valid, counts.valid),
        (Outcome::Repaired, counts.repaired),
        (Outcome::Ambiguous, counts.ambiguous),
        (Outcome::Refused, counts.refused),
        (Outcome::NotACode, counts.foreign),
    ]
}

/// The rows. The list itself has the focus and names the active row, which is drawn because it is scrolled to.
fn rows(view: View) -> impl IntoView {
    let lang = texts::lang();
    let job = view.check.job;
    let drawn = Memo::new(move |_| {
        let window = view.window();
        let (first, last) = window.drawn();
        (first, last, window.offset(first))
    });
    let tall = Memo::new(move |_| view.window().tall());
    let len = Memo::new(move |_| view.rows());
    view.node.on_load(move |_| view.look());
    // How many there are is told once, at the end: to tell every row of every chunk would cost more than to draw them.
    let set = Memo::new(move |_| match job.state.get() {
        State::Running(..) => "-1".to_owned(),
        _ => len.get().to_string(),
    });
    let seen = move || {
        let (first, last, _) = drawn.get();
        let set = set.get();
        job.run.track();
        let filter = view.filter.get();
        let hint = view.check.hint();
        job.sheet.with_untracked(|sheet| {
            (first..last)
                .filter_map(|index| sheet.row(filter, index).map(|(row, raw)| (index, row, raw)))
                .map(|(index, row, raw)| draw(view, index, row, raw, &hint, &set))
                .collect_view()
        })
    };
    let calm = move || len.get() == 0 && job.state.get() == State::Done;
    view! {
        <div
            class="long"
            role="listbox"
            tabindex="0"
            aria-label=words::list(lang)
            aria-activedescendant=move || view.active.get().map(row_id)
            node_ref=view.node
            on:scroll=move |_| view.look()
            on:keydown=move |event| view.key(&event)
        >
            <div class="long-all" role="presentation" style:height=move || pixels(tall.get())>
                <div class="long-seen" role="presentation" style:top=move || pixels(drawn.get().2)>
                    {part(seen)}
                </div>
            </div>
            <p class="pad muted" hidden=move || !calm()>{words::calm(lang)}</p>
        </div>
    }
}

fn pixels(length: u32) -> String {
    length.to_string() + "px"
}

fn row_id(index: u32) -> String {
    "row-".to_owned() + &index.to_string()
}

/// One row; its text is read again, which is quick for the few that are drawn.
fn draw(
    view: View,
    index: u32,
    row: Row,
    raw: &str,
    hint: &Hint,
    set: &str,
) -> impl IntoView + use<> {
    let lang = texts::lang();
    let parsed = parse_with(raw, hint);
    let said = row
        .same
        .map(|line| words::same(line, lang))
        .or_else(|| parsed.reason(lang))
        .or_else(|| parsed.repairs.first().map(|repair| repair.message(lang)))
        .or_else(|| parsed.remarks.first().map(|remark| remark.message(lang)));
    let code = match parsed.code() {
        Some(code) => view! { <CodeView text=code.as_str().to_owned()/> }.into_any(),
        None => raw_text(raw, parsed.position()).into_any(),
    };
    let active = move || view.active.get() == Some(index);
    view! {
        <div
            class="long-row"
            role="option"
            id=row_id(index)
            aria-posinset=index + 1
            aria-setsize=set.to_owned()
            aria-selected=move || active().to_string()
            on:click=move |_| view.active.set(Some(index))
        >
            <span class="line-number">{number(row.line)}</span>
            <Pill tone=tone(row.outcome) text=words::outcome(row.outcome, lang)/>
            {code}
            <span class="said">{said}</span>
        </div>
    }
}

/// A row taken apart.
fn detail(row: Row, raw: &str, hint: Hint) -> AnyView {
    let lang = texts::lang();
    let same = row
        .same
        .map(|line| view! { <p class="pad late">{words::same(line, lang)}</p> });
    view! {
        {same}
        <Report raw=raw hint=hint/>
    }
    .into_any()
}
