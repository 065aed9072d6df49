//! Go templates: the subset that scripts for the official CLI use.
//!
//! Supported are text, fields (`.Results`, `.Id`), variables, `if`, `else`, `range`, `with`, trim markers,
//! pipelines and the functions `len`, `index`, `print`, `printf`, `println`, `eq`, `ne`, `not`, `and`,
//! `or`, `json`. A field is a JSON name whose first letter is in upper case.

mod evaluate;
mod parse;

use serde_json::Value;

use crate::error::CliError;

/// Renders a template with a document.
///
/// # Errors
///
/// Fails with a usage error if the template is malformed or uses an unsupported function.
pub(crate) fn render(template: &str, value: &Value) -> Result<String, CliError> {
    let nodes = parse::parse(template).map_err(|reason| invalid(&reason))?;
    evaluate::render(&nodes, value).map_err(|reason| invalid(&reason))
}

fn invalid(reason: &str) -> CliError {
    CliError::usage(format!("invalid Go template: {reason}")).with_hint(
        "`-o go-template='{{range .Results}}{{.Name}}{{\"\\n\"}}{{end}}'` prints the names of a list",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(template: &str) -> String {
        let value = serde_json::json!({
            "results": [{"name": "a", "paused": true, "tags": []}, {"name": "b", "paused": false}],
            "totalCount": 2,
        });
        render(template, &value).unwrap()
    }

    #[test]
    fn range_prints_fields_of_items() {
        assert_eq!(text("{{range .Results}}{{.Name}}\n{{end}}"), "a\nb\n");
        assert_eq!(
            text("{{range $i, $c := .Results}}{{$i}}={{$c.Name}} {{end}}"),
            "0=a 1=b "
        );
    }

    #[test]
    fn conditions_and_functions_are_evaluated() {
        let paused = "{{range .Results}}{{if .Paused}}{{.Name}}{{else}}-{{end}}{{end}}";
        assert_eq!(text(paused), "a-");
        assert_eq!(text("{{len .Results}} of {{.TotalCount}}"), "2 of 2");
        assert_eq!(text("{{(index .Results 1).Name}}"), "b");
        assert_eq!(
            text("{{with index .Results 0}}{{.Name | printf \"<%s>\"}}{{end}}"),
            "<a>"
        );
        assert_eq!(text("{{if eq .TotalCount 2}}two{{end}}"), "two");
        assert_eq!(text("a {{- .TotalCount -}} b"), "a2b");
    }

    #[test]
    fn missing_field_prints_no_value() {
        assert_eq!(text("{{.Nothing}}"), "<no value>");
    }

    #[test]
    fn malformed_template_is_a_usage_error() {
        for template in [
            "{{range .Results}}",
            "{{.Name",
            "{{end}}",
            "{{unknown .Name}}",
        ] {
            assert!(render(template, &Value::Null).is_err(), "{template}");
        }
    }
}
