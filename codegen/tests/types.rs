//! Checks the names of the types generated from the vendored document with all tags.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use mongodbatlas_codegen::{Generated, Inputs, Options, generate};

static GENERATED: LazyLock<Generated> = LazyLock::new(|| {
    let inputs = Inputs::read(&openapi()).unwrap();
    generate(&inputs, Options::default(), |_| true).unwrap()
});

fn openapi() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi")
}

/// Returns the names of the generated types of one kind, `struct` or `enum`.
fn names(kind: &str) -> impl Iterator<Item = &'static str> {
    let prefix = format!("{kind} ");
    let lines = GENERATED.types.lines();
    lines.filter_map(move |line| line.strip_prefix(&prefix))
}

#[test]
fn types_txt_lists_the_generated_types() {
    let listed = fs::read_to_string(openapi().join("types.txt")).unwrap();

    let removed: Vec<_> = difference(&listed, &GENERATED.types);
    let added: Vec<_> = difference(&GENERATED.types, &listed);

    assert!(
        removed.is_empty() && added.is_empty(),
        "removed: {removed:#?}, added: {added:#?}\n\
         To keep an old name, add an entry to openapi/names.toml. To accept the new names, run \
         `cargo run -p mongodbatlas-codegen -- types`; a removed name is a breaking change."
    );
}

/// Returns the lines that the other text lacks.
fn difference<'a>(text: &'a str, other: &str) -> Vec<&'a str> {
    let lines = text.lines();
    lines
        .filter(|line| !other.lines().any(|other_line| other_line == *line))
        .collect()
}

#[test]
fn no_name_has_a_date_or_ends_in_inner() {
    let is_dated = |name: &str| {
        let digits = name.split(|c: char| !c.is_ascii_digit());
        digits.into_iter().any(|digits| digits.len() >= 8)
    };

    let wrong: Vec<_> = names("struct")
        .chain(names("enum"))
        .filter(|name| is_dated(name) || name.ends_with("Inner"))
        .collect();

    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_struct_has_a_default_a_builder_or_a_conversion() {
    let code: String = GENERATED.client.split_whitespace().collect();

    let closed: Vec<_> = names("struct")
        .filter(|name| {
            let ways = [
                format!("impl::std::default::Defaultfor{name}{{"),
                format!("fnbuilder()->builder::{name}{{"),
                format!(">for{name}{{fnfrom("),
            ];
            ways.iter().all(|way| !code.contains(way))
        })
        .collect();

    // Only responses contain a `Principal`. It contains itself, which `Object` does not support.
    assert_eq!(closed, ["Principal"]);
}
