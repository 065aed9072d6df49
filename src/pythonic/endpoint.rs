//! One operation with what it is given, as the resources call it.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

use super::{
    Atlas,
    answer::{raw, with_request},
    document::Document,
    page::{Page, PageRequest, page_of, whole},
    pager::Pager,
    record::Record,
    untyped::Call,
};
use crate::{
    api::undecodable,
    error::{Error, ErrorKind, Result},
    operations::Operation,
    transport::capture::Captured,
};

/// What the server says about something, beneath what it belongs to (`P`).
pub(crate) trait View<P>: Sized {
    /// The type of the generated layer.
    type Api: DeserializeOwned;

    fn new(parent: &P, record: Record<Self::Api>) -> Result<Self>;
}

/// An operation with its parameters and its body.
#[derive(Clone)]
#[must_use = "an endpoint does nothing until it is called"]
pub(crate) struct Endpoint {
    atlas: Atlas,
    operation_id: &'static str,
    parameters: Vec<(&'static str, String)>,
    body: Option<Value>,
}

impl Atlas {
    /// The operation of this id.
    pub(crate) fn endpoint(&self, operation_id: &'static str) -> Endpoint {
        Endpoint {
            atlas: self.clone(),
            operation_id,
            parameters: Vec::new(),
            body: None,
        }
    }
}

impl Endpoint {
    /// Gives a parameter of the path or the query.
    pub(crate) fn with(mut self, name: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        self.parameters.push((name, value.to_string()));
        self
    }

    /// Gives a parameter once for each value, which may be none.
    #[cfg(any(
        feature = "access-tracking",
        feature = "events",
        feature = "monitoring-and-logs"
    ))]
    pub(crate) fn with_each<'a, V: ToString + 'a>(
        self,
        name: &'static str,
        values: impl IntoIterator<Item = &'a V>,
    ) -> Self {
        let values = values.into_iter();
        values.fold(self, |endpoint, value| endpoint.with(name, value))
    }

    /// Gives the body, which is sent as it is.
    pub(crate) fn with_body(self, body: &(impl Serialize + ?Sized)) -> Result<Self> {
        Ok(self.with_json(json_of(body)?))
    }

    /// Gives the body.
    pub(crate) fn with_json(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// The one thing that the operation answers with.
    pub(crate) async fn one<V: View<P>, P>(self, parent: &P) -> Result<V> {
        let answer = self.call()?.captured().await?;
        let raw = raw(&answer)?;
        V::new(parent, record(raw, &answer)?)
    }

    /// The list that the operation answers with, page by page; in one piece if it has no pages.
    pub(crate) fn list<V, P>(self, parent: &P) -> Pager<V>
    where
        V: View<P> + 'static,
        P: Clone + Send + Sync + 'static,
    {
        let parent = parent.clone();
        self.list_with(move |record| V::new(&parent, record))
    }

    /// The list that the operation answers with, made of its items by a function.
    pub(crate) fn list_with<T, A, F>(self, make: F) -> Pager<T>
    where
        T: 'static,
        A: DeserializeOwned + 'static,
        F: Fn(Record<A>) -> Result<T> + Clone + Send + Sync + 'static,
    {
        Pager::new(move |asked| {
            let (endpoint, make) = (self.clone(), make.clone());
            async move { endpoint.page(asked, make).await }
        })
    }

    /// All items of a list that comes in one piece.
    pub(crate) async fn all<V: View<P>, P>(self, parent: &P) -> Result<Vec<V>> {
        let answer = self.call()?.captured().await?;
        let make = |raw: &RawValue| V::new(parent, record(raw, &answer)?);
        let page = whole(&answer, |items| items.into_iter().map(make).collect())?;
        Ok(page.into_items())
    }

    /// Does it; what the answer says does not matter.
    pub(crate) async fn done(self) -> Result<()> {
        self.call()?.answered().await.map(drop)
    }

    /// Deletes.
    ///
    /// If the answer to a deletion is lost, it is asked for again; that the thing is gone by then, or
    /// about to go, is what was wanted.
    pub(crate) async fn deleted(self) -> Result<()> {
        let is_going =
            |error: &Error| error.error_code() == Some("CLUSTER_ALREADY_REQUESTED_DELETION");
        match self.done().await {
            Err(error) if error.is_repeated() && (error.is_not_found() || is_going(&error)) => {
                Ok(())
            }
            outcome => outcome,
        }
    }

    /// The call that can be sent.
    pub(crate) fn call(&self) -> Result<Call> {
        let mut call = self.atlas.call(self.operation_id)?;
        for (name, value) in &self.parameters {
            call = call.with(*name, value);
        }
        Ok(match &self.body {
            Some(body) => call.with_body(body.clone()),
            None => call,
        })
    }

    async fn page<T, A: DeserializeOwned>(
        self,
        asked: PageRequest,
        make: impl Fn(Record<A>) -> Result<T>,
    ) -> Result<Page<T>> {
        let paged = Operation::by_id(self.operation_id).is_some_and(|operation| operation.paged);
        let mut call = self.call()?;
        if paged {
            call = call.with("itemsPerPage", asked.size);
            call = call.with("pageNum", asked.number);
        }
        let answer = call.captured().await?;
        let make = |raw: &RawValue| make(record(raw, &answer)?);
        let items = |raw: Vec<&RawValue>| raw.into_iter().map(make).collect();
        if paged {
            page_of(asked, &answer, items)
        } else {
            whole(&answer, items)
        }
    }
}

/// What a caller gives, as JSON.
pub(crate) fn json_of(document: &(impl Serialize + ?Sized)) -> Result<Value> {
    serde_json::to_value(document).map_err(|source| {
        Error::new(ErrorKind::InvalidInput, "the document is not JSON").with_source(source)
    })
}

/// A document with the value that is decoded from it.
fn record<A: DeserializeOwned>(raw: &RawValue, answer: &Captured) -> Result<Record<A>> {
    let value = serde_json::from_str(raw.get())
        .map_err(|error| with_request(undecodable(&error), Some(answer)))?;
    Ok(Record {
        value,
        document: Document::new(raw),
    })
}

/// Reads a first page of a list whose items are of this type.
#[cfg(any(test, fuzzing))]
pub(crate) fn read_page<A: DeserializeOwned>(answer: &Captured) -> Result<()> {
    let asked = PageRequest {
        number: 1,
        size: 500,
    };
    let items = |raw: Vec<&RawValue>| raw.into_iter().map(|raw| record(raw, answer)).collect();
    page_of::<Record<A>>(asked, answer, items).map(drop)
}
