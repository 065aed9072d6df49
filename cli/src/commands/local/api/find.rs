//! Finds operations by name or path.

use mongodbatlas::operations::{Location, Operation};

use crate::{
    engine::names::{spelling::fold, suggest::nearest},
    error::CliError,
};

/// Short and former names: an operation id, a tab, names. The last line has preview operations.
const NAMES: &str = include_str!("names.tsv");
/// The first word of the line with preview operations.
const PREVIEW: &str = "preview";
/// The beginning of all paths.
const PREFIX: &str = "/api/atlas/v2";
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// An operation with the parameters that its path and query have.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) operation: &'static Operation,
    /// Parameters from METHOD PATH.
    pub(super) parameters: Vec<(String, String)>,
}

impl From<&'static Operation> for Found {
    fn from(operation: &'static Operation) -> Self {
        Self {
            operation,
            parameters: Vec::new(),
        }
    }
}

/// Returns the operation that words name.
///
/// # Errors
///
/// Fails with a usage error that suggests the most similar name if no operation matches.
pub(super) fn find(first: &str, second: Option<&str>) -> Result<Found, CliError> {
    let method = first.to_ascii_uppercase();
    match second {
        Some(path) if METHODS.contains(&method.as_str()) => by_path(&method, path),
        Some(name) => by_name(name, Some(first)).map(Found::from),
        None => by_name(first, None).map(Found::from),
    }
}

/// Returns the operation of this id, short or former name.
pub(super) fn by_name(name: &str, tag: Option<&str>) -> Result<&'static Operation, CliError> {
    let folded = fold(name);
    let is_tag = |operation: &Operation| tag.is_none_or(|tag| is_tag(operation.tag, tag));
    let all = Operation::all();
    if let Some(tag) = tag
        && !all
            .iter()
            .any(|operation| is_tag(operation) && !tag.is_empty())
    {
        let tags = all.iter().map(|operation| operation.tag);
        let error = CliError::usage(format!("unknown tag `{tag}`"));
        return Err(match nearest(tag, tags) {
            Some(known) => error.with_hint(format!("did you mean `{known}`?")),
            None => error.with_hint("`atlascli api list` shows the tags"),
        });
    }
    let by_id = all
        .iter()
        .find(|operation| fold(operation.id) == folded && is_tag(operation));
    if let Some(operation) = by_id {
        return Ok(operation);
    }
    for line in NAMES.lines() {
        let (id, names) = line.split_once('\t').unwrap_or((line, ""));
        if !names.split(' ').any(|known| fold(known) == folded) {
            continue;
        }
        if id == PREVIEW {
            return Err(CliError::usage(format!("`{name}` is a preview operation"))
                .with_hint("only stable operations are supported"));
        }
        if let Some(operation) = Operation::by_id(id).filter(|operation| is_tag(operation)) {
            return Ok(operation);
        }
    }
    let error = CliError::usage(format!("unknown operation `{name}`"));
    let known = all
        .iter()
        .filter(|operation| is_tag(operation))
        .map(|operation| operation.id);
    Err(match nearest(name, known) {
        Some(known) => error.with_hint(format!(
            "did you mean `{known}`? `atlascli api list` shows all"
        )),
        None => error.with_hint("`atlascli api list` shows all operations"),
    })
}

/// Returns `true` if a word names a tag: `clusters` or `cloudBackups`.
pub(super) fn is_tag(tag: &str, word: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    letters(tag) == letters(word)
}

