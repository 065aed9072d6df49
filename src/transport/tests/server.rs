//! A minimal HTTP server on a loopback socket with scripted responses.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use digest_auth::{AuthContext, AuthorizationHeader, HttpMethod};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::base_url::BaseUrl;

pub(super) const PUBLIC_KEY: &str = "zmmrboas";
pub(super) const PRIVATE_KEY: &str = "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e";

/// A received request.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    head: String,
    pub(super) body: String,
}

impl Recorded {
    pub(super) fn method(&self) -> &str {
        self.head.split(' ').next().unwrap()
    }

    pub(super) fn target(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// Returns the nonce count of the digest response.
    pub(super) fn count(&self) -> Option<u32> {
        Some(
            AuthorizationHeader::parse(self.header("authorization")?)
                .unwrap()
                .nc,
        )
    }
}

type Respond = dyn Fn(&Recorded) -> Option<String> + Send + Sync;

pub(super) struct Server {
    pub(super) base_url: BaseUrl,
    requests: Arc<Mutex<Vec<Recorded>>>,
}

impl Server {
    /// Starts a server that sends the response of `respond`, or none.
    pub(super) async fn start(
        respond: impl Fn(&Recorded) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (log, respond): (_, Arc<Respond>) = (Arc::clone(&requests), Arc::new(respond));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&log), Arc::clone(&respond)));
            }
        });
        Self {
            base_url: BaseUrl::parse(&base_url).unwrap(),
            requests,
        }
    }

    /// Starts a server that sends the same response to every request.
    pub(super) async fn always(response: String) -> Self {
        Self::start(move |_| Some(response.clone())).await
    }

    pub(super) fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, log: Arc<Mutex<Vec<Recorded>>>, respond: Arc<Respond>) {
    let mut buffer = Vec::new();
    while let Some(request) = receive(&mut stream, &mut buffer).await {
        log.lock().unwrap().push(request.clone());
        let Some(response) = respond(&request) else {
            return std::future::pending().await;
        };
        stream.write_all(response.as_bytes()).await.unwrap();
        if response.contains("connection: close") {
            return;
        }
    }
}

async fn receive(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Recorded> {
    loop {
        let end = buffer
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .map(|at| at + 4);
        if let Some(end) = end {
            let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
            let mut request = Recorded {
                head,
                body: String::new(),
            };
            let length: usize = request
                .header("content-length")
                .map_or(0, |n| n.parse().unwrap());
            if buffer.len() >= end + length {
                request.body = String::from_utf8(buffer[end..end + length].to_vec()).unwrap();
                buffer.drain(..end + length);
                return Some(request);
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

/// Returns a response with a status, header lines and a body.
pub(super) fn response(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
}

/// Returns a successful response with a document.
pub(super) fn document() -> String {
    response(
        200,
        "content-type: application/vnd.atlas.2024-08-05+json;charset=utf-8\r\n",
        "{\"a\":1}",
    )
}

/// Requires digest authentication and accepts each nonce count once.
#[derive(Default)]
pub(super) struct DigestGuard {
    /// Number of uses of a nonce; 0 is unlimited.
    pub(super) uses: usize,
    generation: usize,
    used: HashSet<u32>,
}

impl DigestGuard {
    /// Returns the 401 for a request with a missing or invalid signature.
    pub(super) fn check(&mut self, request: &Recorded) -> Option<String> {
        let Some(text) = request.header("authorization") else {
            return Some(self.challenge(false));
        };
        let signature = AuthorizationHeader::parse(text).unwrap();
        let mut expected = signature.clone();
        expected.digest(&AuthContext::new_with_method(
            PUBLIC_KEY,
            PRIVATE_KEY,
            request.target(),
            Some(request.body.as_bytes()),
            HttpMethod::from(request.method()),
        ));
        if self.uses > 0 && self.used.len() >= self.uses {
            self.generation += 1;
            self.used.clear();
        }
        let is_valid = signature.uri == request.target() && signature.response == expected.response;
        if is_valid && signature.nonce == self.nonce() && self.used.insert(signature.nc) {
            return None;
        }
        Some(self.challenge(signature.nonce != self.nonce()))
    }

    fn nonce(&self) -> String {
        format!("a/b+{}", self.generation)
    }

    fn challenge(&self, stale: bool) -> String {
        let nonce = self.nonce();
        response(
            401,
            &format!(
                "www-authenticate: Digest realm=\"MMS Public API\", domain=\"\", nonce=\"{nonce}\", \
                 algorithm=MD5, qop=\"auth\", stale={stale}\r\ncontent-type: application/json\r\n"
            ),
            r#"{"error" : 401, "reason" : "Unauthorized", "detail" : "You are not authorized for this resource.", "errorCode" : "UNEXPECTED_ERROR"}"#,
        )
    }
}

/// Starts a server with digest authentication whose nonces have a number of uses.
pub(super) async fn digest_server(uses: usize) -> Server {
    let guard = Mutex::new(DigestGuard {
        uses,
        ..DigestGuard::default()
    });
    Server::start(move |request| {
        Some(
            guard
                .lock()
                .unwrap()
                .check(request)
                .unwrap_or_else(document),
        )
    })
    .await
}
