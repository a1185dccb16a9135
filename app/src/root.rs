//! The document, the frame around every page and the table of addresses.

mod inner;
mod pages;
#[cfg(feature = "ssr")]
mod shell;
mod start;
mod who;

#[cfg(feature = "ssr")]
pub use shell::shell;
pub(crate) use who::{Who, use_who};

use crate::{
    texts::{self, frame},
    ui::{Frame, NotFoundPage},
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// Whether Metka works with its own sandbox in place of the marketplace, which every page says beside its heading.
///
/// The HTTP layer puts it into the context; the browser reads it from the page's head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sandbox(pub bool);

/// The address of the script of the Web Worker that checks long lists, where the site has one.
///
/// The HTTP layer puts it into the context; the browser finds it in the page's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkerScript(pub Option<std::sync::Arc<str>>);

/// The name under which the page's head tells the browser of the sandbox.
const SANDBOX: &str = "metka-sandbox";

/// The whole application. Pages are drawn at once ([`SsrMode::Async`]), so that they read without scripts too.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    start::provide_surroundings();
    let lang = texts::lang();

    view! {
        <Title
            text=frame::product(lang)
            formatter=move |page: String| {
                let product = frame::product(lang);
                if page == product { page } else { format!("{page} — {product}") }
            }
        />
        <Router>
            <Who>
                <Frame>
                    <FlatRoutes fallback=NotFoundPage>
                        <Route path=path!("/") view=start::StartPage ssr=SsrMode::Async/>
                        <Route path=path!("/signin") view={Lazy::<pages::SignIn>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/signup") view={Lazy::<pages::SignUp>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/check") view={Lazy::<pages::Check>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/orders") view={Lazy::<pages::Orders>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/orders/ship") view={Lazy::<pages::ShipMany>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/orders/:id") view={Lazy::<pages::Order>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/packing") view={Lazy::<pages::Packing>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/bulk") view={Lazy::<pages::Batches>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/bulk/:id") view={Lazy::<pages::Batch>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/codes") view={Lazy::<pages::Codes>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/codes/one") view={Lazy::<pages::Code>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/connections") view={Lazy::<pages::Connections>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/suz") view={Lazy::<pages::Suz>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/suz/*page") view={Lazy::<pages::Suz>::new()} ssr=SsrMode::Async/>
                        <Route path=path!("/journal") view={Lazy::<pages::Journal>::new()} ssr=SsrMode::Async/>
                    </FlatRoutes>
                </Frame>
            </Who>
        </Router>
    }
}
