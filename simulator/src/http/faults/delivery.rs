//! Delayed, slow and truncated bodies.

use std::io;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use http::HeaderValue;
use http::header::CONTENT_LENGTH;

use crate::http::faults::Delivery;

/// The number of pieces of a slow body.
const PIECE_COUNT: usize = 10;

/// Delays, slows down or truncates a response.
pub(crate) async fn deliver(response: Response, delivery: Delivery) -> Response {
    if !delivery.delay.is_zero() {
        tokio::time::sleep(delivery.delay).await;
    }
    if delivery.cut_after.is_none() && delivery.pause.is_none() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts
        .headers
        .insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    let pause = delivery.pause.unwrap_or_default();
    let pieces = split(&body, delivery);
    Response::from_parts(parts, Body::from_stream(stream_with_pauses(pieces, pause)))
}

fn split(body: &Bytes, delivery: Delivery) -> Vec<io::Result<Bytes>> {
    let end = delivery.cut_after.unwrap_or(body.len()).min(body.len());
    let content = body.slice(..end);
    let size = if delivery.pause.is_some() {
        content.len().div_ceil(PIECE_COUNT)
    } else {
        content.len()
    };
    let mut pieces: Vec<io::Result<Bytes>> = content
        .chunks(size.max(1))
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    if delivery.cut_after.is_some() {
        pieces.push(Err(io::ErrorKind::ConnectionAborted.into()));
    }
    pieces
}

fn stream_with_pauses(
    pieces: Vec<io::Result<Bytes>>,
    pause: Duration,
) -> impl futures_util::Stream<Item = io::Result<Bytes>> {
    stream::unfold(pieces.into_iter(), move |mut pieces| async move {
        let piece = pieces.next()?;
        tokio::time::sleep(pause).await;
        Some((piece, pieces))
    })
}
