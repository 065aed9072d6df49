//! Calls of any operation, with JSON bodies.

mod download;

use http::{HeaderMap, header::DATE};
use jiff::Timestamp;
use serde_json::value::RawValue;

use crate::pythonic::{
    client::Atlas,
    paging::{
        page::{Page, PageRequest, read_page},
        pager::Pager,
    },
    responses::document::Document,
};
use crate::{
    api,
    error::{Error, ErrorKind, Result},
    operations::{Operation, ResponseKind},
    request::{self, Call},
};

/// A successful response.
#[derive(Clone, Debug)]
pub struct Response {
    status: u16,
    date: Option<Timestamp>,
    document: Option<Document>,
}

impl Response {
    /// Returns the HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the time of the server from the header `Date`; `None` if missing or malformed.
    pub fn date(&self) -> Option<Timestamp> {
        self.date
    }

    /// Returns the JSON document exactly as Atlas sent it, or `None` if the operation returns nothing.
    pub fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }
}

/// Parses the header `Date`.
fn parse_date(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get(DATE)?.to_str().ok()?;
    let parser = jiff::fmt::rfc2822::DateTimeParser::new();
    parser.parse_timestamp(date.trim()).ok()
}

impl Atlas {
    /// Creates a call of the operation with this id, such as `getGroupCluster`.
    ///
    /// Every stable operation can be called, independently of the enabled cargo features.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the operation is unknown; the
    /// hint suggests similar ids.
    ///
    /// ```
    /// # fn main() -> mongodbatlas::Result<()> {
    /// # let key = mongodbatlas::ApiKey::new("zmmrboas", "7ac3d6b1-52f0")?;
    /// # let atlas = mongodbatlas::Atlas::builder().with_api_key(key).build()?;
    /// let error = atlas.call("getGroupClusters").unwrap_err();
    ///
    /// assert_eq!(error.to_string(), "unknown operation `getGroupClusters`");
    /// assert!(error.hint().unwrap().contains("`getGroupCluster`"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn call(&self, operation_id: &str) -> Result<Call> {
        Call::by_id(self.api().transport(), operation_id)
    }

    /// Creates a call of an operation from its constant.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// use mongodbatlas::operation;
    ///
    /// let mut projects = atlas.operation(operation::LIST_GROUPS).items()?;
    /// while let Some(project) = projects.try_next().await? {
    ///     println!("{}", project.to_value()["name"]);
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn operation(&self, operation: &'static Operation) -> Call {
        Call::new(self.api().transport(), operation)
    }
}

impl Call {
    /// Sends the request and reads the response.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if a parameter is unknown or missing
    /// or the operation returns a file, or any [request error](Error).
    pub async fn send(&self) -> Result<Response> {
        if self.operation().response_kind == ResponseKind::Bytes {
            let message = format!("`{}` returns a file", self.operation().id);
            return Err(
                Error::new(ErrorKind::InvalidInput, message).with_hint("use `Call::download`")
            );
        }
        let received = request::send(self).await?;
        api::check_fallback(self.operation(), &received)?;
        let document = match self.operation().response_kind {
            ResponseKind::Json => Some(Document::new(received.json_text()?)),
            _ => None,
        };
        Ok(Response {
            status: received.status.as_u16(),
            date: parse_date(&received.headers),
            document,
        })
    }

    /// Returns the items of a list. Does not send a request before the first item is read.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if the operation is not paginated.
    /// The pager returns the errors of the requests.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let mut projects = atlas.call("listGroups")?.items()?;
    /// while let Some(project) = projects.try_next().await? {
    ///     println!("{}", project.to_value()["name"]);
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn items(self) -> Result<Pager<Document>> {
        if !self.operation().paged {
            let message = format!("`{}` is not paginated", self.operation().id);
            return Err(Error::new(ErrorKind::InvalidInput, message).with_hint("use `Call::send`"));
        }
        self.check()?;
        Ok(Pager::new(move |page| {
            let call = self.clone();
            async move { call.page(page).await }
        }))
    }

    async fn page(self, page: PageRequest) -> Result<Page<Document>> {
        let operation = self.operation();
        let call = page.apply(self);
        let received = request::send(&call).await?;
        api::check_fallback(operation, &received)?;
        read_page(page, &received, |documents: Vec<&RawValue>| {
            Ok(documents.into_iter().map(Document::new).collect())
        })
    }
}
