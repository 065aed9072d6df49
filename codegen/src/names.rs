//! Converts names of the document to Rust names.

use heck::{ToPascalCase, ToSnakeCase};

/// Returns the cargo feature of a tag: its name in kebab-case.
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

/// Returns the name of an operation's generated method.
pub(crate) fn method_name(operation_id: &str) -> String {
    operation_id.to_snake_case()
}

/// Returns the name of an operation's call builder.
pub(crate) fn builder_name(operation_id: &str) -> String {
    method_name(operation_id).to_pascal_case()
}

/// Returns the type name of a schema as typify spells it, since its replacements are found by name.
pub(crate) fn type_name(schema: &str) -> String {
    schema
        .replace(|c: char| !c.is_ascii_alphanumeric(), "-")
        .to_pascal_case()
}

/// Returns the name of an enum's variant for a wire value.
///
/// Values without letters are spelled out (`<` is `LessThan`), names that start with a digit get the
/// prefix `V`. `Other` is the name of the variant for unknown values and becomes `OtherValue`.
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

/// Returns the name of a symbol.
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
    fn names_variants_of_unusual_values() {
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
    fn spells_type_names_as_typify() {
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
