//! Replaces the conversions in setters by calls of shared functions.
//!
//! Expects one statement on each line, as [`print`](crate::print) writes the code.

use crate::edits::EditCounts;

/// Replaces the conversions in the setters of builders by calls of the functions in `api/convert.rs`.
pub(crate) fn share_conversions(code: &str, edits: &mut EditCounts) -> String {
    let mut shared = String::with_capacity(code.len());
    for line in code.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        match match_setter(line) {
            Some((rule, new)) => {
                edits.add(rule, 1);
                shared.extend([indent, new.as_str()]);
            }
            None => shared.push_str(line),
        }
        shared.push('\n');
    }
    shared
}

/// Returns the rule that matches the statement of a setter, and the new statement.
fn match_setter(line: &str) -> Option<(&'static str, String)> {
    let (field, conversion) = line.trim().split_once(" = value.try_into()")?;
    let name = field.strip_prefix("self.")?;
    let is_parameter = |rest: &str| rest.starts_with(".map_err(| _ | \"conversion to ");
    if conversion.starts_with(".map_err(| e | format!(\"error converting ") {
        let new = format!("{field} = super::super::convert(value, \"{name}\");");
        return Some(("setter: share conversion of a field", new));
    }
    if is_parameter(conversion) {
        let new = format!("{field} = super::convert_parameter(value, \"{name}\");");
        return Some(("setter: share conversion of a required parameter", new));
    }
    if conversion
        .strip_prefix(".map(Some)")
        .is_some_and(is_parameter)
    {
        let new = format!("{field} = super::convert_parameter(value, \"{name}\").map(Some);");
        return Some(("setter: share conversion of an optional parameter", new));
    }
    let body =
        conversion.strip_prefix(".map(From::from).map_err(| s | format!(\"conversion to `")?;
    let (target, _) = body.split_once('`')?;
    let new = format!(
        "{field} = super::convert::<types::{target}, _>(value, \"{name}\").map(From::from);"
    );
    Some(("setter: share conversion of a body", new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setters_call_shared_conversions() {
        let code = r#"
            self.name = value.try_into().map_err(| e | format!("error converting supplied value for name: {e}"));
            self.id = value.try_into().map_err(| _ | "conversion to `i64` for id failed".to_string());
            self.page = value.try_into().map(Some).map_err(| _ | "conversion to `i64` for page failed".to_string());
            self.body = value.try_into().map(From::from).map_err(| s | format!("conversion to `Group` for body failed: {}", s));
        "#;
        let mut edits = EditCounts::default();

        let shared = share_conversions(code, &mut edits);

        assert_eq!(
            shared.split_whitespace().collect::<Vec<_>>().join(" "),
            "self.name = super::super::convert(value, \"name\"); \
             self.id = super::convert_parameter(value, \"id\"); \
             self.page = super::convert_parameter(value, \"page\").map(Some); \
             self.body = super::convert::<types::Group, _>(value, \"body\").map(From::from);"
        );
        assert_eq!(edits.iter().count(), 4);
    }
}
