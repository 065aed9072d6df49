//! Where generated calls meet the transport.

use std::pin::Pin;

use progenitor_client::{ClientHooks, OperationInfo};
use reqwest::{Request, Response, ResponseBuilderExt};

use super::{Client, failure, generated, server_owned, undecodable};
use crate::{
    error::{Error, ErrorKind, Result},
    operations::Operation,
    transport::{Transport, versions},
};

impl Client {
    /// A client that sends through this transport.
    pub(crate) fn over(transport: Transport) -> Self {
        let base_url = transport.base_url().as_str().to_owned();
        let http = transport.http().clone();
        Self::new_with_client(&base_url, http, transport)
    }

    /// The transport of this client.
    pub(crate) fn transport(&self) -> &Transport {
        &self.inner
    }

    /// Sends a request and checks that an answer in another version than the one asked for is one
    /// that its type can hold.
    ///
    /// All of it is in one box, so that the futures of all calls stay small.
    pub(crate) fn send<'a>(
        &'a self,
        request: Request,
        operation: &'a Operation,
    ) -> Pin<Box<dyn Future<Output = Result<Response>> + Send + 'a>> {
        Box::pin(self.send_checked(request, operation))
    }

    #[expect(clippy::large_futures, reason = "it is boxed as a whole")]
    async fn send_checked(&self, mut request: Request, operation: &Operation) -> Result<Response> {
        self.transport().prepare(&mut request, operation)?;
        let response = self.transport().execute(request, operation).await?;
        if !response.status().is_success() || versions(response.headers()).is_none() {
            return Ok(response);
        }
        let headers = response.headers().clone();
        let (status, url) = (response.status(), response.url().clone());
        let body = response
            .bytes()
            .await
            .map_err(|error| Error::from_reqwest(error, None))?;
        if let Some(Err(error)) = generated::decode_answer(operation.id, &body) {
            return Err(undecodable(&error)
                .with_versions(versions(&headers))
                .with_status(status.as_u16())
                .with_request(operation.method, url.path()));
        }
        let answer = http::Response::builder()
            .url(url)
            .body(body)
            .unwrap_or_default();
        let (mut parts, body) = answer.into_parts();
        (parts.status, parts.headers) = (status, headers);
        Ok(http::Response::from_parts(parts, body).into())
    }
}

impl ClientHooks<Transport> for Client {
    /// Sends the request; an error of ours travels inside an answer, since `reqwest`'s own error
    /// type has no room for it.
    async fn exec(&self, mut request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        let answer = match Operation::by_method_name(info.operation_id) {
            Some(operation) => {
                server_owned::leave_out(&mut request, operation);
                self.send(request, operation).await
            }
            None => Err(unknown(info.operation_id)),
        };
        Ok(answer.unwrap_or_else(failure::carry))
    }
}

/// A method of generated code that belongs to no operation.
fn unknown(method_name: &str) -> Error {
    let message = format!("`{method_name}` is in no operations table");
    Error::new(ErrorKind::InvalidInput, message)
}
