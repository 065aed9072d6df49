//! Tests of the commands of `api`.

use crate::support::Atlas;

#[test]
fn operation_is_found_by_every_name() {
    let atlas = Atlas::demo();
    let project = atlas.project("Storefront");
    let path = format!("/groups/{project}/clusters/shop-staging");
    let expected = atlas.run(&["api", "GET", &path]).data();

    for line in [
        &[
            "api",
            "getGroupCluster",
            "--groupId",
            &project,
            "--clusterName",
            "shop-staging",
        ][..],
        &[
            "api",
            "getCluster",
            "--project",
            "Storefront",
            "--cluster-name",
            "shop-staging",
        ],
        &[
            "api",
            "clusters",
            "getCluster",
            "--projectId",
            &project,
            "--clusterName=shop-staging",
            "--version",
            "2024-08-05",
        ],
    ] {
        assert_eq!(atlas.run(line).data(), expected, "{line:?}");
    }
}

#[test]
fn body_comes_from_fields_and_from_standard_input() {
    let atlas = Atlas::demo();
    let project = atlas.project("Sandbox");
    let update = ["api", "updateGroup", "--groupId", &project];

    let mut fields = atlas.command(&update);
    fields.args(["-F", "name=Playground", "--jq", ".name"]);
    assert_eq!(atlas.run_command(fields).data(), "Playground\n");

    let mut stdin = atlas.command(&update);
    stdin
        .args(["--jq", ".name"])
        .write_stdin(r#"{"name": "Sandpit"}"#);
    assert_eq!(atlas.run_command(stdin).data(), "Sandpit\n");
}

#[test]
fn paginate_reads_all_pages() {
    let atlas = Atlas::sized(12, 0);

    let all = atlas
        .run(&[
            "api",
            "listGroups",
            "--paginate",
            "--jq",
            ".results | length",
        ])
        .data();
    let page = atlas
        .run(&[
            "api",
            "listGroups",
            "--items-per-page",
            "5",
            "--jq",
            ".results | length",
        ])
        .data();

    assert_eq!((all.as_str(), page.as_str()), ("12\n", "5\n"));
}

#[test]
fn unknown_parameter_and_version_are_usage_errors() {
    let atlas = Atlas::demo();

    let parameter = atlas.run(&["api", "getGroupCluster", "--clustrName", "x"]);
    assert_eq!(parameter.exit, Some(2));
    assert_eq!(
        parameter.error_and_hint().1,
        "did you mean `--clusterName`?"
    );

    let version = atlas.run(&["api", "listGroups", "--version", "1999-01-01"]);
    assert_eq!(version.exit, Some(2));
    assert!(
        version.error_and_hint().1.starts_with("versions: "),
        "{version}"
    );
}
