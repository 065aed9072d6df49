//! A server that keeps what it is sent, and a client of it.

use std::{
    future::IntoFuture,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, Uri},
};
use tokio::{net::TcpListener, runtime::Runtime};

use super::calls::Sending;
use crate::{AccessToken, Atlas, api::Client};

/// A request as it arrived.
pub(super) struct Recorded {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) body: String,
    headers: HeaderMap,
}

impl Recorded {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

type Kept = Arc<Mutex<Vec<Recorded>>>;

/// The server; it ends with the test.
pub(super) struct Recorder {
    runtime: Runtime,
    kept: Kept,
    atlas: Atlas,
}

impl Recorder {
    pub(super) fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let kept = Kept::default();
        let router = Router::new().fallback(keep).with_state(kept.clone());
        runtime.spawn(axum::serve(listener, router).into_future());
        let atlas = Atlas::builder()
            .with_environment(|_| None)
            .with_credentials(AccessToken::new("token").unwrap())
            .with_base_url(format!("http://{address}"))
            .without_rate_limits()
            .without_retries()
            .build()
            .unwrap();
        Self {
            runtime,
            kept,
            atlas,
        }
    }

    pub(super) fn client(&self) -> &Client {
        self.atlas.api()
    }

    /// Lets the call happen; gives the one request that it made.
    pub(super) fn record(&self, sending: Sending<'_>) -> Recorded {
        self.runtime.block_on(sending).unwrap();
        let mut kept = self.kept.lock().unwrap();
        assert_eq!(kept.len(), 1, "one call is one request");
        kept.remove(0)
    }
}

async fn keep(
    State(kept): State<Kept>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> axum::Json<serde_json::Value> {
    kept.lock().unwrap().push(Recorded {
        method: method.to_string(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        body: String::from_utf8(body.to_vec()).unwrap(),
        headers,
    });
    axum::Json(serde_json::json!({}))
}
