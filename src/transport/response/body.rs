//! Bodies, read only so far.

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use reqwest::Response;

/// The maximum size of a document after decompression.
const DOCUMENT: usize = 64 * 1024 * 1024;
/// The maximum number of bytes read from the body of an error, or from a body that is discarded.
const BEGINNING: usize = 1024 * 1024;

/// Why there is no whole body.
#[derive(Debug)]
pub(super) enum Incomplete {
    /// It is larger than anything that Atlas answers, at least once it is unpacked.
    TooLarge,
    /// It did not come whole.
    Broken(reqwest::Error),
}

/// A document as a whole, if it is not larger than 64 MiB.
///
/// It is counted as it is unpacked, so that a small answer cannot grow without end.
pub(super) async fn document(mut response: Response) -> Result<Bytes, Incomplete> {
    let announced = announced(&response);
    if announced.is_some_and(|length| length > DOCUMENT) {
        return Err(Incomplete::TooLarge);
    }
    let mut body = BytesMut::with_capacity(announced.unwrap_or_default().min(BEGINNING));
    while let Some(chunk) = response.chunk().await.map_err(Incomplete::Broken)? {
        if body.len() + chunk.len() > DOCUMENT {
            return Err(Incomplete::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The beginning of a body; one that breaks off counts as far as it came.
pub(super) async fn beginning(mut response: Response) -> Bytes {
    let mut body = BytesMut::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = BEGINNING - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() == BEGINNING {
            break;
        }
    }
    body.freeze()
}

fn announced(response: &Response) -> Option<usize> {
    response
        .headers()
        .get(CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}
