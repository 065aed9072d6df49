//! Downloads of the response of any operation.

use std::path::Path;

use url::Url;

use crate::{
    api,
    error::{Error, ErrorKind, Result},
    pythonic::{client::Atlas, responses::download::Download},
    request::{self, Call},
};

impl Atlas {
    /// Downloads the file behind a link that Atlas returned, such as that of a snapshot.
    ///
    /// The link can have another host than the API. The request has no credentials, because such links contain a
    /// signature. Keep them secret.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) for a malformed link, [`Forbidden`](crate::ErrorKind::Forbidden)
    /// or [`NotFound`](crate::ErrorKind::NotFound) for an expired one, or any
    /// [request error](crate::Error#request-errors).
    ///
    /// ```no_run
    /// # async fn example(atlas: mongodbatlas::Atlas, link: &str) -> mongodbatlas::Result<()> {
    /// let bytes = atlas.download_link(link).await?.write_to_file("snapshot.tgz").await?;
    /// # Ok(()) }
    /// ```
    pub async fn download_link(&self, link: &str) -> Result<Download> {
        let link = Url::parse(link).map_err(|source| {
            Error::new(ErrorKind::InvalidInput, "malformed download link").with_source(source)
        })?;
        let response = self.api().transport().fetch_link(link).await?;
        Ok(Download::new(response))
    }
}

impl Call {
    /// Sends the request and returns the response body as a stream of bytes.
    ///
    /// Works for every operation. Operations that return a file (gzip, CSV, PEM) need this method.
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if a parameter is invalid, or any
    /// [request error](crate::Error#request-errors).
    pub async fn download(&self) -> Result<Download> {
        let response = request::send(self).await?;
        api::check_fallback(self.operation(), &response)?;
        Ok(Download::new(response))
    }

    /// Sends the request and writes the response body to a file. Returns the number of bytes; an
    /// empty body returns 0 and does not write a file.
    ///
    /// Replaces an existing file when the download is complete; see [`Download::write_to_file`].
    ///
    /// # Errors
    ///
    /// Returns [`InvalidInput`](crate::ErrorKind::InvalidInput) if a parameter is invalid or the file
    /// cannot be written, [`Connection`](crate::ErrorKind::Connection) if the connection breaks
    /// during the download, or any [request error](crate::Error#request-errors).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
    /// # let organization = atlas.this_organization().await?;
    /// # let list = atlas.call("listOrgInvoices")?.with("orgId", organization.id());
    /// # let id = list.items()?.collect().await?[0].to_value()["id"].as_str().unwrap().to_owned();
    /// # let directory = tempfile::tempdir().expect("a directory");
    /// # let file = directory.path().join("invoice.csv");
    /// let call = atlas.call("getOrgInvoiceCsv")?.with("orgId", organization.id()).with("invoiceId", id);
    /// let bytes = call.download_to(file).await?;
    /// println!("{bytes} bytes");
    /// # Ok(()) }) }
    /// ```
    pub async fn download_to(&self, path: impl AsRef<Path>) -> Result<u64> {
        self.download().await?.write_to_file(path).await
    }
}
