//! One batch: what its rows are, sending its orders, what became of them.

mod acts;
mod columns;
mod listing;

use super::{
    api::{CancelBatch, ChooseColumns, PauseBatch, ResumeBatch, StartBatch, get_batch},
    list::tone_of,
};
use crate::{
    failure::Failure,
    live,
    texts::{self, bulk as words, number},
    ui::{Bar, FailureView, Moment, PageTop, Pill, Skeleton, Tab, Tabs, Tone, part},
};
use acts::Acts;
use columns::Columns;
use desk::{
    bulk::{BatchPage as Page, BatchState, PAGE_ROWS, Shown},
    ids::BatchId,
};
use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_params_map, use_query_map},
};
use listing::ListingView;
use std::{sync::Arc, time::Duration};

/// News come in crowds while orders are being sent; the page asks once for all that come within this time.
const GATHERING: Duration = Duration::from_millis(500);

type Answer = Result<Page, Failure>;

/// What is done here.
#[derive(Clone, Copy)]
struct Work {
    start: ServerAction<StartBatch>,
    pause: ServerAction<PauseBatch>,
    resume: ServerAction<ResumeBatch>,
    cancel: ServerAction<CancelBatch>,
    columns: ServerAction<ChooseColumns>,
}

impl Work {
    fn new() -> Self {
        Self {
            start: ServerAction::new(),
            pause: ServerAction::new(),
            resume: ServerAction::new(),
            cancel: ServerAction::new(),
            columns: ServerAction::new(),
        }
    }

    /// How many acts have ended.
    fn ended(self) -> usize {
        self.start.version().get()
            + self.pause.version().get()
            + self.resume.version().get()
            + self.cancel.version().get()
            + self.columns.version().get()
    }

    /// What went wrong last.
    fn failure(self) -> Option<Failure> {
        let values = [
            self.start.value(),
            self.pause.value(),
            self.resume.value(),
            self.cancel.value(),
            self.columns.value(),
        ];
        values
            .into_iter()
            .find_map(|value| value.get().and_then(Result::err))
    }
}

/// What is shown of which batch: all of it stands in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    batch: Option<BatchId>,
    shown: Shown,
    page: u32,
}

impl Place {
    fn address(batch: BatchId, shown: Shown, page: u32) -> String {
        let mut address = format!("/bulk/{batch}");
        if shown != Shown::Rows {
            address.push_str("?show=");
            address.push_str(shown.as_str());
        }
        if page > 0 {
            address.push(if shown == Shown::Rows { '?' } else { '&' });
            address.push_str("page=");
            address.push_str(&(page + 1).to_string());
        }
        address
    }
}

/// The page.
#[component]
pub(crate) fn BatchPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let place = Memo::new(move |_| Place {
        batch: params.with(|params| params.get("id").and_then(|id| id.parse().ok())),
        shown: query
            .with(|query| query.get("show").and_then(|shown| shown.parse().ok()))
            .unwrap_or(Shown::Rows),
        page: query
            .with(|query| query.get("page").and_then(|page| page.parse::<u32>().ok()))
            .unwrap_or(1)
            .saturating_sub(1),
    });
    let work = Work::new();
    let page = Resource::new(
        move || (place.get(), work.ended()),
        |(place, _)| async move {
            match place.batch {
                Some(batch) => get_batch(batch, place.shown, place.page).await,
                None => Err(Failure::Call(String::new())),
            }
        },
    );
    refetch_on_news(page, place);
    view! {
        <Transition fallback=|| view! { <div class="card pad"><Skeleton lines=8/></div> }>
            <Shell work=work place=place page=page/>
        </Transition>
    }
}

fn refetch_on_news(page: Resource<Answer>, place: Memo<Place>) {
    let gathering = StoredValue::new(false);
    live::on_change(move |news| {
        let batch = place.get_untracked().batch;
        if news.concerns_batch(batch) && gathering.try_get_value() == Some(false) {
            gathering.set_value(true);
            set_timeout(
                move || {
                    // The page may be gone by then.
                    if gathering.try_set_value(false).is_none() {
                        page.refetch();
                    }
                },
                GATHERING,
            );
        }
    });
}

/// The batch once it is there. A later failure leaves what is shown in its place and says so above it.
#[component]
fn Shell(
    /// What is done here.
    work: Work,
    /// What is shown.
    place: Memo<Place>,
    /// The answer.
    page: Resource<Answer>,
) -> impl IntoView {
    let batch = Memo::new(move |before: Option<&Option<Arc<Page>>>| match page.get() {
        Some(Ok(page)) => Some(Arc::new(page)),
        _ => before.cloned().flatten(),
    });
    let failure = Memo::new(move |_| {
        let failed = page.get().and_then(Result::err);
        failed.or_else(|| work.failure())
    });
    part(move || {
        let failure = failure
            .get()
            .map(|failure| view! { <FailureView failure=failure retry=Callback::new(move |()| page.refetch())/> });
        let shown = batch
            .get()
            .map(|batch| view! { <Contents work=work place=place.get() page=batch/> });
        view! {
            {failure}
            {shown}
        }
    })
}

