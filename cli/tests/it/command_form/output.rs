//! Output formats.

use crate::support::Atlas;

#[test]
fn every_format_prints_the_projects() {
    let atlas = Atlas::demo();
    let list = |format: &str| atlas.run(&["projects", "list", "-o", format]).data();

    assert!(list("table").starts_with("ID "));
    assert!(list("plaintext").starts_with("ID "));
    assert!(list("json").starts_with("{\n  \"results\": [\n"));
    assert_eq!(list("jsonl").lines().count(), 8);
    assert!(list("yaml").starts_with("results:\n"));
    assert!(list("csv").starts_with("id,name,clusters,created,tags\n"));
    assert!(list("tsv").starts_with("id\tname\t"));
    assert_eq!(
        list("ids").lines().next(),
        Some(atlas.project("Storefront").as_str())
    );
    assert!(list("python").starts_with("{'results': ["));
    assert!(list("json-path=$.results[*].name").starts_with("Storefront\n"));
    assert!(list("go-template={{range .Results}}{{.Name}}\n{{end}}").starts_with("Storefront\n"));
}

#[test]
fn columns_and_sort_choose_and_order() {
    let atlas = Atlas::demo();

    let table = atlas
        .run(&[
            "projects",
            "list",
            "--columns",
            "name,clusterCount",
            "--sort",
            "-clusters",
            "-o",
            "csv",
        ])
        .data();

    let lines: Vec<_> = table.lines().take(2).collect();
    assert_eq!(lines, ["name,clusters", "night-batch,3"]);
}

#[test]
fn compact_list_has_no_envelope() {
    let atlas = Atlas::demo();

    assert!(
        atlas
            .run(&["projects", "list", "-c", "-o", "json"])
            .data()
            .starts_with("[\n  {\n")
    );
}

#[test]
fn limit_prints_one_page_with_the_total() {
    let atlas = Atlas::demo();

    let page = atlas
        .run(&[
            "projects",
            "list",
            "--limit",
            "3",
            "--page",
            "2",
            "-o",
            "json",
            "--jq",
            "(.results | length), .totalCount",
        ])
        .data();

    assert_eq!(page, "3\n8\n");
}

#[test]
fn json_error_is_one_json_object() {
    let atlas = Atlas::demo();

    let run = atlas.run(&["projects", "describe", "nowhere", "-o", "json"]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(4), ""));
    assert!(
        run.stderr.starts_with("{\"level\":\"error\"") && run.stderr.contains("\"hint\":\""),
        "{run}"
    );
}

#[test]
fn unknown_column_is_a_usage_error() {
    let atlas = Atlas::demo();

    for flag in ["--columns", "--sort"] {
        let run = atlas.run(&["projects", "list", flag, "nope"]);

        assert_eq!(run.exit, Some(2), "{run}");
        let (error, hint) = run.error_and_hint();
        assert_eq!(error, "unknown column `nope`");
        assert!(hint.contains("NAME"), "{hint}");
    }
    let field = atlas.run(&["projects", "list", "--columns", "name,clusterCount"]);
    assert_eq!(field.exit, Some(0), "{field}");
}

#[test]
fn page_flags_are_checked_before_a_request() {
    let atlas = Atlas::demo();

    for (flag, value) in [
        ("--limit", "0"),
        ("--limit", "-1"),
        ("--page", "0"),
        ("--limit", "two"),
    ] {
        let run = atlas.run(&["projects", "list", &format!("{flag}={value}")]);

        assert_eq!(run.exit, Some(2), "{run}");
        let error = format!("invalid value `{value}` for `{flag}`");
        assert_eq!(run.error_and_hint().0, error);
    }
    assert_eq!(atlas.requests(), [""; 0]);
}

#[test]
fn described_cluster_has_its_true_state_in_csv() {
    let atlas = Atlas::demo();

    let csv = atlas
        .run(&["clusters", "describe", "shop-reports", "-o", "csv"])
        .data();

    assert!(csv.contains("dedicated") && csv.contains("paused"), "{csv}");
}
