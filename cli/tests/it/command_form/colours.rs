//! Tests that colours appear only on terminals, unless environment variables force or disable them.

use atlas_simulator::Fault;

use crate::support::Atlas;

/// The start of a colour.
const ESCAPE: char = '\u{1b}';

fn has_colour(atlas: &Atlas, variables: &[(&str, &str)]) -> bool {
    let mut command = atlas.command(&["clusters", "list"]);
    command.envs(variables.iter().copied());
    atlas.run_command(command).data().contains(ESCAPE)
}

#[test]
fn piped_tables_have_colour_only_if_it_is_forced() {
    let atlas = Atlas::demo();

    assert!(!has_colour(&atlas, &[]));
    assert!(has_colour(&atlas, &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_colour(&atlas, &[("CLICOLOR_FORCE", "")]));
    assert!(!has_colour(
        &atlas,
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
}

#[test]
fn control_characters_of_the_server_are_escaped() {
    let atlas = Atlas::demo();
    let body = r#"{"results": [{"id": "5f0c2a9e1b3d4e0001a2b3c5", "name": "evil\u001b[2J\u009b31m", "clusterCount": 0,
        "created": "2026-01-31T10:00:00Z", "orgId": "5f0c2a9e1b3d4e0001a2b3c6"}], "totalCount": 1}"#;
    let fault = Fault::answer(200, "application/json", body).for_path("/api/atlas/v2/groups");
    atlas.simulator.inject(fault.always());

    for format in ["table", "plaintext", "csv", "tsv", "json", "jsonl", "yaml"] {
        let text = atlas.run(&["projects", "list", "-o", format]).data();
        assert!(text.contains("evil"), "{format}: {text:?}");
        assert!(!text.contains([ESCAPE, '\u{9b}']), "{format}: {text:?}");
    }
}
