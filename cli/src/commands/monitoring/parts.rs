//! Lists that are a field of a response other than `results`.

use std::collections::BTreeMap;

use mongodbatlas::Document;

use crate::{
    engine::{Invocation, definition::Future, request::Request, steps::envelope::item},
    error::CliError,
    exit::Exit,
    output::render::{Data, List},
};

impl Invocation<'_> {
    /// Sends the request of the definition and prints the list in a field of the response. JSON output is the
    /// whole response.
    ///
    /// # Errors
    ///
    /// Fails if the request fails.
    async fn print_part(&mut self, field: &str) -> Result<Exit, CliError> {
        let Some(operation) = self.command.operation else {
            return Err(CliError::failure("the command has no operation"));
        };
        let scope = self.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = self.request(operation, scope)?;
        let list = self.fetch_part(&request, field).await?;
        self.print(&Data::List(list))?;
        Ok(Exit::Success)
    }

    /// Sends a request and returns the list in a field of the response.
    ///
    /// # Errors
    ///
    /// Fails if the request fails.
    pub(super) async fn fetch_part(
        &self,
        request: &Request,
        field: &str,
    ) -> Result<List, CliError> {
        let (response, _) = self.send(request).await?;
        let Some(document) = response.document() else {
            return Ok(List::default());
        };
        let mut fields: BTreeMap<String, Document> =
            serde_json::from_str(document.as_str()).unwrap_or_default();
        let items = fields.remove(field);
        let items: Vec<Document> = items
            .and_then(|items| serde_json::from_str(items.as_str()).ok())
            .unwrap_or_default();
        Ok(List {
            items: items.into_iter().map(item).collect(),
            envelope: Some(document.clone()),
            ..List::default()
        })
    }
}

/// Lists the results of a command whose verb is not `list`.
pub(super) fn list_results<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(invocation.print_part("results"))
}

/// Lists the suggested indexes of a response.
pub(super) fn list_suggested_indexes<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(invocation.print_part("suggestedIndexes"))
}
