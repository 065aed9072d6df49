//! Tests of `--list`.

use insta::assert_snapshot;

use crate::support::Atlas;

#[test]
fn lists_projects_and_clusters_in_api_order() {
    let atlas = Atlas::demo();

    assert_snapshot!(atlas.run(&["--list"]).data(), @r"
    {'id': 'ed89e56bb1a243693cf9cd34',
     'isDeleted': False,
     'links': [{'href': 'http://atlas/api/atlas/v2/orgs/ed89e56bb1a243693cf9cd34',
                'rel': 'self'},
               {'href': 'http://atlas/api/atlas/v2/orgs/ed89e56bb1a243693cf9cd34/groups',
                'rel': 'https://cloud.mongodb.com/groups'},
               {'href': 'http://atlas/api/atlas/v2/orgs/ed89e56bb1a243693cf9cd34/teams',
                'rel': 'https://cloud.mongodb.com/teams'},
               {'href': 'http://atlas/api/atlas/v2/orgs/ed89e56bb1a243693cf9cd34/users',
                'rel': 'https://cloud.mongodb.com/users'}],
     'name': 'Open Meadow Data',
     'skipDefaultAlertsSettings': False}
    Organization ID:ed89e56bb1a243693cf9cd34 Name:'Open Meadow Data'
         project ID:9a6a3e533dce554148ed60ad Name:'Storefront'
           Cluster ID:'abcc735d925ca8198e787fed' name:'shop-production'        state=running
           Cluster ID:'70a899d37651ff8b92217e4e' name:'shop-staging'           state=running
           Cluster ID:'2a173a8b6a72df2564701711' name:'shop-reports'           state=paused
         project ID:414153012d19f579f0847d0f Name:'Café Zürich'
           Cluster ID:'bbc34aca6066a9e9a88cc5c8' name:'reservations'           state=running
           Cluster ID:'7befc3523c109fea0a91d83d' name:'menu-archive'           state=paused
         project ID:b232bf0cab3e4ae247f6be3c Name:'データ基盤'
           Cluster ID:'30200dd08b17197360a00ef9' name:'events'                 state=running
           Cluster ID:'2d7824f12afebc18e48e767d' name:'warehouse'              state=running
           Cluster ID:'0908f6dedaf26ebf4371f2e1' name:'features'               state=paused
         project ID:0781311fc1cec2e194319c78 Name:'Field Trials (2026)'
           Cluster ID:'1af829d0014972a7763def0d' name:'trial-a'                state=running
           Cluster ID:'ad597d555cdedf6cf61a64a5' name:'trial-b'                state=paused
         project ID:bcf2a750709d7ab1995a9e15 Name:'Sandbox'
           Cluster ID:'55bcfed8752e89b0bef60c9c' name:'playground'             state=running
         project ID:b98a8bfdc56347dae0c11821 Name:'Älvsjö: sensors, edge'
           Cluster ID:'a66a7146607627db007398af' name:'telemetry'              state=running
           Cluster ID:'96bd4afd90f260662e686c68' name:'ingest-next'            state=running
         project ID:658ef4f5fdb1229978358377 Name:'Empty Lot'
         project ID:d6aaf267ca51e66ad1dda166 Name:'night-batch'
           Cluster ID:'fff6228e714d184fc8edee47' name:'nightly-etl'            state=paused
           Cluster ID:'54186ed0296783908ef4cd5b' name:'billing'                state=running
           Cluster ID:'0b451152c19f4c4e12d25dc9' name:'ledger'                 state=running
    ");
}

#[test]
fn requests_each_list_once_and_skips_empty_projects() {
    let atlas = Atlas::demo();

    atlas.run(&["-l"]).data();

    let requests = atlas.requests();
    let count = |end: &str| requests.iter().filter(|line| line.ends_with(end)).count();
    assert_eq!((count("/orgs"), count("/groups")), (1, 1));
    assert_eq!(count("/clusters"), 7);
    let empty = atlas.project("Empty Lot");
    assert!(!requests.iter().any(|line| line.contains(&empty)));
}

#[test]
fn list_sends_minimal_requests() {
    let atlas = Atlas::sized(250, 3);

    let data = atlas.run(&["--list"]).data();

    assert_eq!(data.matches("Cluster ID:").count(), 750);
    // Organizations, one page of projects, the clusters of each project, and one challenge.
    assert_eq!(atlas.simulator.requests().len(), 1 + 1 + 250 + 1);
}

#[test]
fn keeps_order_of_many_projects() {
    let atlas = Atlas::sized(120, 1);

    let data = atlas.run(&["--list"]).data();

    let names: Vec<_> = data
        .lines()
        .filter(|line| line.starts_with("     project"))
        .map(|line| line.split('\'').nth(1).unwrap().to_owned())
        .collect();
    let expected: Vec<_> = (1..=120).map(|n| format!("Project {n:04}")).collect();
    assert_eq!(names, expected);
}

#[test]
fn organization_without_projects_prints_one_line() {
    let atlas = Atlas::sized(0, 0);

    let run = atlas.run(&["--list", "-lp", "-lc"]);

    assert_eq!(run.exit, Some(0), "{run}");
    assert_eq!(
        run.stdout.lines().last().unwrap(),
        format!(
            "Organization ID:{} Name:'Simulated Organization'",
            atlas.simulator.organization_id()
        )
    );
}

#[test]
fn list_ignores_project_id() {
    let atlas = Atlas::sized(2, 1);
    let id = atlas.project("Project 0001");

    assert_eq!(
        atlas.run(&["--list", "-pid", &id]).data(),
        atlas.run(&["--list"]).data()
    );
}

#[test]
fn lists_print_in_fixed_order() {
    let atlas = Atlas::sized(2, 2);
    let single = |flag| atlas.run(&[flag]).data();

    let combined = atlas.run(&["-lc", "-lp", "-l"]).data();

    assert_eq!(combined, single("-l") + &single("-lp") + &single("-lc"));
}
