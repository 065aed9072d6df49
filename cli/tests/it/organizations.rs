//! Tests credentials that can see several organizations.

use crate::support::{Atlas, atlascli};

/// Starts a simulator with the projects `Project 0001` and `Orchard` in two organizations, each with a
/// cluster `Cluster0`. Returns the ids of the second organization and of `Orchard`.
fn atlas_with_second_organization() -> (Atlas, String, String) {
    let atlas = Atlas::sized(1, 1);
    let client = atlas.client();
    let document = serde_json::json!({
        "name": "Hill Farm",
        "apiKey": {"desc": "first key", "roles": ["ORG_OWNER"]},
    });
    let created = client.create_organization(&document).unwrap();
    let organization = client.organization(created.organization().id());
    let project = organization.create_project("Orchard").unwrap();
    atlas.create_cluster(project.id().as_str(), "Cluster0");
    let ids = (organization.id().to_string(), project.id().to_string());
    (atlas, ids.0, ids.1)
}

/// Returns the lines of `--list` without documents, up to the first quote of each.
fn outline(stdout: &str) -> Vec<String> {
    let lines = stdout.lines();
    let lines = lines.filter(|line| {
        let text = line.trim_start();
        ["Organization ID:", "project ID:", "Cluster ID:"]
            .iter()
            .any(|prefix| text.starts_with(prefix))
    });
    lines
        .map(|line| line.split('\'').rev().nth(1).unwrap().to_owned())
        .collect()
}

#[test]
fn list_prints_projects_under_their_organization() {
    let (atlas, organization, project) = atlas_with_second_organization();

    let data = atlas.run(&["--list"]).data();

    assert_eq!(
        outline(&data),
        [
            "Simulated Organization",
            "Project 0001",
            "Cluster0",
            "Hill Farm",
            "Orchard",
            "Cluster0"
        ]
    );
    let line = format!(
        "Organization ID:{organization} Name:'Hill Farm'\n     project ID:{project} Name:'Orchard'\n"
    );
    assert!(data.contains(&line), "{data}");
    assert_eq!(data.lines().filter(|line| line.starts_with('{')).count(), 2);
}

#[test]
fn ambiguous_name_shows_project_and_organization() {
    let (atlas, _, project) = atlas_with_second_organization();
    let first = atlas.project("Project 0001");

    let run = atlas.run(&["-p", "Cluster0"]);

    assert_eq!(
        run.stderr,
        format!(
            "error: 2 projects have a cluster `Cluster0`\n\
             hint: add `-pid {first}` for the cluster in project `Project 0001` of organization \
             `Simulated Organization`\n\
             hint: add `-pid {project}` for the cluster in project `Orchard` of organization \
             `Hill Farm`\n"
        )
    );
    assert_eq!(
        run.stdout,
        "You must specify a --project_id for the cluster to be paused or resumed\n"
    );
}

#[test]
fn failed_project_is_listed_under_its_organization() {
    let (atlas, _, project) = atlas_with_second_organization();
    atlas.inject_error(
        &format!("groups/{project}/clusters"),
        401,
        "USER_UNAUTHORIZED",
    );

    let run = atlas.run(&["--list"]);

    assert_eq!(run.exit, Some(1), "{run}");
    assert_eq!(
        outline(&run.stdout),
        [
            "Simulated Organization",
            "Project 0001",
            "Cluster0",
            "Hill Farm",
            "Orchard"
        ]
    );
    assert!(
        run.error_and_hint().0.contains("project `Orchard`"),
        "{run}"
    );
}

#[test]
fn project_of_profile_does_not_narrow_lists() {
    let (atlas, organization, project) = atlas_with_second_organization();
    let directory = tempfile::tempdir().unwrap();
    let profiles = directory.path().join("atlascli");
    std::fs::create_dir(&profiles).unwrap();
    let (public, private) = (atlas.simulator.public_key(), atlas.simulator.private_key());
    let profile = format!(
        "version = 2\n[default]\npublic_api_key = \"{public}\"\nprivate_api_key = \"{private}\"\n\
         org_id = \"{organization}\"\nproject_id = \"{project}\"\n"
    );
    std::fs::write(profiles.join("config.toml"), profile).unwrap();

    for arguments in [["-l"], ["-lp"], ["-lc"]] {
        let mut command = atlascli(&arguments);
        for home in ["HOME", "XDG_CONFIG_HOME", "APPDATA"] {
            command.env(home, directory.path());
        }
        if cfg!(target_os = "macos") {
            continue;
        }
        command.env("ATLAS_BASE_URL", atlas.simulator.base_url());

        let run = atlas.run_command(command);

        assert_eq!(run.data(), atlas.run(&arguments).data());
    }
}
