//! Error documents with the status and the content type of a file.

use bytes::BytesMut;
use futures_util::{StreamExt, stream};
use http::HeaderMap;
use serde_json::{Map, Value};

use super::Download;
use crate::{
    error::{Error, Result},
    transport::ByteStream,
};

/// Maximum size of an error document.
const MAX_SIZE: usize = 64 * 1024;

impl Download {
    /// Returns the download, unless its body is an error document of Atlas.
    pub(crate) async fn reject_error_document(mut self, method: &str, path: &str) -> Result<Self> {
        let Some(first) = self.chunks.try_next().await? else {
            return Ok(self);
        };
        let mut start = BytesMut::from(first);
        if start.trim_ascii_start().starts_with(b"{") {
            while start.len() < MAX_SIZE
                && let Some(chunk) = self.chunks.try_next().await?
            {
                start.extend_from_slice(&chunk);
            }
            if let Some(status) = error_status(&start) {
                let request = Some((method, path));
                return Err(Error::from_response(
                    status,
                    request,
                    &HeaderMap::new(),
                    &start,
                ));
            }
        }
        let start = stream::iter([Ok(start.freeze())]);
        self.chunks = ByteStream::new(start.chain(self.chunks));
        Ok(self)
    }
}

/// Returns the status in an error document; `None` for other contents.
fn error_status(body: &[u8]) -> Option<u16> {
    let document: Map<String, Value> = serde_json::from_slice(body).ok()?;
    let status = document.get("error")?.as_u64()?.try_into().ok()?;
    (document.contains_key("errorCode") || document.contains_key("reason")).then_some(status)
}
