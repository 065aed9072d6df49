//! The flags of `api`: its own, and the parameters of the operation.

use mongodbatlas::operations::{FieldKind, Location, Parameter};

use super::find;
use crate::{
    engine::definition::{Input, Kind, Target, flag},
    error::CliError,
};

/// The flags of `api` itself.
pub(super) const FLAGS: &[Input] = &[
    flag(
        "file",
        Target::None,
        "JSON document for the body; `-` is standard input",
    )
    .short('f'),
    flag(
        "field",
        Target::None,
        "Field of the body; can be repeated; a value that is JSON is sent as JSON",
    )
    .short('F')
    .kind(Kind::Repeated)
    .value_name("PATH=VALUE"),
    flag("paginate", Target::None, "Read all pages of a list").switch(),
    flag(
        "api-version",
        Target::None,
        "API version. Default: the newest stable one",
    )
    .aliases(&["version"])
    .value_name("DATE"),
    flag("output-file", Target::None, "File for a download")
        .aliases(&["out"])
        .value_name("FILE"),
    flag(
        "tag",
        Target::None,
        "With `list`: the tag of the operations",
    ),
];

/// Returns the parameters of the operation that the words name as flags.
pub(super) fn dynamic(words: &[String]) -> Result<Vec<Input>, CliError> {
    let mut words = words.iter().take_while(|word| !word.starts_with('-'));
    let Some(first) = words.next() else {
        return Ok(Vec::new());
    };
    if matches!(first.as_str(), "list" | "describe") {
        return Ok(Vec::new());
    }
    let found = find::find(first, words.next().map(String::as_str))?;
    let from_path: Vec<_> = found
        .parameters
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let parameters = found.operation.parameters.iter();
    Ok(parameters
        .map(|parameter| input(parameter, from_path.contains(&parameter.name)))
        .collect())
}

fn input(parameter: &Parameter, is_in_path: bool) -> Input {
    let target = match parameter.location {
        Location::Path => Target::Path(parameter.name),
        _ => Target::Query(parameter.name),
    };
    let mut input = flag(parameter.name, target, "Parameter of the operation");
    input.kind = match parameter.kind() {
        FieldKind::Boolean => Kind::Switch,
        FieldKind::Integer => Kind::Integer,
        FieldKind::Number => Kind::Number,
        FieldKind::Array(_) => Kind::List,
        _ => Kind::Text,
    };
    input.may_be_empty = true;
    // a project and an organization can come from the configuration
    let has_setting = matches!(parameter.name, "groupId" | "orgId");
    input.required = parameter.required && !has_setting && !is_in_path;
    input
}
