//! Builds requests that create and change search indexes. The content of the file determines the operation.

use serde_json::{Map, Value, json};

use crate::{
    engine::{
        Invocation,
        definition::Future,
        request::{Request, read_json},
        value::split_list,
    },
    error::CliError,
};

/// The fields beside the definition of an index.
const OWN_FIELDS: [&str; 4] = ["collectionName", "database", "name", "type"];
/// The type of an index without one.
const SEARCH: &str = "search";

/// Creates an index, or replaces its definition.
pub(super) fn create_or_update<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let is_flat = invocation.session.emulates_official_cli && !has_definition(invocation)?;
        let request = request(invocation, is_flat).await?;
        invocation.confirm_and_send(&request).await
    })
}

/// Builds the request of the command: the operation of 2023-01-01 if `is_flat`, otherwise the newest operation.
pub(super) async fn request(
    invocation: &Invocation<'_>,
    is_flat: bool,
) -> Result<Request, CliError> {
    let command = invocation.command;
    let flat = command.fallback.map(|fallback| fallback.operation);
    let Some(operation) = flat.filter(|_| is_flat).or(command.operation) else {
        return Err(CliError::failure("the command has no operation"));
    };
    let scope = invocation.scope().await?;
    let scope = scope
        .as_ref()
        .map(|(name, place)| (*name, place.id.as_str()));
    invocation.request(operation, scope)
}

fn has_definition(invocation: &Invocation<'_>) -> Result<bool, CliError> {
    let file = invocation.text("file").map(read_json).transpose()?;
    Ok(file.is_some_and(|file| file.get("definition").is_some()))
}

/// Completes the index from a file or flags, in the representation of the operation.
pub(super) fn complete(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    if invocation.text("file").is_none() {
        *body = index_of_flags(invocation)?;
    }
    let Some(index) = body.as_object_mut() else {
        return Err(CliError::usage("the index is not a JSON object"));
    };
    if let Some(name) = invocation.text("index-name") {
        index.insert("name".to_owned(), name.into());
    }
    index.entry("type").or_insert_with(|| SEARCH.into());
    let is_nested = index.contains_key("definition");
    if !is_nested && !invocation.session.emulates_official_cli {
        nest(index);
    }
    let is_update = invocation.command.verb == "update";
    if is_update && (is_nested || !invocation.session.emulates_official_cli) {
        index.retain(|name, _| !OWN_FIELDS.contains(&name.as_str()));
    }
    Ok(())
}

/// Moves the settings of an index below `definition`.
fn nest(index: &mut Map<String, Value>) {
    let (own, definition) = std::mem::take(index)
        .into_iter()
        .partition(|(name, _)| OWN_FIELDS.contains(&name.as_str()));
    *index = own;
    index.insert("definition".to_owned(), Value::Object(definition));
}

/// Returns the index that flags describe.
fn index_of_flags(invocation: &Invocation<'_>) -> Result<Value, CliError> {
    let mut index = Map::new();
    let names = [
        ("database", "db"),
        ("collectionName", "collection"),
        ("name", "index-name"),
    ];
    for (field, flag) in names {
        let Some(text) = invocation.text(flag) else {
            return Err(
                CliError::usage(format!("`{}` needs `--file`", invocation.words))
                    .with_hint("the file has the JSON document of the index"),
            );
        };
        index.insert(field.to_owned(), text.into());
    }
    for (field, flag) in [
        ("analyzer", "analyzer"),
        ("searchAnalyzer", "search-analyzer"),
    ] {
        index.insert(field.to_owned(), invocation.text(flag).into());
    }
    let mut mappings = Map::new();
    mappings.insert("dynamic".to_owned(), invocation.is_on("dynamic").into());
    let fields = fields(invocation.texts("field"))?;
    if !fields.is_empty() {
        mappings.insert("fields".to_owned(), Value::Object(fields));
    }
    index.insert("mappings".to_owned(), Value::Object(mappings));
    Ok(Value::Object(index))
}

/// Parses fields: `NAME:ANALYZER:TYPE`.
fn fields(texts: &[String]) -> Result<Map<String, Value>, CliError> {
    let mut fields = Map::new();
    for text in texts {
        for field in split_list(text)? {
            let parts: Vec<_> = field.split(':').collect();
            let [name, analyzer, kind] = parts[..] else {
                return Err(
                    CliError::usage(format!("invalid field `{field}` for `--field`")).with_hint(
                        "write `NAME:ANALYZER:TYPE`, such as `title:lucene.english:string`",
                    ),
                );
            };
            fields.insert(
                name.to_owned(),
                json!({ "analyzer": analyzer, "type": kind }),
            );
        }
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_move_below_the_definition() {
        let mut index = json!({"name": "a", "type": "search", "mappings": {"dynamic": true}});

        nest(index.as_object_mut().unwrap());

        let nested = json!({
            "name": "a",
            "type": "search",
            "definition": {"mappings": {"dynamic": true}},
        });
        assert_eq!(index, nested);
    }

    #[test]
    fn fields_have_three_parts() {
        let parsed = fields(&["a:lucene.english:string,b:lucene.simple:date".to_owned()]).unwrap();

        assert_eq!(
            parsed["b"],
            json!({"analyzer": "lucene.simple", "type": "date"})
        );
        assert!(fields(&["a:string".to_owned()]).is_err());
    }
}
