//! The client of the generated layer.

use crate::transport::Transport;

/// A client with one method for each operation of the enabled cargo features.
///
/// Get it from [`Atlas::api`](crate::Atlas::api). The methods are in the generated code; each returns a
/// builder in [`builder`](super::builder), whose `send` returns a
/// [`ResponseValue`](super::ResponseValue).
#[derive(Clone, Debug)]
pub struct Client {
    transport: Transport,
}

impl Client {
    pub(crate) fn new(transport: Transport) -> Self {
        Self { transport }
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.transport
    }
}
