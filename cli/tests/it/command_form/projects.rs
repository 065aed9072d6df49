//! Tests of the commands of `projects`.

use crate::support::Atlas;

#[test]
fn project_is_found_by_name_and_by_id() {
    let atlas = Atlas::demo();
    let id = atlas.project("Storefront");

    let by_name = atlas
        .run(&["projects", "describe", "Storefront", "-o", "json"])
        .data();
    let by_id = atlas
        .run(&["projects", "describe", &id, "-o", "json"])
        .data();

    assert_eq!(by_name, by_id);
    assert!(by_id.starts_with("{\n  \""));
}

#[test]
fn unknown_project_suggests_a_name() {
    let atlas = Atlas::demo();

    let run = atlas.run(&["projects", "describe", "Storefrnt"]);

    assert_eq!(run.exit, Some(4));
    assert_eq!(
        run.error_and_hint(),
        (
            "project `Storefrnt` not found",
            "did you mean `Storefront`?"
        )
    );
}

#[test]
fn created_project_has_its_tags() {
    let atlas = Atlas::demo();

    let created = atlas
        .run(&[
            "projects",
            "create",
            "Checkout",
            "--tag",
            "env=dev,team=web",
            "-o",
            "json",
        ])
        .data();

    assert!(created.contains("\"name\": \"Checkout\""), "{created}");
    let tags = atlas
        .run(&[
            "projects",
            "describe",
            "Checkout",
            "--jq",
            ".tags[] | .key + .value",
        ])
        .data();
    assert_eq!(tags, "envdev\nteamweb\n");
}