/// Everything on the page.
#[component]
fn Contents(
    /// What is done here.
    work: Work,
    /// What is shown.
    place: Place,
    /// The batch.
    page: Arc<Page>,
) -> impl IntoView {
    let lang = texts::lang();
    let batch = page.batch.clone();
    let editable = matches!(batch.state, BatchState::Judging | BatchState::Preview);
    let columns = (editable && page.may.fill && page.columns.len() > 1)
        .then(|| view! { <Columns work=work page=page.clone()/> });
    view! {
        <PageTop title=words::name(&batch, lang)>
            <Pill tone=tone_of(&batch) text=words::state(&batch, lang)/>
            <span class="right muted"><Moment when=batch.made/>" "{batch.who}</span>
        </PageTop>
        <section class="card pad stack" aria-label=words::progress(lang)>
            <Progress page=page.clone()/>
            <Acts work=work page=page.clone()/>
        </section>
        {columns}
        <Tabs label=words::shown(lang) tabs=tabs(place, &page)/>
        <div class="card">
            <ListingView page=page.clone()/>
        </div>
        <Pages place=place page=page/>
    }
}

/// The bar and the counts.
#[component]
fn Progress(
    /// The batch.
    page: Arc<Page>,
) -> impl IntoView {
    let lang = texts::lang();
    let orders = page.batch.orders;
    let judging = page.batch.state == BatchState::Judging;
    let (value, max) = if judging {
        (orders.all - orders.waiting, orders.all)
    } else {
        (orders.ended(), orders.goes + orders.sent())
    };
    let tone = if orders.refused + orders.conflict > 0 {
        Tone::Bad
    } else {
        Tone::Ok
    };
    let bar = (page.batch.state != BatchState::Preview && max > 0)
        .then(|| view! { <Bar label=words::progress(lang) value=value max=max tone=tone/> });
    let trouble = page
        .trouble
        .clone()
        .map(|trouble| view! { <p class="late">{words::waits(lang)} " " <q>{trouble}</q></p> });
    view! {
        <p class="lead" role="status">{words::summary(&page, lang)}</p>
        {bar}
        <p class="muted">{words::counts(&orders, lang)}</p>
        {trouble}
    }
}

fn tabs(place: Place, page: &Page) -> Vec<Tab> {
    let lang = texts::lang();
    let (rows, orders) = (page.rows, page.batch.orders);
    let count = |shown: Shown| match shown {
        Shown::Rows => rows.all(),
        Shown::Good => rows.good,
        Shown::Repaired => rows.repaired,
        Shown::Trouble => rows.trouble,
        Shown::Orders => orders.all,
        Shown::Failed => orders.stays + orders.refused + orders.conflict,
    };
    Shown::ALL
        .iter()
        .map(|shown| Tab {
            href: Place::address(page.batch.id, *shown, 0),
            name: words::tab(*shown, lang).to_owned(),
            count: Some(number(count(*shown))),
            current: *shown == place.shown,
        })
        .collect()
}

/// The pages of a long listing.
#[component]
fn Pages(
    /// What is shown.
    place: Place,
    /// The batch.
    page: Arc<Page>,
) -> impl IntoView {
    let lang = texts::lang();
    let pages = page.found.div_ceil(PAGE_ROWS);
    let at = |number| Place::address(page.batch.id, place.shown, number);
    let back = place.page.checked_sub(1).map(at);
    let forward = (place.page + 1 < pages).then(|| at(place.page + 1));
    (pages > 1).then(|| {
        view! {
            <nav class="top" aria-label=words::pages(lang)>
                {back.map(|href| view! { <A href=href attr:class="btn" attr:rel="prev">{words::back(lang)}</A> })}
                <span class="muted">{words::page(place.page + 1, pages, lang)}</span>
                {forward.map(|href| view! { <A href=href attr:class="btn" attr:rel="next">{words::forward(lang)}</A> })}
            </nav>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_stands_in_the_address() {
        let batch = BatchId::from_parts(1, [3; 10]);
        let address = |shown, page| Place::address(batch, shown, page);
        assert_eq!(address(Shown::Rows, 0), format!("/bulk/{batch}"));
        assert_eq!(address(Shown::Rows, 1), format!("/bulk/{batch}?page=2"));
        let failed = format!("/bulk/{batch}?show=failed&page=3");
        assert_eq!(address(Shown::Failed, 2), failed);
    }
}
