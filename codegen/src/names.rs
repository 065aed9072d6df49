//! Rust names for the document's names.

use heck::{ToPascalCase, ToSnakeCase};

/// The cargo feature of a tag: its name in kebab-case.
///
/// ```
/// assert_eq!(mongodbatlas_codegen::feature_of_tag("Project IP Access List"), "project-ip-access-list");
/// ```
pub fn feature_of_tag(tag: &str) -> String {
    let words = tag
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

/// The name of the generated method of an operation.
pub(crate) fn method_name(operation_id: &str) -> String {
    operation_id.to_snake_case()
}

/// The name of the builder of an operation's calls.
pub(crate) fn builder_name(operation_id: &str) -> String {
    method_name(operation_id).to_pascal_case()
}

/// A type name, as typify writes it: other spellings are not found by its replacements.
pub(crate) fn type_name(schema: &str) -> String {
    schema
        .replace(|c: char| !c.is_ascii_alphanumeric(), "-")
        .to_pascal_case()
}

/// The name of an enum's variant for a value on the wire.
///
/// Values without letters are spelt out (`<` is `LessThan`); a name that would start with a digit
/// gets a `V`; `Other` is the catch-all's name and is avoided.
pub(crate) fn variant_name(value: &str) -> String {
    let mut words = String::new();
    for c in value.chars() {
        match symbol(c) {
            Some(word) if !value.chars().any(|c| c.is_ascii_alphanumeric()) => {
                words.push_str(word);
                words.push(' ');
            }
            _ if c.is_ascii_alphanumeric() => words.push(c),
            _ => words.push(' '),
        }
    }
    let name = words.to_pascal_case();
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("V{name}"),
        _ if name == "Other" => "OtherValue".to_owned(),
        _ if name == "Self" => "SelfValue".to_owned(),
        _ => name,
    }
}

/// The word for a character that is no letter or digit.
fn symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '<' => "less than",
        '>' => "greater than",
        '=' => "equal",
        '!' => "not",
        '*' => "any",
        '+' => "plus",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_odd_values_have_names() {
        let cases = [
            ("AWS_US_EAST_1", "AwsUsEast1"),
            ("<", "LessThan"),
            (">", "GreaterThan"),
            ("8.0", "V80"),
            ("", "Empty"),
            ("OTHER", "OtherValue"),
            ("read-write", "ReadWrite"),
        ];
        for (value, name) in cases {
            assert_eq!(variant_name(value), name, "of {value:?}");
        }
    }

    #[test]
    fn type_names_are_those_of_typify() {
        assert_eq!(
            type_name("ApiAtlasCloudProviderAWSOptions"),
            "ApiAtlasCloudProviderAwsOptions"
        );
        assert_eq!(
            type_name("ClusterDescription20240805"),
            "ClusterDescription20240805"
        );
    }
}
