//! What somebody began is finished, whether or not they wait for the answer.
//!
//! Without this a browser that leaves the page stops the work behind it: the connection closes, and the handler is
//! dropped where it stands. Nothing would be half done, but the person who pressed “Connect” and went on would find
//! nothing done at all.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;

/// Runs a request that changes something to its end.
pub(crate) async fn complete(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The program is stopping.
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, middleware::from_fn, routing::any};
    use http::Method;
    use std::sync::Arc;
    use tokio::sync::{Semaphore, mpsc};
    use tower::ServiceExt as _;

    /// Asks, leaves once the handler has begun, then lets it go on; tells whether it came to its end.
    async fn finished_alone(method: Method) -> bool {
        let gate = Arc::new(Semaphore::new(0));
        let (steps, mut step) = mpsc::unbounded_channel();
        let handler = {
            let gate = Arc::clone(&gate);
            move || async move {
                steps.send("begun").unwrap();
                let _open = gate.acquire().await.unwrap();
                steps.send("finished").unwrap();
            }
        };
        let router = Router::new()
            .route("/", any(handler))
            .layer(from_fn(complete));
        let request = Request::builder()
            .method(method)
            .body(Body::empty())
            .unwrap();
        let caller = tokio::spawn(router.oneshot(request));
        assert_eq!(step.recv().await, Some("begun"));
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
        gate.add_permits(1);
        step.recv().await == Some("finished")
    }

    #[tokio::test]
    async fn a_change_is_finished_without_its_caller() {
        assert!(finished_alone(Method::POST).await);
    }

    #[tokio::test]
    async fn a_reading_ends_with_its_reader() {
        assert!(!finished_alone(Method::GET).await);
    }
}
