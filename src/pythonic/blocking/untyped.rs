//! Any operation by its id; each verb waits for its async twin.

use std::io::Write;

use super::{Atlas, Call, Items};
use crate::{
    error::Result,
    pythonic::{self, Document, Reply},
};

impl Atlas {
    /// A call of any stable operation, such as `getGroupCluster`; as the async
    /// [`call`](pythonic::Atlas::call).
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn call(&self, operation_id: &str) -> Result<Call> {
        Call::new(self.clone(), operation_id)
    }
}

impl Call {
    /// Sends it and reads the answer.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn send(&self) -> Result<Reply> {
        self.atlas.wait(self.twin().send())
    }

    /// The items of a list, page by page as they are taken.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn items(self) -> Result<Items<Document>> {
        let atlas = self.atlas.clone();
        Ok(Items::new(atlas, self.twin().items()?))
    }

    /// Sends it and writes the body of the answer as it comes; gives the number of bytes.
    ///
    /// # Errors
    ///
    /// As its async twin.
    pub fn download(&self, writer: &mut impl Write) -> Result<u64> {
        self.atlas.wait(self.twin().download(writer))
    }

    pub(super) fn twin(&self) -> pythonic::Call {
        self.clone().with_client(self.atlas.inner.clone())
    }
}
