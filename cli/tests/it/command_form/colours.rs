//! Colours: only on terminals, unless the variables of the environment say otherwise.

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
    let project = atlas.project("Storefront").parse().unwrap();
    let name = "evil\u{1b}[2J\u{9b}31m";
    let project = atlas.client().project(&project);
    let update = project.update(&serde_json::json!({ "name": name }));
    assert!(update.is_ok(), "{update:?}");

    for format in ["table", "plaintext", "csv", "tsv", "json", "jsonl", "yaml"] {
        let text = atlas.run(&["projects", "list", "-o", format]).data();
        assert!(!text.contains([ESCAPE, '\u{9b}']), "{format}: {text:?}");
    }
}
