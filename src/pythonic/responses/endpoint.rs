//! Sends calls and turns their responses into the facade's types.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::pythonic::{
    paging::{
        page::{Page, PageRequest, read_list, read_page},
        pager::Pager,
    },
    responses::{document::Document, record::Record},
};
use crate::{
    api,
    error::{Error, Result},
    request::{Call, send},
    transport::Received,
};

/// A resource in a response, which belongs to a parent (`P`).
pub(crate) trait FromRecord<P>: Sized {
    /// The generated type.
    type Api: DeserializeOwned;

    fn from_record(parent: &P, record: Record<Self::Api>) -> Result<Self>;
}

impl Call {
    /// Sends the request and returns the resource in the response.
    pub(crate) async fn fetch<R: FromRecord<P>, P>(self, parent: &P) -> Result<R> {
        let received = send(&self).await?;
        let raw = received.document(self.operation())?;
        R::from_record(parent, decode_record(&raw, &received)?)
    }

    /// Returns a pager over the list in the response, which has one page if the operation has no pagination.
    pub(crate) fn list<R, P>(self, parent: &P) -> Pager<R>
    where
        R: FromRecord<P> + 'static,
        P: Clone + Send + Sync + 'static,
    {
        let parent = parent.clone();
        self.list_with(move |record| R::from_record(&parent, record))
    }

    /// Returns a pager over the list in the response, whose items are converted with `convert`.
    pub(crate) fn list_with<T, A, F>(self, convert: F) -> Pager<T>
    where
        T: 'static,
        A: DeserializeOwned + 'static,
        F: Fn(Record<A>) -> Result<T> + Clone + Send + Sync + 'static,
    {
        Pager::new(move |page| {
            let (call, convert) = (self.clone(), convert.clone());
            async move { call.fetch_page(page, convert).await }
        })
    }

    /// Sends the request and returns all items of a list without pagination.
    pub(crate) async fn fetch_all<R: FromRecord<P>, P>(self, parent: &P) -> Result<Vec<R>> {
        let received = send(&self).await?;
        let convert = |raw: &RawValue| R::from_record(parent, decode_record(raw, &received)?);
        let page = read_list(&received, |items| items.into_iter().map(convert).collect())?;
        Ok(page.into_items())
    }

    /// Sends the request and discards the response body.
    pub(crate) async fn execute(self) -> Result<()> {
        let received = send(&self).await?;
        api::check_fallback(self.operation(), &received)
    }

    /// Sends a DELETE. A retried DELETE that returns 404 counts as success, because the response to the
    /// first attempt was lost.
    pub(crate) async fn execute_delete(self) -> Result<()> {
        let is_being_deleted =
            |error: &Error| error.error_code() == Some("CLUSTER_ALREADY_REQUESTED_DELETION");
        match self.execute().await {
            Err(error)
                if error.is_repeated() && (error.is_not_found() || is_being_deleted(&error)) =>
            {
                Ok(())
            }
            outcome => outcome,
        }
    }

    async fn fetch_page<T, A: DeserializeOwned>(
        self,
        page: PageRequest,
        convert: impl Fn(Record<A>) -> Result<T>,
    ) -> Result<Page<T>> {
        let is_paged = self.operation().paged;
        let call = if is_paged { page.apply(self) } else { self };
        let received = send(&call).await?;
        let convert = |raw: &RawValue| convert(decode_record(raw, &received)?);
        let items = |raw: Vec<&RawValue>| raw.into_iter().map(convert).collect();
        if is_paged {
            read_page(page, &received, items)
        } else {
            read_list(&received, items)
        }
    }
}

/// Decodes a document to a value with its JSON text.
fn decode_record<A: DeserializeOwned>(raw: &RawValue, received: &Received) -> Result<Record<A>> {
    let value = serde_json::from_str(raw.get()).map_err(|error| received.undecodable(&error))?;
    Ok(Record {
        value,
        document: Document::new(raw),
    })
}

/// Decodes a response as the first page of a list of `A`.
#[cfg(any(test, fuzzing))]
pub(crate) fn decode_page<A: DeserializeOwned>(received: &Received) -> Result<()> {
    let page = PageRequest {
        number: 1,
        size: 500,
    };
    let items = |raw: Vec<&RawValue>| {
        raw.into_iter()
            .map(|raw| decode_record(raw, received))
            .collect()
    };
    read_page::<Record<A>>(page, received, items).map(drop)
}
