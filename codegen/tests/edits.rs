//! The rules that edit progenitor's output, over the vendored document with all tags.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use std::{collections::BTreeMap, path::Path};

use mongodbatlas_codegen::{Generated, Inputs, Options, generate};

/// Each rule with the expected number of matches, and the original text that it removes. An update of the
/// document changes some numbers: check that the new number is plausible, and replace the old one.
///
/// Rules without a text cannot be checked by a search: builders of responses look like those of requests,
/// `#[non_exhaustive]` is an addition, and [`no_original_text_remains`] counts the structs without
/// `Object`.
const RULES: [(&str, usize, Option<&str>); 24] = [
    ("builder: replace `send`", 514, Some("reqwest")),
    ("builder: replace imports", 2, Some("OperationInfo")),
    ("client: drop `impl ClientInfo`", 1, Some("ClientInfo")),
    ("client: drop assertion about hooks", 1, Some("ClientHooks")),
    ("client: drop constructors", 1, Some("fn new_with_client")),
    (
        "client: drop imports of progenitor_client",
        2,
        Some("progenitor"),
    ),
    ("client: drop module `prelude`", 1, Some("mod prelude")),
    ("client: drop struct `Client`", 1, Some("struct Client ")),
    ("docs: mark examples as text", 514, Some("```ignore")),
    (
        "struct builder: convert to the struct",
        172,
        Some("extra: value.extra"),
    ),
    (
        "struct builder: derive `Default`",
        172,
        Some("no value supplied for extra"),
    ),
    (
        "struct builder: contain the struct",
        172,
        Some("extra: ::std::result::Result"),
    ),
    (
        "struct builder: convert from the struct",
        54,
        Some("extra: Ok(value.extra)"),
    ),
    (
        "struct builder: set a field of the struct",
        1220,
        Some("self.extra = "),
    ),
    ("object: implement `Object`", 435, None),
    (
        "setter: share conversion of a body",
        162,
        Some(".map(From::from).map_err("),
    ),
    (
        "setter: share conversion of a field",
        533,
        Some("error converting supplied value"),
    ),
    (
        "setter: share conversion of a required parameter",
        1003,
        Some("value.try_into().map_err(| _ |"),
    ),
    (
        "setter: share conversion of an optional parameter",
        436,
        Some("value.try_into().map(Some)"),
    ),
    ("types: drop `builder()` of a response struct", 264, None),
    ("types: drop `impl` of an unused builder", 792, None),
    ("types: drop an unused builder", 264, None),
    ("types: drop conversion to a builder", 405, None),
    ("types: mark struct as non-exhaustive", 553, None),
];

fn generated() -> Generated {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let inputs = Inputs::read(&openapi).unwrap();
    generate(&inputs, Options::default(), |_| true).unwrap()
}

#[test]
fn each_rule_matches_as_often_as_expected() {
    let matches: BTreeMap<_, _> = generated().edits.iter().collect();
    let expected = RULES.map(|(rule, matches, _)| (rule, matches));
    let expected: BTreeMap<_, _> = expected.into();

    let wrong: Vec<_> = expected
        .keys()
        .chain(matches.keys())
        .filter(|rule| matches.get(*rule) != expected.get(*rule))
        .map(|rule| {
            let [actual, expected] = [&matches, &expected].map(|counts| counts.get(rule).copied());
            format!("`{rule}`: {actual:?} matches, expected {expected:?}")
        })
        .collect();

    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_original_text_remains() {
    let client = generated().client;

    let removed = RULES
        .into_iter()
        .filter_map(|(rule, _, text)| Some((rule, text?)));
    for (rule, text) in removed {
        let line = client.lines().find(|line| line.contains(text));
        assert_eq!(line, None, "`{rule}` left `{text}`");
    }
    // `Principal` contains itself in a box, which `Object` does not support.
    let derived = client.matches("#[serde(flatten").count();
    assert_eq!(derived, 1, "`object: implement `Object`` left structs");
}
