//! What servers do wrong, by name.

use std::io::Write as _;
use std::time::Duration;

use crate::support::raw_server::{Script, Step, answer, cluster, refusal, says};

const JSON: &str = "content-type: application/json\r\n";

/// Always this answer.
pub(super) fn always(reply: impl Into<Vec<u8>>) -> Script {
    vec![says(reply)]
}

/// This on the first connection, a cluster on all others.
pub(super) fn once(steps: Vec<Step>) -> Script {
    vec![steps, says(cluster(false))]
}

/// One answer after the other.
pub(super) fn in_turn(replies: &[String]) -> Script {
    replies.iter().map(|reply| says(reply.as_str())).collect()
}

/// Reads, writes a part of an answer and resets the connection.
pub(super) fn torn(part: &str) -> Vec<Step> {
    vec![
        Step::Read,
        Step::Write(part.into()),
        // a reset overtakes what was written, so the other side gets its turn to read
        Step::Settle,
        Step::Reset,
    ]
}

/// Reads, writes a part of an answer and says nothing any more.
pub(super) fn silent(part: &str) -> Vec<Step> {
    vec![Step::Read, Step::Write(part.into()), Step::Silence]
}

/// An answer that comes in pieces: its headers in less than the patience of a minute, its body in more,
/// but never with so long a pause.
pub(super) fn slow(reply: &str) -> Vec<Step> {
    let (head, body) = reply.split_at(reply.find("\r\n\r\n").unwrap() + 4);
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
    refusal(429, headers, "RATE_LIMITED")
}

pub(super) fn failure(status: u16) -> String {
    refusal(status, "", "UNEXPECTED_ERROR")
}

pub(super) fn page(status: u16) -> String {
    let html = "<html><head><title>502 Bad Gateway</title></head></html>";
    answer(status, "content-type: text/html\r\n", html)
}

pub(super) fn json(body: &str) -> String {
    answer(200, JSON, body)
}

/// A document in chunks, written like this.
pub(super) fn chunked(chunks: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n{JSON}\r\n{chunks}"
    )
}

/// A challenge with this nonce and these further parameters.
pub(super) fn challenge(nonce: &str, more: &str) -> String {
    let header = format!(
        "www-authenticate: Digest realm=\"MMS Public API\", nonce=\"{nonce}\", qop=\"auth\"{more}\r\n"
    );
    refusal(401, &header, "UNEXPECTED_ERROR")
}

/// A cluster with this many bytes of headers more.
pub(super) fn with_headers(count: usize, length: usize) -> String {
    let header = format!("x-filler: {}\r\n", "a".repeat(length));
    answer(
        200,
        &format!("{JSON}{}", header.repeat(count)),
        "{\"name\":\"demo\"}",
    )
}

/// Compressed data whose contents are this many mebibytes of white space and a document.
pub(super) fn bomb(mebibytes: usize) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let filler = vec![b' '; 1024 * 1024];
    for _ in 0..mebibytes {
        packer.write_all(&filler).unwrap();
    }
    packer.write_all(b"{\"name\":\"demo\"}").unwrap();
    let body = packer.finish().unwrap();
    let mut reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\nconnection: close\r\n{JSON}\r\n",
        body.len()
    )
    .into_bytes();
    reply.extend(body);
    reply
}
