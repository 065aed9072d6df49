//! Tests the command line: forms, spellings, errors.

use crate::support::{Atlas, atlascli, run};

#[test]
fn spellings_that_differ_in_hyphens_and_case_are_equal() {
    let atlas = Atlas::demo();
    let expected = atlas
        .run(&[
            "clusters",
            "available-regions",
            "list",
            "--project",
            "Storefront",
            "--provider",
            "AWS",
        ])
        .data();

    for line in [
        "cluster availableRegions ls --projectId Storefront --provider AWS",
        "CLUSTERS availableregion list --PROJECT-ID=Storefront --Provider=AWS",
    ] {
        let words: Vec<_> = line.split(' ').collect();
        assert_eq!(atlas.run(&words).data(), expected, "{line}");
    }
}

#[test]
fn global_options_are_accepted_before_and_after_the_words() {
    let atlas = Atlas::demo();
    let expected = atlas.run(&["projects", "list", "-o", "ids"]).data();

    for line in [
        &["-o", "ids", "projects", "list"][..],
        &["-o=ids", "projects", "list"],
        &["projects", "-o", "ids", "list"],
        &["projects", "list", "--output=ids"],
        &["projects", "list", "-oids"],
    ] {
        assert_eq!(atlas.run(line).data(), expected, "{line:?}");
    }
}

#[test]
fn usage_errors_have_a_hint_and_send_nothing() {
    let atlas = Atlas::demo();

    for (line, error, hint) in [
        (
            "clutsers list",
            "unknown command `clutsers`",
            "did you mean `clusters`?",
        ),
        (
            "clusters lst",
            "unknown command `clusters lst`",
            "did you mean `clusters list`?",
        ),
        (
            "clusters",
            "`atlascli clusters` needs a command",
            "commands: list,",
        ),
        (
            "clusters list --projct x",
            "unknown option `--projct` for `clusters list`",
            "did you mean `--project`?",
        ),
        (
            "clusters list --project=",
            "the value of `--project` is empty",
            "leave `--project` out",
        ),
        (
            "clusters list --limit",
            "`--limit` needs a value",
            "write `--limit <ITEMS>`",
        ),
        (
            "clusters list extra",
            "unexpected argument `extra`",
            "shows the usage",
        ),
        (
            "clusters describe",
            "`clusters describe` needs the argument <CLUSTER>",
            "has examples",
        ),
        (
            "clusters list -o xml",
            "`--output`: unknown output format `xml`",
            "formats: table,",
        ),
        (
            "--limit 5 clusters list",
            "unknown option `--limit` before a command",
            "write it after the command",
        ),
        (
            "projects update x",
            "`projects update` needs `--file`",
            "add `--file <FILE>`",
        ),
    ] {
        let words: Vec<_> = line.split(' ').collect();
        let run = atlas.run(&words);

        assert_eq!(
            (run.exit, run.stdout.as_str()),
            (Some(2), ""),
            "{line}: {run}"
        );
        let (message, advice) = run.error_and_hint();
        assert_eq!(message, error, "{line}");
        assert!(advice.contains(hint), "{line}: {advice}");
    }
    assert!(atlas.requests().is_empty());
}

#[test]
fn words_and_flags_select_the_form() {
    for (line, is_command_form) in [
        (&["-h"][..], true),
        (&["--help"], true),
        (&["projects", "--help"], true),
        (&["--output", "json", "projects", "--help"], true),
        (&["-d", "projects", "--help"], true),
        (&["help", "flag-form"], false),
    ] {
        let text = run(atlascli(line)).data();
        assert_eq!(!text.contains("--listcluster"), is_command_form, "{line:?}");
    }
    let flags = run(atlascli(&["--list", "--help"])).data();
    assert!(flags.contains("--listcluster"));
}

#[test]
fn version_is_printed_anywhere() {
    let version = concat!("atlascli ", env!("CARGO_PKG_VERSION"), "\n");

    for line in [
        &["--version"][..],
        &["clusters", "--version"],
        &["clusters", "list", "-V"],
    ] {
        assert_eq!(run(atlascli(line)).data(), version, "{line:?}");
    }
}
