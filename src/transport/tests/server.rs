//! A server of a few lines on a loopback socket, which says exactly what a test wants said.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use digest_auth::{AuthContext, AuthorizationHeader, HttpMethod};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::base_url::BaseUrl;

pub(super) const PUBLIC: &str = "zmmrboas";
pub(super) const PRIVATE: &str = "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e";

/// A request as it came in.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    head: String,
    pub(super) body: String,
}

impl Seen {
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

    /// The counter of the digest answer.
    pub(super) fn count(&self) -> Option<u32> {
        Some(
            AuthorizationHeader::parse(self.header("authorization")?)
                .unwrap()
                .nc,
        )
    }
}

type Reply = dyn Fn(&Seen) -> Option<String> + Send + Sync;

pub(super) struct Server {
    pub(super) base_url: BaseUrl,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Answers every request with what `reply` makes of it, or keeps silent.
    pub(super) async fn start(
        reply: impl Fn(&Seen) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, reply): (_, Arc<Reply>) = (Arc::clone(&seen), Arc::new(reply));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&log), Arc::clone(&reply)));
            }
        });
        Self {
            base_url: BaseUrl::parse(&base_url).unwrap(),
            seen,
        }
    }

    /// Answers every request the same.
    pub(super) async fn always(reply: String) -> Self {
        Self::start(move |_| Some(reply.clone())).await
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, log: Arc<Mutex<Vec<Seen>>>, reply: Arc<Reply>) {
    let mut buffer = Vec::new();
    while let Some(seen) = receive(&mut stream, &mut buffer).await {
        log.lock().unwrap().push(seen.clone());
        let Some(answer) = reply(&seen) else {
            return std::future::pending().await;
        };
        stream.write_all(answer.as_bytes()).await.unwrap();
        if answer.contains("connection: close") {
            return;
        }
    }
}

async fn receive(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Seen> {
    loop {
        let end = buffer
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .map(|at| at + 4);
        if let Some(end) = end {
            let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
            let mut seen = Seen {
                head,
                body: String::new(),
            };
            let length: usize = seen
                .header("content-length")
                .map_or(0, |n| n.parse().unwrap());
            if buffer.len() >= end + length {
                seen.body = String::from_utf8(buffer[end..end + length].to_vec()).unwrap();
                buffer.drain(..end + length);
                return Some(seen);
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

/// An answer of this status, these header lines and this body.
pub(super) fn answer(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
}

/// A success that holds a document.
pub(super) fn document() -> String {
    answer(
        200,
        "content-type: application/vnd.atlas.2024-08-05+json;charset=utf-8\r\n",
        "{\"a\":1}",
    )
}

/// Wants a digest answer, the counter of which may be used once.
#[derive(Default)]
pub(super) struct Guard {
    /// How often a challenge may be answered before another is due; 0 is for ever.
    pub(super) uses: usize,
    generation: usize,
    used: HashSet<u32>,
}

impl Guard {
    /// A 401 for a request that is not let in.
    pub(super) fn refusal(&mut self, seen: &Seen) -> Option<String> {
        let Some(text) = seen.header("authorization") else {
            return Some(self.challenge(false));
        };
        let given = AuthorizationHeader::parse(text).unwrap();
        let mut expected = given.clone();
        expected.digest(&AuthContext::new_with_method(
            PUBLIC,
            PRIVATE,
            seen.target(),
            Some(seen.body.as_bytes()),
            HttpMethod::from(seen.method()),
        ));
        if self.uses > 0 && self.used.len() >= self.uses {
            self.generation += 1;
            self.used.clear();
        }
        let right = given.uri == seen.target() && given.response == expected.response;
        if right && given.nonce == self.nonce() && self.used.insert(given.nc) {
            return None;
        }
        Some(self.challenge(given.nonce != self.nonce()))
    }

    fn nonce(&self) -> String {
        format!("a/b+{}", self.generation)
    }

    fn challenge(&self, stale: bool) -> String {
        let nonce = self.nonce();
        answer(
            401,
            &format!(
                "www-authenticate: Digest realm=\"MMS Public API\", domain=\"\", nonce=\"{nonce}\", \
                 algorithm=MD5, qop=\"auth\", stale={stale}\r\ncontent-type: application/json\r\n"
            ),
            r#"{"error" : 401, "reason" : "Unauthorized", "detail" : "You are not authorized for this resource.", "errorCode" : "UNEXPECTED_ERROR"}"#,
        )
    }
}

/// A server behind digest, whose challenges may be answered that often.
pub(super) async fn guarded(uses: usize) -> Server {
    let guard = Mutex::new(Guard {
        uses,
        ..Guard::default()
    });
    Server::start(move |seen| Some(guard.lock().unwrap().refusal(seen).unwrap_or_else(document)))
        .await
}
