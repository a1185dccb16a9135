//! The accept loop: HTTP/1.1 that can also hang up.

use std::{convert::Infallible, time::Duration};

use axum::{Router, body::Body, http::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use thiserror::Error;
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use crate::exchange::HangUp;

/// How long connections may take to end after the shutdown has begun.
const GRACE: Duration = Duration::from_secs(1);

/// The reason given to hyper for closing a connection without an answer.
#[derive(Debug, Error)]
#[error("the sandbox hung up on purpose")]
struct HungUp;

/// Serves a router until `shutdown` is ready.
pub(crate) async fn serve(
    router: Router,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) {
    let (closing, closed) = watch::channel(false);
    let mut connections = JoinSet::new();
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                connections.spawn(connection(router.clone(), stream, closed.clone()));
            }
            Err(error) => {
                // Out of descriptors, or a caller that went away: without a pause this would spin.
                tracing::warn!(%error, "the sandbox could not take a connection");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    closing.send_replace(true);
    let ended = tokio::time::timeout(GRACE, async {
        while connections.join_next().await.is_some() {}
    });
    if ended.await.is_err() {
        connections.shutdown().await;
    }
}

async fn connection(
    router: Router,
    stream: tokio::net::TcpStream,
    mut closed: watch::Receiver<bool>,
) {
    let service = service_fn(move |request: Request<Incoming>| answer(router.clone(), request));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(served);
    // An error means that the server is gone altogether, which is a reason to close as well.
    let closing = async { closed.wait_for(|closed| *closed).await.is_ok() };
    let result = tokio::select! {
        result = served.as_mut() => result,
        _ = closing => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection of the sandbox ended early");
    }
}

/// Asks the router; an answer marked to be withheld becomes an error, on which hyper closes the connection without a byte.
async fn answer(router: Router, request: Request<Incoming>) -> Result<Response, HungUp> {
    let service = TowerToHyperService::new(router);
    let answered: Result<Response<Body>, Infallible> =
        hyper::service::Service::call(&service, request.map(Body::new)).await;
    match answered {
        Ok(response) if response.extensions().get::<HangUp>().is_some() => Err(HungUp),
        Ok(response) => Ok(response),
        Err(never) => match never {},
    }
}
