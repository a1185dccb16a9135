//! Where the next page of a list begins.

use serde::Deserialize;

/// `ForwardScrollingPagerDTO`.
#[derive(Deserialize)]
pub(crate) struct Paging {
    #[serde(rename = "nextPageToken")]
    next_page_token: Option<String>,
}

/// The token of the next page; none on the last one, which may say so by an empty token too.
pub(crate) fn next(paging: Option<Paging>) -> Option<String> {
    paging
        .and_then(|paging| paging.next_page_token)
        .filter(|next| !next.is_empty())
}
