//! Renames schemas of the document.

use std::collections::{BTreeMap, BTreeSet};

use super::{NewName, unknown_name_error};
use crate::{
    document::{Document, rename_references},
    error::{Error, Result},
    names,
};

/// Removes dates from the names of all schemas, then renames the listed ones.
pub(super) fn rename(document: &mut Document, listed: &BTreeMap<String, NewName>) -> Result<()> {
    let old_names = document.schemas()?.keys();
    let new_names = assign_names(old_names, listed)?;
    let schemas = document.schemas_mut()?;
    *schemas = std::mem::take(schemas)
        .into_iter()
        .map(|(old, schema)| (new_names[&old].clone(), schema))
        .collect();
    rename_references(document, &new_names);
    Ok(())
}

/// Returns the new name of each schema, by its old name.
fn assign_names<'a>(
    old_names: impl Iterator<Item = &'a String>,
    listed: &BTreeMap<String, NewName>,
) -> Result<BTreeMap<String, String>> {
    let mut new_names = BTreeMap::new();
    let mut owners = BTreeMap::new();
    let mut unused: BTreeSet<&String> = listed.keys().collect();
    for old in old_names {
        let undated = remove_date(old);
        unused.remove(&undated);
        let new = match listed.get(&undated) {
            Some(entry) => entry.name.clone(),
            None => undated,
        };
        if let Some(owner) = owners.insert(names::type_name(&new), old) {
            return Err(Error::NameClash {
                name: new,
                first: owner.clone(),
                second: old.clone(),
            });
        }
        new_names.insert(old.clone(), new);
    }
    match unused.first() {
        None => Ok(new_names),
        Some(name) => Err(unknown_name_error(name)),
    }
}

/// Removes dates such as `20240805` from a name.
fn remove_date(name: &str) -> String {
    let mut shortened = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from_digits) = rest.split_at(start);
        let end = from_digits.find(|c: char| !c.is_ascii_digit());
        let (digits, after) = from_digits.split_at(end.unwrap_or(from_digits.len()));
        shortened.push_str(before);
        if !is_date(digits) {
            shortened.push_str(digits);
        }
        rest = after;
    }
    shortened.push_str(rest);
    shortened
}

/// Returns `true` if the digits are a date of this century in the format `YYYYMMDD`.
fn is_date(digits: &str) -> bool {
    digits.len() == 8
        && digits.starts_with("20")
        && ("01"..="12").contains(&&digits[4..6])
        && ("01"..="31").contains(&&digits[6..])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::TypeNames, *};
    use crate::{document::schema_reference, passes::tests::with_schemas};

    fn parse_names(types: &str) -> TypeNames {
        TypeNames::parse(types).unwrap()
    }

    #[test]
    fn removes_dates_at_the_end_and_inside_of_names() {
        let cases = [
            ("ClusterDescription20240805", "ClusterDescription"),
            ("PaginatedJob20241113View", "PaginatedJobView"),
            ("Ipv6Address", "Ipv6Address"),
            ("Code12345678", "Code12345678"),
            ("Part2024080", "Part2024080"),
        ];
        for (name, undated) in cases {
            assert_eq!(remove_date(name), undated);
        }
    }

    #[test]
    fn renames_a_schema_and_all_references_to_it() {
        let mut document = with_schemas(json!({
            "Response": {"properties": {"part": schema_reference("PartView20240805")}},
            "PartView20240805": {"type": "object"}, "Request": {}}));
        let names = parse_names("[types]\nPartView = { name = 'Part', reason = 'x' }");

        names.rename_schemas(&mut document).unwrap();

        let schemas = document.schemas().unwrap();
        let response = &schemas["Response"]["properties"]["part"];
        assert_eq!(*response, schema_reference("Part"));
        assert!(schemas.contains_key("Part") && schemas.len() == 3);
    }

    #[test]
    fn rejects_two_versions_of_a_schema() {
        let mut document =
            with_schemas(json!({"Response": {}, "Request": {}, "Part": {}, "Part20240805": {}}));

        let error = parse_names("").rename_schemas(&mut document).unwrap_err();

        let error = error.to_string();
        assert!(error.contains("`Part` and `Part20240805`"), "{error}");
    }

    #[test]
    fn rejects_an_entry_that_names_no_schema() {
        let mut document = with_schemas(json!({"Response": {}, "Request": {}}));
        let names = parse_names("[types]\nGone = { name = 'New', reason = 'x' }");

        let error = names.rename_schemas(&mut document).unwrap_err();

        assert!(error.to_string().contains("`Gone`"), "{error}");
    }
}
