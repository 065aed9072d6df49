//! Tests of `--listproj`, `--listcluster` and `--cluster`.

use insta::assert_snapshot;

use crate::support::Atlas;

#[test]
fn listproj_prints_headings_and_documents() {
    let atlas = Atlas::sized(1, 1);

    assert_snapshot!(atlas.run(&["-lp"]).data(), @r"

    Project: 'Project 0001'
    {'clusterCount': 1,
     'created': datetime.datetime(2026, 6, 3, 8, 0, tzinfo=tzutc()),
     'id': '03cabd81aa147bfe8e2fd4f4',
     'links': [{'href': 'http://atlas/api/atlas/v2/groups/03cabd81aa147bfe8e2fd4f4',
                'rel': 'self'},
               {'href': 'http://atlas/api/atlas/v2/groups/03cabd81aa147bfe8e2fd4f4/containers',
                'rel': 'https://cloud.mongodb.com/containers'},
               {'href': 'http://atlas/api/atlas/v2/groups/03cabd81aa147bfe8e2fd4f4/clusters',
                'rel': 'https://cloud.mongodb.com/clusters'},
               {'href': 'http://atlas/api/atlas/v2/groups/03cabd81aa147bfe8e2fd4f4/databaseUsers',
                'rel': 'https://cloud.mongodb.com/databaseUsers'},
               {'href': 'http://atlas/api/atlas/v2/groups/03cabd81aa147bfe8e2fd4f4/peers',
                'rel': 'https://cloud.mongodb.com/peers'},
               {'href': 'http://atlas/api/atlas/v2/groups/03cabd81aa147bfe8e2fd4f4/processes',
                'rel': 'https://cloud.mongodb.com/processes'},
               {'href': 'http://atlas/api/atlas/v2/groups/03cabd81aa147bfe8e2fd4f4/whitelist',
                'rel': 'https://cloud.mongodb.com/whitelist'}],
     'name': 'Project 0001',
     'orgId': 'f03d236243e1e4b55817e8f1',
     'withDefaultAlertsSettings': True}
    ");
}

#[test]
fn created_is_tzlocal_on_utc_machine() {
    let atlas = Atlas::sized(1, 0);
    let mut command = atlas.command(&["-lp"]);
    command.env("TZ", "UTC");

    let data = atlas.run_command(command).data();

    assert!(data.contains("tzinfo=tzlocal())"), "{data}");
}

#[test]
fn listproj_with_project_id_omits_headings() {
    let atlas = Atlas::sized(3, 1);
    let (one, three) = (atlas.project("Project 0001"), atlas.project("Project 0003"));

    let data = atlas
        .run(&["--listproj", "-pid", &three, "-pid", &one])
        .data();

    let starts: Vec<_> = data.lines().filter(|line| line.starts_with('{')).collect();
    assert_eq!(starts, ["{'clusterCount': 1,", "{'clusterCount': 1,"]);
    assert!(!data.contains("Project: "));
    assert!(data.find(&three).unwrap() < data.find(&one).unwrap());
}

#[test]
fn listcluster_prints_headings_and_documents() {
    let atlas = Atlas::sized(2, 2);
    let (one, two) = (atlas.project("Project 0001"), atlas.project("Project 0002"));
    let headings = |data: &str| -> Vec<String> {
        let lines = data.lines().filter(|line| line.starts_with("Project: "));
        lines.map(str::to_owned).collect()
    };
    let heading = |id: &str, name: &str| format!("Project: '{id}' Cluster: '{name}'");
    let headings_of_two = [heading(&two, "Cluster0"), heading(&two, "Cluster1")];
    let headings_of_one = [heading(&one, "Cluster0"), heading(&one, "Cluster1")];

    let all = atlas.run(&["-lc"]).data();
    let selected = atlas.run(&["--listcluster", "-pid", &two]).data();

    assert_eq!(
        headings(&all),
        [headings_of_one, headings_of_two.clone()].concat()
    );
    assert_eq!(headings(&selected), headings_of_two);
    assert!(all.starts_with("\nProject: ") && all.contains("'diskSizeGB': 10.0,"));
    assert!(!all.contains("datetime"));
}

#[test]
fn cluster_flag_prints_one_document() {
    let atlas = Atlas::sized(1, 3);
    let id = atlas.project("Project 0001");

    let data = atlas.run(&["--cluster", &format!("{id}:Cluster2")]).data();

    assert!(data.starts_with('{') && data.ends_with("}\n"));
    assert!(
        data.contains("\n 'name': 'Cluster2',\n 'paused': True,\n"),
        "{data}"
    );
}
