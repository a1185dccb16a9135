//! The whole application as one router.

use crate::{
    bulk, codes_file, completion, events, guard, headers, hooks, labels, language, print_runs,
    settings::Settings, site, stock_export, stock_import, wiring::Wiring,
};
use app::{App, Sandbox, WorkerScript, cookie::PlainHttp, shell};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef},
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use desk::server::Desk;
use http::{HeaderValue, header, request::Parts};
use leptos::{
    config::LeptosOptions,
    nonce::use_nonce,
    prelude::{provide_context, use_context},
};
use leptos_axum::{LeptosRoutes as _, ResponseOptions, generate_route_list};
use std::{net::IpAddr, sync::Arc};
use tower_http::{compression::CompressionLayer, services::ServeDir};

/// The largest request body: a paste of two thousand codes, urlencoded, with room to spare.
const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// What handlers share.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) desk: Arc<Desk>,
    pub(crate) hub: events::Hub,
    pub(crate) options: LeptosOptions,
    pub(crate) sandbox: bool,
    pub(crate) plain_http: bool,
    pub(crate) trusted_proxy: Option<IpAddr>,
    pub(crate) hook_limits: Arc<hooks::Limits>,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.options.clone()
    }
}

impl FromRef<AppState> for events::Hub {
    fn from_ref(state: &AppState) -> Self {
        state.hub.clone()
    }
}

/// The application over a wired desk. Tests call it without a port.
pub fn router(settings: &Settings, wiring: &Wiring) -> Router {
    let options = site::options(settings);
    let state = AppState {
        desk: Arc::clone(&wiring.desk),
        hub: wiring.hub.clone(),
        options: options.clone(),
        sandbox: wiring.sandbox.is_some(),
        plain_http: settings.plain_http(),
        trusted_proxy: settings.trusted_proxy,
        hook_limits: Arc::default(),
    };
    let files = ServeDir::new(format!("{}/{}", options.site_root, options.site_pkg_dir))
        .precompressed_br()
        .precompressed_gzip();
    let context = context(&state);
    let routes = generate_route_list(App);
    let pages = Router::new()
        .leptos_routes_with_context(&state, routes, context.clone(), {
            let options = options.clone();
            move || shell(options.clone())
        })
        .route("/language/{name}", get(language::switch))
        .route(
            "/bulk/upload",
            post(bulk::upload).layer(DefaultBodyLimit::max(bulk::UPLOAD_LIMIT)),
        )
        .route(
            "/suz/stock/import/file",
            post(stock_import::bring).layer(DefaultBodyLimit::max(stock_import::IMPORT_LIMIT)),
        )
        .route("/bulk/template/{format}", get(bulk::blank))
        .route("/bulk/{id}/failed/{format}", get(bulk::failed))
        .fallback(leptos_axum::file_and_error_handler_with_context::<
            AppState,
            _,
        >(context, shell))
        .layer(CompressionLayer::new())
        // The stream is never compressed: a compressor would hold events back.
        .route("/events", get(events::stream))
        .route("/codes/export/{name}", get(codes_file::download))
        .route("/suz/stock/{gtin}/{name}", get(stock_export::download))
        .route("/orders/{id}/labels.pdf", get(labels::file))
        .route("/suz/print-runs/{id}/{name}", get(print_runs::labels))
        .layer(from_fn(guard::api))
        .layer(from_fn_with_state(state.clone(), guard::who))
        .layer(from_fn(completion::complete));
    Router::new()
        .merge(pages)
        .nest_service(
            "/pkg",
            Router::new()
                .fallback_service(files)
                .layer(from_fn(site::cache)),
        )
        .nest("/hooks", hooks::router())
        .route("/healthz", get(|| async { "ok" }))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn(headers::secure))
        .with_state(state)
}

/// What every page and server function finds in its context.
fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let (desk, sandbox, plain) = (Arc::clone(&state.desk), state.sandbox, state.plain_http);
    let watcher = site::watcher(&state.options);
    let worker = WorkerScript(site::worker(&state.options).map(Into::into));
    move || {
        provide_context(Arc::clone(&desk));
        provide_context(Sandbox(sandbox));
        provide_context(worker.clone());
        provide_context(PlainHttp(plain));
        let mut path = String::new();
        if let Some(parts) = use_context::<Parts>() {
            provide_context(language::language_of(&parts.headers));
            parts.uri.path().clone_into(&mut path);
        }
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) =
                HeaderValue::from_str(&headers::content_policy(&nonce, watcher, &path))
        {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}
