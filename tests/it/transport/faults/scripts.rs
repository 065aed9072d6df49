//! Scripts of faulty servers.

use std::io::Write as _;
use std::time::Duration;

use crate::support::raw_server::{Script, Step, cluster, error_response, respond_with, response};

const JSON_HEADER: &str = "content-type: application/json\r\n";

/// Sends the same response to every request.
pub(super) fn always(response: impl Into<Vec<u8>>) -> Script {
    vec![respond_with(response)]
}

/// Runs steps on the first connection, and sends a cluster on all others.
pub(super) fn once(steps: Vec<Step>) -> Script {
    vec![steps, respond_with(cluster(false))]
}

/// Sends one response after the other.
pub(super) fn sequence(responses: &[String]) -> Script {
    responses
        .iter()
        .map(|response| respond_with(response.as_str()))
        .collect()
}

/// Reads a request, writes a part of a response and resets the connection.
pub(super) fn reset_after(part: &str) -> Vec<Step> {
    vec![
        Step::Read,
        Step::Write(part.into()),
        // a reset discards unread data, so the client reads first
        Step::Deliver,
        Step::Reset,
    ]
}

/// Reads a request, writes a part of a response and stops.
pub(super) fn stall_after(part: &str) -> Vec<Step> {
    vec![Step::Read, Step::Write(part.into()), Step::Silence]
}

/// Sends a response in pieces: the body takes longer than the idle timeout of a minute, each pause less.
pub(super) fn slow(response: &str) -> Vec<Step> {
    let (head, body) = response.split_at(response.find("\r\n\r\n").unwrap() + 4);
    let mut steps = vec![Step::Read];
    for (part, pause) in [(head, 10), (body, 40)] {
        for piece in part.as_bytes().chunks(part.len() / 4 + 1) {
            steps.push(Step::Write(piece.to_vec()));
            steps.push(Step::Wait(Duration::from_secs(pause)));
        }
    }
    steps
}

pub(super) fn busy(headers: &str) -> String {
    error_response(429, headers, "RATE_LIMITED")
}

pub(super) fn failure(status: u16) -> String {
    error_response(status, "", "UNEXPECTED_ERROR")
}

pub(super) fn page(status: u16) -> String {
    let html = "<html><head><title>502 Bad Gateway</title></head></html>";
    response(status, "content-type: text/html\r\n", html)
}

pub(super) fn json(body: &str) -> String {
    response(200, JSON_HEADER, body)
}

/// Returns a chunked response.
pub(super) fn chunked(chunks: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n{JSON_HEADER}\r\n{chunks}"
    )
}

/// Returns a challenge with a nonce and further parameters.
pub(super) fn challenge(nonce: &str, more: &str) -> String {
    let header = format!(
        "www-authenticate: Digest realm=\"MMS Public API\", nonce=\"{nonce}\", qop=\"auth\"{more}\r\n"
    );
    error_response(401, &header, "UNEXPECTED_ERROR")
}

/// Returns a cluster with `count` additional headers.
pub(super) fn with_headers(count: usize, length: usize) -> String {
    let header = format!("x-filler: {}\r\n", "a".repeat(length));
    response(
        200,
        &format!("{JSON_HEADER}{}", header.repeat(count)),
        "{\"name\":\"demo\"}",
    )
}

/// Returns a compressed response with mebibytes of white space and a document.
pub(super) fn bomb(mebibytes: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let filler = vec![b' '; 1024 * 1024];
    for _ in 0..mebibytes {
        encoder.write_all(&filler).unwrap();
    }
    encoder.write_all(b"{\"name\":\"demo\"}").unwrap();
    let body = encoder.finish().unwrap();
    let mut response = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\nconnection: close\r\n{JSON_HEADER}\r\n",
        body.len()
    )
    .into_bytes();
    response.extend(body);
    response
}
