//! Where generated calls meet the transport.

use progenitor_client::{ClientHooks, OperationInfo};
use reqwest::{Request, Response};

use super::{Client, failure};
use crate::{
    error::{Error, ErrorKind, Result},
    operations::Operation,
    transport::Transport,
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

    async fn run(&self, mut request: Request, info: &OperationInfo) -> Result<Response> {
        let operation = Operation::by_method_name(info.operation_id).ok_or_else(|| {
            let name = info.operation_id;
            Error::new(
                ErrorKind::InvalidInput,
                format!("`{name}` is in no operations table"),
            )
        })?;
        let transport = self.transport();
        transport.prepare(&mut request, operation)?;
        transport.execute(request, operation).await
    }
}

impl ClientHooks<Transport> for Client {
    /// Sends the request; an error of ours travels inside an answer, since `reqwest`'s own error
    /// type has no room for it.
    async fn exec(&self, request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        // Boxed here once, so that the futures of generated calls stay small.
        let answer = Box::pin(self.run(request, info)).await;
        Ok(answer.unwrap_or_else(failure::carry))
    }
}
