//! The rules that edit progenitor's output, over the vendored document with all tags.
#![expect(clippy::unwrap_used, reason = "test code may panic")]

use std::{collections::BTreeMap, path::Path};

use mongodbatlas_codegen::{Generated, Inputs, Options, generate};

/// The expected number of matches of each rule. A refresh of the document changes some of them: check
/// that the new number is plausible, and replace the old one.
const EXPECTED: [(&str, usize); 24] = [
    ("builder: replace `send`", 514),
    ("builder: replace imports", 2),
    ("client: drop `impl ClientInfo`", 1),
    ("client: drop assertion about hooks", 1),
    ("client: drop constructors", 1),
    ("client: drop imports of progenitor_client", 2),
    ("client: drop module `prelude`", 1),
    ("client: drop struct `Client`", 1),
    ("docs: mark examples as text", 514),
    ("draft: build from the struct", 172),
    ("draft: derive `Default`", 172),
    ("draft: hold the struct", 172),
    ("draft: make from the struct", 54),
    ("draft: set a field of the struct", 1220),
    ("object: read and write through `Object`", 435),
    ("setter: share conversion of a body", 162),
    ("setter: share conversion of a field", 533),
    ("setter: share conversion of a required parameter", 1003),
    ("setter: share conversion of an optional parameter", 436),
    ("types: drop `builder()` of a struct of responses", 264),
    ("types: drop `impl` of an idle builder", 792),
    ("types: drop an idle builder", 264),
    ("types: drop the way back to a builder", 405),
    ("types: mark struct as non-exhaustive", 553),
];

/// Original text of progenitor that a rule removes.
const REMOVED: [(&str, &str); 10] = [
    ("client: drop imports of progenitor_client", "progenitor"),
    ("client: drop struct `Client`", "struct Client "),
    ("client: drop `impl ClientInfo`", "ClientInfo"),
    ("client: drop assertion about hooks", "ClientHooks"),
    ("client: drop module `prelude`", "mod prelude"),
    ("builder: replace `send`", "reqwest"),
    ("builder: replace imports", "OperationInfo"),
    ("docs: mark examples as text", "```ignore"),
    ("draft: hold the struct", "extra: value.extra"),
    ("setter: share conversion of a field", "value.try_into()"),
];

fn generated() -> Generated {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let inputs = Inputs::read(&openapi).unwrap();
    generate(&inputs, Options::default(), |_| true).unwrap()
}

#[test]
fn each_rule_matches_as_often_as_expected() {
    let matches: BTreeMap<_, _> = generated().edits.iter().collect();
    let expected: BTreeMap<_, _> = EXPECTED.into();

    let wrong: Vec<_> = expected
        .keys()
        .chain(matches.keys())
        .filter(|rule| matches.get(*rule) != expected.get(*rule))
        .map(|rule| {
            let [found, wanted] = [&matches, &expected].map(|counts| counts.get(rule).copied());
            format!("`{rule}`: {found:?} matches, expected {wanted:?}")
        })
        .collect();

    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_original_text_remains() {
    let client = generated().client;

    for (rule, text) in REMOVED {
        let line = client.lines().find(|line| line.contains(text));
        assert_eq!(line, None, "`{rule}` left `{text}`");
    }
    // `Principal` contains itself in a box, which `Object` cannot read
    let derived = client.matches("#[serde(flatten").count();
    assert_eq!(
        derived, 1,
        "`object: read and write through `Object`` left structs"
    );
}
