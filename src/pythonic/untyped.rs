//! Any operation, named by its id, with JSON in and out and no generated code behind it.

mod download;

use std::fmt;

use http::Method;
use reqwest::{Request, Response};
use serde_json::{Value, value::RawValue};

use super::{
    Atlas,
    answer::{raw, with_request},
    document::Document,
    page::{PageRequest, page_of},
    pager::Pager,
};
use crate::{
    api::Client,
    error::{Error, ErrorKind, Result},
    operations::{Answer, Location, Operation, Parameter},
    request::nearest,
    transport::{
        capture::{self, Captured},
        encode_path,
    },
};

/// A call of any stable operation, named by its id in the Atlas document.
///
/// Made by [`Atlas::call`]. What is given is checked against the operations table before anything is
/// sent: unknown parameters are refused with the nearest known ones, missing ones are named.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let project = atlas.find_project("Storefront").await?;
/// let call = atlas
///     .call("getGroupCluster")?
///     .with("groupId", project.id())
///     .with("clusterName", "shop-staging");
/// let reply = call.send().await?;
/// assert_eq!(reply.status(), 200);
/// println!("{}", reply.document().map_or("nothing", |document| document.as_str()));
///
/// let mut projects = atlas.call("listGroups")?.items()?;
/// while let Some(project) = projects.try_next().await? {
///     println!("{}", project.to_value()["name"]);
/// }
///
/// // what is no JSON is written as it comes
/// let invoice = atlas.this_organization().await?.handle().id().clone();
/// # let invoices = atlas.call("listOrgInvoices")?.with("orgId", &invoice).items()?.collect().await?;
/// # let id = invoices[0].to_value()["id"].as_str().unwrap_or_default().to_owned();
/// let mut csv = Vec::new();
/// let download = atlas.call("getOrgInvoiceCsv")?.with("orgId", invoice).with("invoiceId", id);
/// let bytes = download.download(&mut csv).await?;
/// assert_eq!(bytes, csv.len() as u64);
/// # Ok(()) }) }
/// ```
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call<C = Atlas> {
    pub(crate) atlas: C,
    operation: &'static Operation,
    parameters: Vec<(String, String)>,
    body: Option<Value>,
}

/// What an operation answered.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    document: Option<Document>,
}

impl Reply {
    /// The HTTP status, which is a success.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Exactly what the server sent; none for operations that answer with nothing.
    pub fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }
}

impl<C> Call<C> {
    pub(crate) fn new(atlas: C, operation_id: &str) -> Result<Self> {
        let operation = Operation::by_id(operation_id).ok_or_else(|| unknown(operation_id))?;
        Ok(Self {
            atlas,
            operation,
            parameters: Vec::new(),
            body: None,
        })
    }

    /// The operation that will be called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Gives a parameter of the path, the query or the headers; the operation knows which.
    ///
    /// A query parameter that takes several values is given once for each.
    pub fn with(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.parameters.push((name.into(), value.to_string()));
        self
    }

    /// Gives the body; it is sent as it is, so that an explicit null clears a field.
    pub fn with_body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// What was given as the body.
    pub(crate) fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// Changes who makes the call.
    pub(crate) fn with_client<D>(self, atlas: D) -> Call<D> {
        Call {
            atlas,
            operation: self.operation,
            parameters: self.parameters,
            body: self.body,
        }
    }

    /// The value that was given last for a parameter.
    fn value(&self, name: &str) -> Option<&str> {
        let given = self
            .parameters
            .iter()
            .rev()
            .find(|(known, _)| known == name);
        given.map(|(_, value)| value.as_str())
    }

    /// Refuses what the operation does not take, and misses what it needs.
    fn check(&self) -> Result<()> {
        let known = self.operation.parameters;
        for (name, _) in &self.parameters {
            if known.iter().all(|parameter| parameter.name != name) {
                let message = format!("`{}` has no parameter `{name}`", self.operation.id);
                let names = known.iter().map(|parameter| parameter.name);
                return Err(invalid(message, nearest(name, names)));
            }
        }
        let missing =
            |parameter: &&Parameter| parameter.required && self.value(parameter.name).is_none();
        let missing: Vec<_> = known
            .iter()
            .filter(missing)
            .map(|p| format!("`{}`", p.name))
            .collect();
        if !missing.is_empty() {
            let message = format!("`{}` needs {}", self.operation.id, missing.join(", "));
            return Err(invalid(message, None));
        }
        if self.body.is_some() && self.operation.content_type.is_none() {
            let message = format!("`{}` takes no body", self.operation.id);
            return Err(invalid(message, None));
        }
        Ok(())
    }

