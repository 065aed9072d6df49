//! Reads bodies up to a maximum size.

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use reqwest::Response;

/// Maximum size that is read of an error response or a discarded body.
const MAX_PREFIX: usize = 1024 * 1024;

/// The reason for an incomplete body.
#[derive(Debug)]
pub(super) enum Incomplete {
    /// The body exceeds the maximum size after decompression.
    TooLarge,
    /// The connection broke, or the body cannot be decompressed.
    Broken(reqwest::Error),
}

/// Reads a document of at most `max` bytes.
///
/// The limit applies while the body is decompressed, which stops decompression bombs.
pub(super) async fn read_document(mut response: Response, max: usize) -> Result<Bytes, Incomplete> {
    let content_length = read_content_length(&response);
    if content_length.is_some_and(|length| length > max) {
        return Err(Incomplete::TooLarge);
    }
    let mut body = BytesMut::with_capacity(content_length.unwrap_or_default().min(MAX_PREFIX));
    while let Some(chunk) = response.chunk().await.map_err(Incomplete::Broken)? {
        if body.len() + chunk.len() > max {
            return Err(Incomplete::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Reads the beginning of a body. A truncated body is not an error.
pub(super) async fn read_prefix(mut response: Response) -> Bytes {
    let mut body = BytesMut::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = MAX_PREFIX - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() == MAX_PREFIX {
            break;
        }
    }
    body.freeze()
}

/// Reads a body until it is complete, or longer than any error document.
pub(super) async fn read_beginning(
    first: Bytes,
    response: &mut Response,
) -> reqwest::Result<Bytes> {
    let mut body = BytesMut::from(first);
    while body.len() < MAX_PREFIX {
        match response.chunk().await? {
            Some(chunk) => body.extend_from_slice(&chunk),
            None => break,
        }
    }
    Ok(body.freeze())
}

fn read_content_length(response: &Response) -> Option<usize> {
    response
        .headers()
        .get(CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}
