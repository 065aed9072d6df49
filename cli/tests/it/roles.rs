//! Tests credentials whose roles hide projects.

use crate::support::Atlas;

const NO_PROJECT: &str = "warning: the credentials see no project\n\
                          hint: if there are projects, grant the API key or the service account \
                          the role `Organization Read Only`, or a role in a project such as \
                          `Project Read Only`, in Atlas: Organization → Access Manager\n";

#[test]
fn lists_without_visible_projects_name_the_missing_role() {
    let atlas = Atlas::sized(3, 1);

    for role in ["ORG_MEMBER", "ORG_BILLING_ADMIN", "ORG_GROUP_CREATOR"] {
        for (list, stdout) in [("--list", "Organization ID:"), ("-lp", ""), ("-lc", "")] {
            let run = atlas.run_with_role(role, &[list]);

            assert_eq!(run.exit, Some(0), "{run}");
            assert_eq!(run.stderr, NO_PROJECT, "{role} {list}");
            assert!(run.stdout.contains(stdout), "{run}");
            assert_eq!(run.stdout.is_empty(), stdout.is_empty(), "{run}");
        }
    }
}

#[test]
fn pause_without_visible_projects_names_the_missing_role() {
    let atlas = Atlas::sized(2, 1);

    let run = atlas.run_with_role("ORG_MEMBER", &["-p", "Cluster0", "-r", "Cluster1"]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    for name in ["Cluster0", "Cluster1"] {
        let error = format!("error: cluster `{name}` not found: the credentials see no project\n");
        assert!(run.stderr.contains(&error), "{run}");
    }
    assert_eq!(
        run.stderr.matches("`Project Read Only`").count(),
        2,
        "{run}"
    );
}

#[test]
fn read_only_key_lists_and_names_the_role_for_pausing() {
    let atlas = Atlas::demo();

    let list = atlas.run_with_role("ORG_READ_ONLY", &["--list"]);
    let pause = atlas.run_with_role("ORG_READ_ONLY", &["-p", "billing", "-p", "shop-staging"]);

    assert_eq!(list.data(), atlas.run(&["--list"]).data());
    assert_eq!(pause.exit, Some(1), "{pause}");
    assert_eq!(pause.stdout, "Pausing 'billing'\nPausing 'shop-staging'\n");
    assert_eq!(pause.stderr.matches("error: PATCH ").count(), 2, "{pause}");
    assert_eq!(
        pause.stderr.matches("`Project Cluster Manager`").count(),
        2,
        "{pause}"
    );
}
