//! The kinds of events there are.

use std::collections::BTreeSet;

use serde_json::json;

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{Call, Reply};
use crate::generic::Context;
use crate::resources::Route;
use crate::schema::document::Document;
use crate::state::State;

/// The operations of this module with their handlers.
pub(super) const ROUTES: &[Route] = &[("listEventTypes", list)];

/// The schemas that list the words for events.
const EVENTS: [&str; 2] = ["EventTypeForNdsGroup", "EventTypeForOrg"];
/// The field of alert configurations that names the event they watch for.
const WATCHED: (&str, &str) = ("GroupAlertsConfig", "eventTypeName");

/// `GET /eventTypes`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    let words: BTreeSet<_> = EVENTS
        .iter()
        .flat_map(|schema| context.document.schemas().words(schema))
        .collect();
    let words: Vec<_> = words.into_iter().collect();
    let watched = watched(context.document);
    page::respond(call, &[], &words, |word| {
        json!({
            "alertable": watched.contains(word),
            "description": described(word),
            "eventType": word,
        })
    })
}

/// The words that an alert configuration can watch for.
fn watched(document: &Document) -> BTreeSet<&str> {
    let (schema, field) = WATCHED;
    document
        .schemas()
        .words_of(schema, field)
        .into_iter()
        .collect()
}

/// `CLUSTER_CREATED` as a sentence begins.
fn described(word: &str) -> String {
    let mut text = word.to_lowercase().replace('_', " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
