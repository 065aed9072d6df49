//! A server that records requests, with a client.

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

/// A recorded request.
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

type Requests = Arc<Mutex<Vec<Recorded>>>;

/// The server and its client. Dropping it stops the server.
pub(super) struct Recorder {
    runtime: Runtime,
    requests: Requests,
    atlas: Atlas,
}

impl Recorder {
    pub(super) fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Requests::default();
        let router = Router::new().fallback(record).with_state(requests.clone());
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
            requests,
            atlas,
        }
    }

    pub(super) fn client(&self) -> &Client {
        self.atlas.api()
    }

    /// Runs the call and returns its only request.
    pub(super) fn record(&self, sending: Sending<'_>) -> Recorded {
        self.runtime.block_on(sending).unwrap();
        let mut requests = self.requests.lock().unwrap();
        assert_eq!(requests.len(), 1, "one call is one request");
        requests.remove(0)
    }
}

async fn record(
    State(requests): State<Requests>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> axum::Json<serde_json::Value> {
    requests.lock().unwrap().push(Recorded {
        method: method.to_string(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        body: String::from_utf8(body.to_vec()).unwrap(),
        headers,
    });
    axum::Json(serde_json::json!({}))
}
