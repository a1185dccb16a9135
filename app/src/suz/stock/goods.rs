//! One kind of goods: its codes, printing labels, what was printed, files.

use super::{
    super::{
        api::stock::{GoodsOfStock, get_stock_goods},
        orders::bounded,
    },
    expiry::{Expired, Expires},
    list::Source,
    print::{Beginning, PrintForm},
    runs::Runs,
};
use crate::{
    failure::Failure,
    live,
    texts::{self, number, suz::stock as words},
    ui::{Empty, FailureView, PageTop, Skeleton, part},
};
use cis::Gtin;
use leptos::prelude::*;
use leptos_router::components::A;

/// The page.
#[component]
pub(in crate::suz) fn GoodsPage(
    /// Which goods.
    gtin: Gtin,
) -> impl IntoView {
    let lang = texts::lang();
    let answer = Resource::new(move || gtin, |gtin| get_stock_goods(gtin.to_string()));
    live::on_crowd(
        |news| news.concerns_emission(None),
        move || answer.refetch(),
    );
    let reload = Callback::new(move |()| answer.refetch());
    view! {
        <PageTop title=format!("{}: {gtin}", words::print_title(lang))>
            <span class="right"><A href="/suz/stock" attr:class="link">{words::to_stock(lang)}</A></span>
        </PageTop>
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=6/></div> }>
            <Page answer=answer reload=reload/>
        </Transition>
    }
}

/// The page once it is loaded.
#[component]
fn Page(
    /// What the server says.
    answer: Resource<Result<GoodsOfStock, Failure>>,
    reload: Callback<()>,
) -> impl IntoView {
    // Inside the transition: what is read outside of it would not be waited for.
    let failure = Memo::new(move |_| answer.get().map(Result::err));
    part(move || match failure.get() {
        None => ().into_any(),
        Some(Some(failure)) => view! { <FailureView failure=failure retry=reload/> }.into_any(),
        Some(None) => view! { <Parts answer=answer reload=reload/> }.into_any(),
    })
}

/// The parts of the page: the form stays when what is around it changes.
#[component]
fn Parts(
    /// What the server says; there is an answer.
    answer: Resource<Result<GoodsOfStock, Failure>>,
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let Some(first) = answer.get_untracked().and_then(Result::ok) else {
        return ().into_any();
    };
    if first.piles.is_empty() {
        return view! {
            <div class="card"><Empty title=words::nothing(lang) text=words::nothing_text(lang)/></div>
        }
        .into_any();
    }
    let now = Memo::new({
        let first = first.clone();
        move |_| {
            answer
                .get()
                .and_then(Result::ok)
                .unwrap_or_else(|| first.clone())
        }
    });
    let expired = first.piles.iter().map(|pile| pile.expired).sum::<u64>();
    let form = (first.may_print && first.free + expired > 0).then(|| {
        let beginning = Beginning {
            expired,
            texts: first.texts.clone(),
            medium: first.medium,
            head: first.head,
            free: first.free,
        };
        view! { <PrintForm gtin=first.gtin.clone() beginning=beginning reload=reload/> }
    });
    let may_print = first.may_print;
    let files = first
        .may_export
        .then(|| view! { <Files gtin=first.gtin.clone()/> });
    view! {
        {part(move || view! { <Codes goods=now.get()/> })}
        {form}
        <section class="card" id="runs">
            <div class="pad"><h2>{words::runs(lang)}</h2></div>
            {part(move || view! { <Runs runs=now.with(|now| now.runs.clone()) may_print=may_print reload=reload/> })}
        </section>
        {files}
    }
    .into_any()
}

/// How many codes there are, and where they came from.
#[component]
fn Codes(goods: GoodsOfStock) -> impl IntoView {
    let lang = texts::lang();
    let expired = bounded(goods.piles.iter().map(|pile| pile.expired).sum());
    let named = goods.product.map(|name| {
        view! { <div class="top"><h2>{name}</h2><span class="mono faint">{goods.gtin.clone()}</span></div> }
    });
    let from = goods
        .piles
        .into_iter()
        .map(|pile| {
            let expires = pile.expires.map(|when| view! { " "<Expires when=when/> });
            view! { <li><Source pile=pile/>{expires}</li> }
        })
        .collect_view();
    view! {
        <section class="card pad stack">
            {named}
            <p><span class="count">{number(bounded(goods.free))}</span>" "{words::free_codes(bounded(goods.free), lang)}</p>
            <Expired count=expired/>
            <ul class="sub plain-list">{from}</ul>
        </section>
    }
}

/// The codes as files.
#[component]
fn Files(gtin: String) -> impl IntoView {
    let lang = texts::lang();
    let file = |format: &'static str, name: &'static str| {
        let href = format!("/suz/stock/{gtin}/codes.{format}");
        view! { <a class="btn" href=href rel="external" download="">{name}</a> }
    };
    view! {
        <section class="card pad stack">
            <div class="stack tight">
                <h2>{words::export(lang)}</h2>
                <p class="muted">{words::export_text(lang)}</p>
            </div>
            <div class="top">{file("csv", "CSV")}{file("xlsx", "XLSX")}{file("txt", "TXT")}</div>
        </section>
    }
}