/// Returns the operation with this method and path.
fn by_path(method: &str, path: &str) -> Result<Found, CliError> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = path
        .strip_prefix(PREFIX)
        .unwrap_or(path)
        .trim_end_matches('/');
    let candidates = Operation::all()
        .iter()
        .filter(|operation| operation.method == method);
    let mut found: Option<(usize, Found)> = None;
    for operation in candidates {
        let template = operation
            .path
            .strip_prefix(PREFIX)
            .unwrap_or(operation.path);
        if let Some(parameters) = matching(template, path) {
            let constants = operation.path.matches('/').count() - parameters.len();
            if found.as_ref().is_none_or(|(known, _)| constants > *known) {
                found = Some((
                    constants,
                    Found {
                        operation,
                        parameters,
                    },
                ));
            }
        }
    }
    let Some((_, mut found)) = found else {
        return Err(
            CliError::usage(format!("no operation has `{method} {path}`"))
                .with_hint("`atlascli api list` shows methods and paths"),
        );
    };
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        found.parameters.push((decode(name), decode(value)));
    }
    Ok(found)
}

/// Returns the values of a template's parameters in a path.
fn matching(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let mut parameters = Vec::new();
    let (mut templates, mut segments) = (template.split('/'), path.split('/'));
    loop {
        match (templates.next(), segments.next()) {
            (None, None) => return Some(parameters),
            (Some(template), Some(segment)) => {
                let Some((before, rest)) = template.split_once('{') else {
                    if template != segment {
                        return None;
                    }
                    continue;
                };
                let (name, after) = rest.split_once('}')?;
                let value = segment.strip_prefix(before)?.strip_suffix(after)?;
                if value.is_empty()
                    || after.is_empty() && value.contains(':') && template.contains(':')
                {
                    return None;
                }
                parameters.push((name.to_owned(), decode(value)));
            }
            _ => return None,
        }
    }
}

/// Decodes percent-encoded bytes and `+`.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| char::from(byte?).to_digit(16);
        match byte {
            b'%' => {
                let ahead = rest.clone();
                let mut digits = ahead;
                match (hex(digits.next()), hex(digits.next())) {
                    (Some(high), Some(low)) => {
                        bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                        rest = digits;
                    }
                    _ => bytes.push(byte),
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the names of the parameters in the path.
pub(super) fn path_parameters(operation: &Operation) -> impl Iterator<Item = &'static str> {
    let parameters = operation.parameters.iter();
    parameters
        .filter(|parameter| parameter.location == Location::Path)
        .map(|parameter| parameter.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_by_id_short_former_name_and_tag() {
        for words in [
            ("getGroupCluster", None),
            ("getCluster", None),
            ("clusters", Some("getCluster")),
            ("Clusters", Some("get-group-cluster")),
            ("GET", Some("/groups/5f0c2a9e1b3d4e0001a2b3c5/clusters/a")),
            ("get", Some("/api/atlas/v2/groups/x/clusters/a")),
        ] {
            assert_eq!(
                find(words.0, words.1).unwrap().operation.id,
                "getGroupCluster",
                "{words:?}"
            );
        }
    }

    #[test]
    fn path_and_query_become_parameters() {
        let found = find("GET", Some("/groups/x/clusters?pageNum=2")).unwrap();

        assert_eq!(found.operation.id, "listGroupClusters");
        let expected = [("groupId", "x"), ("pageNum", "2")];
        let expected: Vec<_> = expected
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
        assert_eq!(found.parameters, expected);
    }

    #[test]
    fn preview_and_unknown_names_are_usage_errors() {
        let preview = NAMES
            .lines()
            .last()
            .unwrap()
            .split(['\t', ' '])
            .nth(1)
            .unwrap();
        assert!(
            find(preview, None)
                .unwrap_err()
                .message()
                .contains("preview")
        );
        assert!(
            find("getGroupClustr", None)
                .unwrap_err()
                .hint()
                .unwrap()
                .contains("getGroupCluster")
        );
        assert!(find("clutsers", Some("getCluster")).is_err());
    }

    #[test]
    fn every_name_belongs_to_a_stable_operation() {
        for line in NAMES.lines().filter(|line| !line.starts_with(PREVIEW)) {
            let id = line.split('\t').next().unwrap();
            assert!(Operation::by_id(id).is_some(), "{id}");
        }
    }
}
