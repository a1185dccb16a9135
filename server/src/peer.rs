//! The address that a request came from, by which tries are counted.

use axum::extract::{ConnectInfo, Request};
use std::net::{IpAddr, SocketAddr};

/// The peer's address; behind the trusted proxy, the last address that the proxy itself added.
pub(crate) fn peer_of(request: &Request, trusted_proxy: Option<IpAddr>) -> String {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let Some(peer) = peer else {
        return "unknown".to_owned();
    };
    if trusted_proxy == Some(peer)
        && let Some(forwarded) = request.headers().get("x-forwarded-for")
        && let Ok(list) = forwarded.to_str()
        && let Some(last) = list.rsplit(',').next()
        && let Ok(address) = last.trim().parse::<IpAddr>()
    {
        return address.to_string();
    }
    peer.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn request(from: &str, forwarded: &str) -> Request {
        let mut request = Request::builder()
            .header("x-forwarded-for", forwarded)
            .body(Body::empty())
            .unwrap();
        let from: SocketAddr = from.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(from));
        request
    }

    #[test]
    fn only_the_trusted_proxy_is_believed_and_only_for_what_it_added() {
        let proxy = Some("10.0.0.1".parse().unwrap());
        let request = request("10.0.0.1:555", "6.6.6.6, 203.0.113.7");
        assert_eq!(peer_of(&request, proxy), "203.0.113.7");
        assert_eq!(peer_of(&request, None), "10.0.0.1");
    }

    #[test]
    fn a_stranger_cannot_name_another_address() {
        let proxy = Some("10.0.0.1".parse().unwrap());
        assert_eq!(
            peer_of(&request("203.0.113.9:555", "127.0.0.1"), proxy),
            "203.0.113.9"
        );
    }
}
