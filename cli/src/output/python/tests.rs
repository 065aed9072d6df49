//! Compares the output with Python's `pprint`, and tests edge cases.

use std::{
    fmt::Write as _,
    io::Write as _,
    process::{Command, Stdio},
};

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::*;

fn formatted(json: &str) -> String {
    format(&reader::read(json))
}

#[test]
fn formats_numbers_as_python() {
    for (json, python) in [
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "-0.0"),
        ("10.0", "10.0"),
        ("1e3", "1000.0"),
        ("1E16", "1e+16"),
        ("123456789012345680.0", "1.2345678901234568e+17"),
        ("0.0001", "0.0001"),
        ("0.00001", "1e-05"),
        ("1e400", "inf"),
        ("18446744073709551616", "18446744073709551616"),
        ("0.1", "0.1"),
    ] {
        assert_eq!(formatted(json), python, "{json}");
    }
}

#[test]
fn quotes_strings_as_python() {
    for (json, python) in [
        (r#""it's""#, r#""it's""#),
        (r#""it's \"so\"""#, r#"'it\'s "so"'"#),
        (r#""a\\b""#, r"'a\\b'"),
        (r#""\u001b[31m\u009b\u202e""#, r"'\x1b[31m\x9b\u202e'"),
        (r#""Café 基盤""#, "'Café 基盤'"),
        (r#""\ud800""#, r#""\ud800""#),
    ] {
        assert_eq!(formatted(json), python, "{json}");
    }
}

#[test]
fn wraps_long_document() {
    let json = r#"{"providerSettings": {"autoScaling": {"compute": {"maxInstanceSize": null,
        "minInstanceSize": null}}, "encryptEBSVolume": true, "diskIOPS": 100},
        "links": [{"rel": "self", "href": "http://127.0.0.1:18090/api/atlas/v1.0/groups/5a0a1e7e"}],
        "diskSizeGB": 10.0, "note": "a string that does not fit on one line and is therefore broken after its spaces"}"#;

    insta::assert_snapshot!(formatted(json), @r"
    {'diskSizeGB': 10.0,
     'links': [{'href': 'http://127.0.0.1:18090/api/atlas/v1.0/groups/5a0a1e7e',
                'rel': 'self'}],
     'note': 'a string that does not fit on one line and is therefore broken after '
             'its spaces',
     'providerSettings': {'autoScaling': {'compute': {'maxInstanceSize': None,
                                                      'minInstanceSize': None}},
                          'diskIOPS': 100,
                          'encryptEBSVolume': True}}
    ");
}

#[test]
fn prints_deeply_nested_document_verbatim() {
    let json = "[".repeat(300) + &"]".repeat(300);

    assert_eq!(formatted(&json).matches('[').count(), 300);
}

const DOCUMENTS: usize = 1500;

const PYTHON: &str = "import json, pprint, sys
documents = [json.loads(line) for line in sys.stdin.buffer.read().decode().split('\\n')[:-1]]
sys.stdout.buffer.write(json.dumps([pprint.pformat(document) for document in documents]).encode())";

/// Generates strings that `pprint` treats differently: long, quoted, escaped, with unusual whitespace.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ]{0,12}",
        "[a-z '\"\\\\]{0,12}",
        "([a-zA-Z0-9:/.'-]{1,30}[ ]{1,3}){0,12}",
        "([a-z\"]{1,20}[ \\n\\r\\t\u{b}\u{c}\u{1c}\u{1f}\u{85}\u{a0}\u{2028}\u{3000}]{1,3}){0,9}",
        "[äé基盤🦀\u{301}\u{200b}\u{202e}\u{feff}\u{ad}\u{1b}\u{7f}\u{e000}a-c ]{0,90}",
        "[a-z]{60,120}",
    ]
}

fn numbers() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        (-20_i32..20).prop_map(|number| number.to_string()),
        any::<f64>()
            .prop_filter("JSON numbers are finite", |number| number.is_finite())
            .prop_map(|number| format!("{number:?}")),
        (-99_999_i32..99_999, -22_i32..22).prop_map(|(digits, power)| format!("{digits}e{power}")),
        (0_u32..9999).prop_map(|number| format!("{number}.0")),
        "[1-9][0-9]{18,40}",
    ]
}

/// Generates JSON text rather than values, to preserve the spelling of numbers.
fn documents() -> impl Strategy<Value = String> {
    let quoted = |text: &String| serde_json::to_string(text).unwrap();
    let leaf = prop_oneof![
        Just("true".to_owned()),
        Just("false".to_owned()),
        Just("null".to_owned()),
        numbers(),
        texts().prop_map(move |text| quoted(&text)),
    ];
    leaf.prop_recursive(6, 60, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8)
                .prop_map(|items| format!("[{}]", items.join(","))),
            proptest::collection::vec((texts(), inner), 0..8).prop_map(move |fields| {
                let fields = fields.iter().map(|(key, value)| quoted(key) + ":" + value);
                format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

#[test]
fn random_documents_match_pprint() {
    let Ok(mut python) = Command::new("python3")
        .args(["-c", PYTHON])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
    else {
        eprintln!("skipped: `python3` not found");
        return;
    };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    let strategy = documents();
    let documents: Vec<String> = (0..DOCUMENTS)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect();
    let mut input = String::new();
    for document in &documents {
        writeln!(input, "{document}").unwrap();
    }
    let mut stdin = python.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);

    let output = python.wait_with_output().unwrap();

    let expected: Vec<String> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(expected.len(), DOCUMENTS);
    for (document, expected) in documents.iter().zip(expected) {
        assert_eq!(formatted(document), expected, "{document}");
    }
}
