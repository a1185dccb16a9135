//! What the stock holds, by goods.

use super::{
    super::{
        api::stock::{Stock, get_stock},
        orders::{bounded, may_order},
        sections::{Section, Sections},
    },
    expiry::{Expired, Expires},
    runs::Runs,
};
use crate::{
    failure::Failure,
    live,
    texts::{self, number, suz, suz::stock as words},
    ui::{Empty, FailureView, Moment, PageTop, Skeleton, part},
};
use desk::suz::receiving::PileView;
use leptos::prelude::*;
use leptos_router::components::A;

/// The page.
#[component]
pub(in crate::suz) fn StockPage() -> impl IntoView {
    let lang = texts::lang();
    let answer = Resource::new(|| (), |()| get_stock());
    live::on_crowd(
        |news| news.concerns_emission(None),
        move || answer.refetch(),
    );
    let reload = Callback::new(move |()| answer.refetch());
    let may = may_order();
    let bring = move || {
        may.get().then(
            || view! { <A href="/suz/stock/import" attr:class="btn">{words::bring(lang)}</A> },
        )
    };
    view! {
        <PageTop title=words::title(lang)>
            <span class="right"><Transition>{part(bring)}</Transition></span>
        </PageTop>
        <Sections current=Section::Stock/>
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=6/></div> }>
            {part(move || answer.get().map(|stock| drawn(stock, may, reload)))}
        </Transition>
    }
}

fn drawn(stock: Result<Stock, Failure>, may: Memo<bool>, reload: Callback<()>) -> AnyView {
    let lang = texts::lang();
    let stock = match stock {
        Ok(stock) => stock,
        Err(failure) => return view! { <FailureView failure=failure retry=reload/> }.into_any(),
    };
    if stock.piles.is_empty() {
        return view! {
            <div class="card">
                {part(move || nothing(may.get()))}
            </div>
        }
        .into_any();
    }
    let goods = by_goods(stock.piles)
        .into_iter()
        .map(|goods| view! { <Goods goods=goods/> })
        .collect_view();
    let runs = (!stock.runs.is_empty()).then(|| {
        view! {
            <section class="card">
                <div class="pad"><h2>{words::runs(lang)}</h2></div>
                <Runs runs=stock.runs may_print=stock.may_print reload=reload/>
            </section>
        }
    });
    view! {
        <p class="muted measure">{words::intro(lang)}</p>
        <section class="card"><ul class="choices stock-goods">{goods}</ul></section>
        {runs}
    }
    .into_any()
}

/// No codes yet, and who does something about it.
fn nothing(may: bool) -> AnyView {
    let lang = texts::lang();
    if !may {
        let text = suz::orders::nothing_for_others(lang);
        return view! { <Empty title=words::nothing(lang) text=text/> }.into_any();
    }
    view! {
        <Empty title=words::nothing(lang) text=words::nothing_text(lang)>
            <A href="/suz/orders/new" attr:class="btn go">{suz::orders::order_codes(lang)}</A>
        </Empty>
    }
    .into_any()
}

/// Piles of the same goods, the newest goods first; the piles come newest first.
fn by_goods(piles: Vec<PileView>) -> Vec<Vec<PileView>> {
    let mut goods: Vec<Vec<PileView>> = Vec::new();
    for pile in piles {
        let same = goods
            .iter_mut()
            .find(|one| one.first().is_some_and(|first| first.gtin == pile.gtin));
        match same {
            Some(same) => same.push(pile),
            None => goods.push(vec![pile]),
        }
    }
    goods
}

/// One kind of goods with everything that was received of it.
#[component]
fn Goods(
    /// Its piles; at least one.
    goods: Vec<PileView>,
) -> impl IntoView {
    let lang = texts::lang();
    let Some(first) = goods.first().cloned() else {
        return ().into_any();
    };
    let codes = goods.iter().map(|one| one.codes).sum::<u64>();
    let free = bounded(first.free_of_goods);
    let expires = goods
        .iter()
        .filter_map(|one| one.expires)
        .min_by_key(|when| when.at);
    let expired = bounded(goods.iter().map(|one| one.expired).sum());
    let href = format!("/suz/stock/{}", first.gtin);
    let (key, gtin, product) = (first.gtin.clone(), first.gtin, first.product);
    let name = product.clone().unwrap_or_else(|| gtin.clone());
    let number_too = product
        .is_some()
        .then(|| view! { <span class="mono faint">{gtin}</span> });
    let group = first.group.as_deref().map(|alias| suz::group(alias, lang));
    let from = goods
        .into_iter()
        .map(|pile| view! { <span><Source pile=pile/></span> })
        .collect_view();
    view! {
        <li data-gtin=key>
            <div class="stack tight">
                <div class="top">
                    <A href=href.clone() attr:class="link">{name}</A>
                    {number_too}
                    {group.map(|name| view! { <span class="muted">{name}</span> })}
                </div>
                <div class="sub top">{from}</div>
                <div class="sub">{number(free)}" "{words::free_codes(free, lang)}</div>
                <Expired count=expired/>
                {expires.map(|when| view! { <div><Expires when=when/></div> })}
            </div>
            <div class="left"><b>{number(bounded(codes))}</b>" "<span class="muted">{words::codes_of(bounded(codes), lang)}</span></div>
            <A href=href attr:class="btn">{words::print(lang)}</A>
        </li>
    }
    .into_any()
}

/// Where codes came from.
#[component]
pub(super) fn Source(pile: PileView) -> impl IntoView {
    let lang = texts::lang();
    let count = number(bounded(pile.codes));
    match (pile.emission, pile.file) {
        (Some(order), _) => view! {
            {count}" "
            <A href=format!("/suz/orders/{order}") attr:class="link">{words::of_order(lang)}" "<Moment when=pile.came/></A>
        }
        .into_any(),
        (None, file) => view! { {count}" "{words::of_file(lang)}" "{file}", "<Moment when=pile.came/> }.into_any(),
    }
}
