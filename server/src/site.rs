//! The built site: where it lies and how its files are cached.

use crate::settings::Settings;
use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderValue, StatusCode, header};
use leptos::config::{LeptosOptions, get_configuration};
use std::path::PathBuf;

/// The options of the page's shell. Under `cargo leptos watch` they come from its environment, else from where the
/// program lies, so that an unpacked release runs without settings.
pub(crate) fn options(settings: &Settings) -> LeptosOptions {
    if is_watched()
        && let Ok(configuration) = get_configuration(None)
    {
        return configuration.leptos_options;
    }
    let root = settings
        .site_root
        .clone()
        .or_else(beside_the_program)
        .unwrap_or_else(|| "target/site".into());
    LeptosOptions::builder()
        .output_name("metka")
        .site_root(root.to_string_lossy().into_owned())
        .site_addr(settings.addr)
        .env(leptos::config::Env::PROD)
        .hash_files(names_carry_hashes())
        .build()
}

/// Whether a watcher (`cargo leptos watch`) started the program.
fn is_watched() -> bool {
    std::env::var_os("LEPTOS_WATCH").is_some()
}

/// The port where the page hears that it shall reload itself.
pub(crate) fn watcher(options: &LeptosOptions) -> Option<u32> {
    is_watched().then(|| options.reload_external_port.unwrap_or(options.reload_port))
}

/// Pages work as forms without the built site, but look like nothing; whoever starts the bare program is told why.
pub(crate) fn warn_if_missing(settings: &Settings) {
    let options = options(settings);
    let pkg = PathBuf::from(options.site_root.as_ref()).join(options.site_pkg_dir.as_ref());
    if !pkg.is_dir() {
        tracing::warn!(
            "no built site in {}: pages have no style and no script; `make run` builds it, or set LEPTOS_SITE_ROOT",
            pkg.display()
        );
    }
}

fn beside_the_program() -> Option<PathBuf> {
    let site = std::env::current_exe().ok()?.parent()?.join("site");
    site.is_dir().then_some(site)
}

/// Whether the build left its list of hashes beside the program, where `HydrationScripts` looks for it. It is not
/// there before the site is built, and pages must be drawn then too.
fn names_carry_hashes() -> bool {
    list_of_hashes().is_some_and(|list| list.is_file())
}

fn list_of_hashes() -> Option<PathBuf> {
    let list = LeptosOptions::builder()
        .output_name("metka")
        .build()
        .hash_file;
    let program = std::env::current_exe().ok()?;
    Some(program.parent()?.join(list.as_ref()))
}

/// The address of the script that checks long lists beside the page; the build puts its hash into the list of hashes.
/// Without it the page does that work by itself.
pub(crate) fn worker(options: &LeptosOptions) -> Option<String> {
    let list = std::fs::read_to_string(list_of_hashes()?).ok()?;
    let hash = list.lines().find_map(|line| line.strip_prefix("worker:"))?;
    Some(format!(
        "/{}/worker.{}.js",
        options.site_pkg_dir,
        hash.trim()
    ))
}

/// Files with a hash in their name never change; the others are asked for anew each time, which costs a 304.
pub(crate) async fn cache(request: Request, next: Next) -> Response {
    let hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let fine = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let value = if hashed && fine {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    response
}

/// `metka.<22 characters of a hash>.js` and the like.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let parts: Vec<&str> = name.split('.').collect();
    matches!(parts.as_slice(), [_, hash, _] if hash.len() >= 16 && hash.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn a_hashed_name_is_told_from_a_plain_one() {
        assert!(is_hashed("/pkg/metka.5QIb8LKw0tG0g9FMHIgKUg.wasm"));
        assert!(!is_hashed("/pkg/metka.wasm"));
        assert!(!is_hashed("/pkg/metka.min.js"));
    }
}
