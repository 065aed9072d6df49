//! A call of one operation: parameters, body and options.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::nearest;
use crate::{
    error::{Error, ErrorKind, Result},
    operations::{Location, Operation, Parameter},
    transport::Transport,
};

/// A call of one stable operation.
///
/// Created by [`Atlas::call`](crate::Atlas::call) from an operation id, or by
/// [`Atlas::operation`](crate::Atlas::operation) from a constant. Parameters and body are checked
/// against the operations table before the request is sent. The error for an unknown parameter suggests
/// similar names, and the error for missing parameters names them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let project = atlas.find_project("Storefront").await?;
/// let call = atlas
///     .call("getGroupCluster")?
///     .with("groupId", project.id())
///     .with("clusterName", "shop-staging");
/// let response = call.send().await?;
/// println!("{}", response.document().expect("a cluster"));
/// # Ok(()) }) }
/// ```
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    transport: Transport,
    operation: &'static Operation,
    parameters: Vec<(String, String)>,
    body: Option<Value>,
    bypasses_cache: bool,
}

impl Call {
    pub(crate) fn new(transport: &Transport, operation: &'static Operation) -> Self {
        Self {
            transport: transport.clone(),
            operation,
            parameters: Vec::new(),
            body: None,
            bypasses_cache: false,
        }
    }

    /// Creates a call of the operation with this id.
    pub(crate) fn by_id(transport: &Transport, operation_id: &str) -> Result<Self> {
        let operation = Operation::by_id(operation_id).ok_or_else(|| unknown(operation_id))?;
        Ok(Self::new(transport, operation))
    }

    /// Returns the operation.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sets a parameter of the path, the query or the headers, as listed in the operations table.
    ///
    /// Set a query parameter with several values once for each value.
    pub fn with(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.parameters.push((name.into(), value.to_string()));
        self
    }

    /// Sets a parameter once for each value.
    #[cfg(feature = "core")]
    pub(crate) fn with_each(
        self,
        name: &str,
        values: impl IntoIterator<Item = impl fmt::Display>,
    ) -> Self {
        let values = values.into_iter();
        values.fold(self, |call, value| call.with(name, value))
    }

    /// Sets the body, which is sent verbatim, so that an explicit null clears a field.
    pub fn with_body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Sets the body to a serialized document, which is sent verbatim.
    #[cfg(feature = "core")]
    pub(crate) fn with_document(self, document: &(impl Serialize + ?Sized)) -> Result<Self> {
        Ok(self.with_body(json_of(document)?))
    }

    /// Ignores cached responses, but stores the new response in the cache.
    #[cfg(feature = "core")]
    pub(crate) fn bypassing_cache(mut self) -> Self {
        self.bypasses_cache = true;
        self
    }

    pub(crate) fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    pub(super) fn transport(&self) -> &Transport {
        &self.transport
    }

    pub(super) fn bypasses_cache(&self) -> bool {
        self.bypasses_cache
    }

    /// Returns name, value and location of each parameter that was set.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&str, &str, Location)> {
        self.parameters.iter().map(|(name, value)| {
            let mut parameters = self.operation.parameters.iter();
            let parameter = parameters.find(|parameter| parameter.name == name);
            let location = parameter.map_or(Location::Query, |parameter| parameter.location);
            (name.as_str(), value.as_str(), location)
        })
    }

    /// Returns the value of a parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        let (_, value) = parameters.find(|(parameter, _)| parameter == name)?;
        Some(value)
    }

    /// Rejects unknown parameters, missing parameters, and a body that the operation does not have.
    pub(crate) fn check(&self) -> Result<()> {
        let parameters = self.operation.parameters;
        for (name, _) in &self.parameters {
            if parameters.iter().all(|parameter| parameter.name != name) {
                let message = format!("`{}` has no parameter `{name}`", self.operation.id);
                let names = parameters.iter().map(|parameter| parameter.name);
                return Err(invalid(message, nearest(name, names)));
            }
        }
        let is_set = |parameter: &str| self.parameters.iter().any(|(name, _)| name == parameter);
        let is_missing = |parameter: &&Parameter| parameter.required && !is_set(parameter.name);
        let missing: Vec<_> = parameters
            .iter()
            .filter(is_missing)
            .map(|parameter| format!("`{}`", parameter.name))
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
}

impl fmt::Debug for Call {
    /// Writes the operation and the names of the parameters, because values and bodies can contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.parameters.iter().map(|(name, _)| name).collect();
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("parameters", &names)
            .finish_non_exhaustive()
    }
}

/// Serializes a document to JSON.
pub(crate) fn json_of(document: &(impl Serialize + ?Sized)) -> Result<Value> {
    serde_json::to_value(document).map_err(|source| {
        Error::new(ErrorKind::InvalidInput, "the document is not JSON").with_source(source)
    })
}

/// Creates the error for an unknown operation id.
fn unknown(operation_id: &str) -> Error {
    let ids = Operation::all().iter().map(|operation| operation.id);
    let message = format!("unknown operation `{operation_id}`");
    invalid(message, nearest(operation_id, ids))
}

fn invalid(message: String, hint: Option<String>) -> Error {
    let error = Error::new(ErrorKind::InvalidInput, message);
    match hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}
