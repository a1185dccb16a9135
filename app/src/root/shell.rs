//! The document around the application: head, scripts, language.

use super::{App, SANDBOX, Sandbox, WorkerScript};
use crate::{early_keys::EarlyKeys, texts};
use cis::Lang;
use leptos::{config::LeptosOptions, prelude::*};
use leptos_meta::{HashedStylesheet, MetaTags};

/// The HTML document. Language and sandbox come from the context of the request.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let lang = match texts::lang() {
        Lang::Ru => "ru",
        Lang::En => "en",
    };
    let sandbox = use_context::<Sandbox>().unwrap_or_default();
    let WorkerScript(worker) = use_context().unwrap_or_default();

    view! {
        <!DOCTYPE html>
        <html lang=lang>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="format-detection" content="telephone=no"/>
                {sandbox.0.then(|| view! { <meta name=SANDBOX content="on"/> })}
                {worker.map(|script| view! { <meta name="metka-worker" content=script.to_string()/> })}
                <link rel="icon" type="image/svg+xml" href="/favicon.svg"/>
                <HashedStylesheet options=options.clone()/>
                <EarlyKeys/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options islands=false/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