    /// The request with everything but what the transport adds.
    fn request(&self, client: &Client) -> Result<Request> {
        self.check()?;
        let transport = client.transport();
        let mut path = self.operation.path.to_owned();
        let mut query = Vec::new();
        let mut headers = Vec::new();
        for (name, value) in &self.parameters {
            match self.location(name) {
                Location::Path => {
                    path = path.replace(&format!("{{{name}}}"), &encode_path(value));
                }
                Location::Query => query.push((name, value)),
                Location::Header => headers.push((name, value)),
            }
        }
        let method = Method::from_bytes(self.operation.method.as_bytes()).unwrap_or_default();
        let url = format!("{}{path}", transport.base_url());
        let mut request = transport.http().request(method, url);
        if !query.is_empty() {
            request = request.query(&query);
        }
        for (name, value) in headers {
            request = request.header(name, value);
        }
        if let Some(body) = &self.body {
            request = request.json(body);
        }
        request
            .build()
            .map_err(|error| Error::from_reqwest(error, None))
    }

    fn location(&self, name: &str) -> Location {
        let mut known = self.operation.parameters.iter();
        let parameter = known.find(|parameter| parameter.name == name);
        parameter.map_or(Location::Query, |parameter| parameter.location)
    }
}

impl Atlas {
    /// A call of any stable operation, such as `getGroupCluster`.
    ///
    /// Every operation can be called, whichever cargo features are on.
    ///
    /// # Errors
    ///
    /// Invalid input for an unknown operation; the hint has the nearest names.
    ///
    /// ```
    /// # fn main() -> mongodbatlas::Result<()> {
    /// # let key = mongodbatlas::ApiKey::new("zmmrboas", "7ac3d6b1-52f0")?;
    /// # let atlas = mongodbatlas::Atlas::builder().with_api_key(key).build()?;
    /// let error = atlas.call("getGroupClusters").unwrap_err();
    ///
    /// assert_eq!(error.to_string(), "`getGroupClusters` is no stable operation");
    /// assert!(error.hint().unwrap().contains("`getGroupCluster`"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn call(&self, operation_id: &str) -> Result<Call> {
        Call::new(self.clone(), operation_id)
    }
}

impl Call {
    /// Sends it and reads the answer.
    ///
    /// # Errors
    ///
    /// Invalid input for parameters that do not fit and for operations that answer with a file, and
    /// what a call can end with.
    pub async fn send(&self) -> Result<Reply> {
        if self.operation.answer == Answer::Bytes {
            let message = format!("`{}` answers with a file", self.operation.id);
            return Err(invalid(message, Some("download it".to_owned())));
        }
        let captured = self.captured().await?;
        let document = match self.operation.answer {
            Answer::Json => Some(Document::new(raw(&captured)?)),
            _ => None,
        };
        Ok(Reply {
            status: captured.status.as_u16(),
            document,
        })
    }

    /// The items of a list, page by page as they are asked for.
    ///
    /// # Errors
    ///
    /// Invalid input for operations that are not paged. What the fetching of a page can end with
    /// comes from the pager.
    pub fn items(self) -> Result<Pager<Document>> {
        if !self.operation.paged {
            let message = format!("`{}` does not answer in pages", self.operation.id);
            return Err(invalid(message, Some("send it".to_owned())));
        }
        self.check()?;
        Ok(Pager::new(move |page| {
            let call = self.clone();
            async move { call.page(page).await }
        }))
    }

    async fn page(&self, asked: PageRequest) -> Result<super::Page<Document>> {
        let call = self
            .clone()
            .with("itemsPerPage", asked.size)
            .with("pageNum", asked.number);
        let captured = call.captured().await?;
        page_of(asked, &captured, |documents: Vec<&RawValue>| {
            Ok(documents.into_iter().map(Document::new).collect())
        })
    }

    /// Sends it; gives the answer as it was read.
    pub(crate) async fn captured(&self) -> Result<Captured> {
        let (_, captured) = self.answered().await?;
        captured.ok_or_else(|| Error::new(ErrorKind::Answer, "no answer was read"))
    }

    /// Sends it; an answer that is not a success is an error.
    pub(crate) async fn answered(&self) -> Result<(Response, Option<Captured>)> {
        let client = self.atlas.api();
        let request = self.request(client)?;
        let sent = client.send(request, self.operation);
        let (answer, captured) = capture::scope(sent).await;
        let response = answer.map_err(|error| with_request(error, captured.as_ref()))?;
        if response.status().is_success() {
            return Ok((response, captured));
        }
        let status = response.status().as_u16();
        Err(captured.map_or_else(
            || Error::from_answer(status, None, response.headers(), b""),
            |Captured {
                 method,
                 path,
                 headers,
                 body,
                 repeated,
                 ..
             }| {
                let line = Some((method.as_str(), path.as_str()));
                Error::from_answer(status, line, &headers, &body).with_repeated(repeated)
            },
        ))
    }
}

impl<C> fmt::Debug for Call<C> {
    /// Writes the operation and the parameters' names; values and bodies can hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.parameters.iter().map(|(name, _)| name).collect();
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("parameters", &names)
            .finish_non_exhaustive()
    }
}

/// An operation that is in no table.
fn unknown(operation_id: &str) -> Error {
    let ids = Operation::all().iter().map(|operation| operation.id);
    let message = format!("`{operation_id}` is no stable operation");
    invalid(message, nearest(operation_id, ids))
}

fn invalid(message: String, hint: Option<String>) -> Error {
    let error = Error::new(ErrorKind::InvalidInput, message);
    match hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}
