//! Fetches lists that Atlas returns in one response.

use std::collections::BTreeMap;

use mongodbatlas::{Call, Document};

use crate::output::render::{Item, List};

/// Fields of envelopes that are arrays, but not of the items.
const OTHER_ARRAYS: [&str; 1] = ["links"];

/// Fetches a list that is one response: an array, or an envelope with `results` or with other arrays.
///
/// # Errors
///
/// Fails if the request fails.
pub(super) async fn fetch_envelope(call: Call) -> mongodbatlas::Result<List> {
    let response = call.send().await?;
    let Some(document) = response.document() else {
        return Ok(List::default());
    };
    let mut list = List {
        envelope: Some(document.clone()),
        ..List::default()
    };
    if let Some(items) = array(document) {
        list.items = items.into_iter().map(item).collect();
    } else if let Ok(mut fields) =
        serde_json::from_str::<BTreeMap<String, Document>>(document.as_str())
    {
        let total = fields.get("totalCount");
        list.total = total.and_then(|total| total.to_value().as_u64());
        if let Some(results) = fields.remove("results") {
            fields.clear();
            fields.insert("results".to_owned(), results);
        }
        fields.retain(|name, _| !OTHER_ARRAYS.contains(&name.as_str()));
        let arrays = fields.values().filter_map(array);
        list.items = arrays.flatten().map(item).collect();
    }
    Ok(list)
}

/// Returns the items of a document that is an array.
fn array(document: &Document) -> Option<Vec<Document>> {
    serde_json::from_str(document.as_str()).ok()
}

/// Returns a document as an item without labels.
pub(crate) fn item(document: Document) -> Item {
    Item {
        document,
        labels: Vec::new(),
    }
}
