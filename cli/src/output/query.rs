//! Expressions over JSON: jq and `JSONPath`.

use jaq_core::{
    Compiler, Ctx, Vars, data,
    load::{Arena, File, Loader},
    unwrap_valr,
};
use jaq_json::{Val, read};
use serde_json::Value;
use serde_json_path::JsonPath;

use crate::error::CliError;

/// Returns the results of a jq expression, one for each line. Strings are printed without quotes.
///
/// # Errors
///
/// Fails with a usage error if the expression is malformed, and with exit code 1 if its evaluation fails.
pub(crate) fn jq(expression: &str, json: &str) -> Result<String, CliError> {
    let invalid = || {
        CliError::usage(format!("invalid jq expression `{expression}`"))
            .with_hint("`--jq '.results[].name'` prints the names of a list")
    };
    let defs = jaq_core::defs()
        .chain(jaq_std::defs())
        .chain(jaq_json::defs());
    let funs = jaq_core::funs()
        .chain(jaq_std::funs())
        .chain(jaq_json::funs());
    let loader = Loader::new(defs);
    let arena = Arena::default();
    let program = File {
        code: expression,
        path: (),
    };
    let modules = loader.load(&arena, program).map_err(|_| invalid())?;
    let filter = Compiler::default()
        .with_funs(funs)
        .compile(modules)
        .map_err(|_| invalid())?;
    let input = read::parse_single(json.as_bytes())
        .map_err(|error| CliError::failure(format!("cannot read the JSON output: {error}")))?;
    let context = Ctx::<data::JustLut<Val>>::new(&filter.lut, Vars::new([]));
    let mut output = String::new();
    for result in filter.id.run((context, input)).map(unwrap_valr) {
        let value = result
            .map_err(|error| CliError::failure(format!("jq expression `{expression}`: {error}")))?;
        output.push_str(&text_of(&value.to_string()));
        output.push('\n');
    }
    Ok(output)
}

/// Returns the nodes that a `JSONPath` expression selects, one for each line. Strings are printed without quotes.
///
/// # Errors
///
/// Fails with a usage error if the expression is malformed.
pub(crate) fn json_path(expression: &str, value: &Value) -> Result<String, CliError> {
    let path = JsonPath::parse(expression).map_err(|error| {
        CliError::usage(format!("invalid JSONPath `{expression}`: {error}"))
            .with_hint("`-o json-path='$.results[*].name'` prints the names of a list")
    })?;
    let nodes = path.query(value).all();
    let lines = nodes.iter().map(|node| text_of(&node.to_string()) + "\n");
    Ok(lines.collect())
}

/// Returns the text of a JSON string, or other JSON unchanged.
fn text_of(json: &str) -> String {
    serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jq_prints_texts_without_quotes() {
        let json = r#"{"results":[{"name":"a","n":1.50},{"name":"b"}]}"#;

        assert_eq!(jq(".results[].name", json).unwrap(), "a\nb\n");
        assert_eq!(
            jq(".results[0]", json).unwrap(),
            "{\"name\":\"a\",\"n\":1.50}\n"
        );
        assert!(jq(".results[", json).unwrap_err().hint().is_some());
    }

    #[test]
    fn json_path_prints_selected_nodes() {
        let value = serde_json::json!({"results": [{"name": "a"}, {"name": "b"}]});

        assert_eq!(json_path("$.results[*].name", &value).unwrap(), "a\nb\n");
        assert!(json_path("results", &value).is_err());
    }
}
