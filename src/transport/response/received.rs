//! The response type of the transport.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::Error;
use crate::transport::byte_stream::ByteStream;
use crate::transport::versions::VersionFallback;

/// A successful response and its request.
pub(crate) struct Received {
    /// The HTTP method of the request.
    pub(crate) method: String,
    /// The path of the request, without its query.
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    /// The response headers, without those about the encoding of the body.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// Set if the response is in another version than the preferred one.
    pub(crate) fallback: Option<VersionFallback>,
}

impl fmt::Debug for Received {
    /// Writes the length of the body, which can contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("status", &self.status)
            .field("body_length", &self.bytes().len())
            .finish_non_exhaustive()
    }
}

/// The body of a response.
pub(crate) enum Body {
    /// The whole body, decompressed; empty for operations that return nothing.
    Bytes(Bytes),
    /// A file, as a stream.
    Stream(ByteStream),
}

impl Received {
    /// Returns the body of a response that is not a file.
    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.body {
            Body::Bytes(bytes) => bytes,
            Body::Stream(_) => &[],
        }
    }

    /// Returns the body as a stream, which has at most one item if the response is not a file.
    pub(crate) fn into_stream(self) -> ByteStream {
        match self.body {
            Body::Stream(stream) => stream,
            Body::Bytes(bytes) => {
                let bytes = (!bytes.is_empty()).then_some(Ok(bytes));
                ByteStream::new(futures_util::stream::iter(bytes))
            }
        }
    }

    /// Adds the request, the status and a version fallback to an error about this response.
    pub(crate) fn describe(&self, error: Error) -> Error {
        if error.path().is_some() {
            return error;
        }
        error
            .with_versions(self.fallback.map(VersionFallback::dates))
            .with_request(&self.method, &self.path)
            .with_status(self.status.as_u16())
    }
}
