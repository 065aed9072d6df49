//! A server that sends scripted bytes, valid HTTP or not.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mongodbatlas::{Atlas, Builder, ClusterHandle};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use crate::support::builder_with;
use crate::support::clock;

/// A private key. The server does not check it.
pub(crate) const PRIVATE_KEY: &str = "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e";

/// A step of a scripted connection.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Reads a complete request.
    Read,
    /// Writes bytes.
    Write(Vec<u8>),
    /// Delivers written data.
    Deliver,
    /// Waits, on a paused clock.
    Wait(Duration),
    /// Resets the connection.
    Reset,
    /// Keeps the connection open without writing, and advances the paused clock.
    Silence,
}

/// The steps of each connection, in order. The last one repeats.
pub(crate) type Script = Vec<Vec<Step>>;

/// A received request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) head: String,
}

impl Request {
    pub(crate) fn method(&self) -> &str {
        self.head.split(' ').next().unwrap_or_default()
    }

    pub(crate) fn target(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }
}

pub(crate) struct RawServer {
    address: SocketAddr,
    requests: Log,
    task: AbortHandle,
}

impl Drop for RawServer {
    /// Stops the server and its connections, which advance the clock.
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The requests of all connections.
type Log = Arc<Mutex<Vec<Request>>>;

impl RawServer {
    pub(crate) async fn start(script: Script) -> Self {
        Self::listen(listener().await, script)
    }

    /// Serves the connections of a listener.
    pub(crate) fn listen(listener: TcpListener, script: Script) -> Self {
        let mut number = 0;
        Self::serve(listener, move |stream, log| {
            let steps = script[number.min(script.len() - 1)].clone();
            number += 1;
            run(stream, steps, log)
        })
    }

    /// Starts a server that responds to each request with the result of `respond`.
    pub(crate) async fn responding(
        respond: impl Fn(&Request) -> String + Send + Sync + 'static,
    ) -> Self {
        let respond = Arc::new(respond);
        Self::serve(listener().await, move |mut stream, log| {
            let respond = Arc::clone(&respond);
            async move {
                let mut buffer = Vec::new();
                while let Some(request) = receive(&mut stream, &mut buffer).await {
                    let response = respond(&request);
                    log.lock().unwrap().push(request);
                    stream.write_all(response.as_bytes()).await.unwrap();
                }
            }
        })
    }

    /// Runs `connection` for each accepted connection.
    fn serve<F>(
        listener: TcpListener,
        mut connection: impl FnMut(TcpStream, Log) -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let address = listener.local_addr().unwrap();
        let requests = Log::default();
        let log = Arc::clone(&requests);
        let mut connections = JoinSet::new();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(connection(stream, Arc::clone(&log)));
            }
        });
        Self {
            address,
            requests,
            task: task.abort_handle(),
        }
    }

    /// Returns a builder for clients of this server, without the process environment.
    pub(crate) fn builder(&self) -> Builder {
        builder_with(&[
            ("ATLAS_PUBLIC_KEY", "zmmrboas"),
            ("ATLAS_PRIVATE_KEY", PRIVATE_KEY),
            ("ATLAS_BASE_URL", &self.url()),
        ])
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn atlas(&self) -> Atlas {
        self.builder().build().unwrap()
    }

    /// Returns the handle of a cluster of this server.
    pub(crate) fn cluster(&self) -> ClusterHandle {
        let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();
        self.atlas().cluster(&project, "demo")
    }

    /// Returns the complete requests.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

async fn run(mut stream: TcpStream, steps: Vec<Step>, log: Log) {
    let mut buffer = Vec::new();
    for step in steps {
        match step {
            Step::Read => match receive(&mut stream, &mut buffer).await {
                Some(request) => log.lock().unwrap().push(request),
                None => return,
            },
            // the client may have closed the connection
            Step::Write(bytes) => drop(stream.write_all(&bytes).await),
            Step::Deliver => clock::deliver().await,
            Step::Wait(time) => clock::advance(time).await,
            Step::Reset => {
                stream.set_zero_linger().unwrap();
                return;
            }
            Step::Silence => {
                let mut ignored = tokio::io::sink();
                tokio::select! {
                    () = clock::advance_forever(Duration::from_secs(1)) => {}
                    _ = tokio::io::copy(&mut stream, &mut ignored) => {}
                }
                return;
            }
        }
    }
    // an orderly shutdown delivers written data
    drop(stream.shutdown().await);
    drop(tokio::io::copy(&mut stream, &mut tokio::io::sink()).await);
}

async fn receive(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Request> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                let is_length = name.eq_ignore_ascii_case("content-length");
                is_length.then(|| value.trim().parse::<usize>().unwrap())
            });
            let whole = end + 4 + length.unwrap_or_default();
            if buffer.len() >= whole {
                buffer.drain(..whole);
                return Some(Request { head });
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

/// Reads a request, writes a response and closes the connection.
pub(crate) fn respond_with(response: impl Into<Vec<u8>>) -> Vec<Step> {
    vec![Step::Read, Step::Write(response.into())]
}

/// Formats a response.
pub(crate) fn response(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
    )
}

/// Formats an error response of Atlas.
pub(crate) fn error_response(status: u16, headers: &str, code: &str) -> String {
    let body = format!(r#"{{"error":{status},"errorCode":"{code}","detail":"No.","reason":"No"}}"#);
    response(
        status,
        &format!("content-type: application/json\r\n{headers}"),
        &body,
    )
}

/// Formats a successful response with a cluster.
pub(crate) fn cluster(paused: bool) -> String {
    let state = if paused { "UPDATING" } else { "IDLE" };
    let body = format!(r#"{{"name":"demo","paused":{paused},"stateName":"{state}"}}"#);
    response(
        200,
        "content-type: application/vnd.atlas.2024-10-23+json\r\n",
        &body,
    )
}
