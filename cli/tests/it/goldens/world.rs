//! An Atlas that answers with the documents of a stored run, at the paths of today.

use atlas_simulator::{Fault, Simulator};
use serde_json::{Value, json};

use super::{case::Case, literal};
use crate::support::Atlas;

/// The documents of an organization.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    organization: Option<Value>,
    projects: Vec<Value>,
    clusters: Vec<Value>,
}

impl World {
    /// All that some runs have printed.
    pub(super) fn of_all(cases: &[Case]) -> Self {
        let mut world = Self::default();
        for case in cases {
            let of_case = Self::of_output(&case.stdout);
            world.organization = world.organization.or(of_case.organization);
            add(&mut world.projects, of_case.projects);
            add(&mut world.clusters, of_case.clusters);
        }
        world
    }

    fn of_output(output: &str) -> Self {
        let mut world = Self::default();
        for document in literal::dictionaries(output) {
            if document.get("groupId").is_some() {
                world.clusters.push(document);
            } else if document.get("clusterCount").is_some() {
                world.projects.push(document);
            } else {
                world.organization = Some(document);
            }
        }
        world
    }

    /// What was there when a run was made: its own documents, and of the others those that its
    /// lines speak of, in the state that they say.
    pub(super) fn before(&self, case: &Case) -> Self {
        let own = Self::of_output(&case.stdout);
        let is_list = case.stdout.contains("Organization ID:");
        let spoken_of = |document: &Value| !is_list || case.stdout.contains(text(document, "id"));
        let choose = |own: Vec<Value>, all: &[Value]| -> Vec<Value> {
            if own.is_empty() {
                all.iter()
                    .filter(|document| spoken_of(document))
                    .cloned()
                    .collect()
            } else {
                own
            }
        };
        let mut world = Self {
            organization: own.organization.or_else(|| self.organization.clone()),
            projects: choose(own.projects, &self.projects),
            clusters: choose(own.clusters, &self.clusters),
        };
        for cluster in &mut world.clusters {
            let id = format!("Cluster ID:'{}'", text(cluster, "id"));
            if let Some(line) = case.stdout.lines().find(|line| line.contains(&id)) {
                cluster["paused"] = line.ends_with("state=paused").into();
            }
        }
        world
    }

    /// Has an Atlas answer with these documents; clusters that were paused or resumed are in the
    /// state that the lines say, one line after the other.
    pub(super) fn inject(&self, atlas: &Atlas, case: &Case) {
        let simulator = &atlas.simulator;
        self.inject_steps(simulator, &case.stdout);
        // A path is also that of everything beneath it, so the longest come first.
        for cluster in &self.clusters {
            always(simulator, &cluster_path(cluster), cluster);
        }
        for project in &self.projects {
            let path = format!("/groups/{}", text(project, "id"));
            let of_project = |cluster: &&Value| text(cluster, "groupId") == text(project, "id");
            let clusters = self.clusters.iter().filter(of_project);
            let unknown = json!({ "error": 404, "errorCode": "CLUSTER_NOT_FOUND" });
            answer(simulator, 404, &format!("{path}/clusters/"), &unknown, true);
            always(simulator, &format!("{path}/clusters"), &page(clusters));
            always(simulator, &path, project);
        }
        always(simulator, "/groups", &page(self.projects.iter()));
        always(simulator, "/orgs", &page(self.organization.iter()));
    }

    fn inject_steps(&self, simulator: &Simulator, output: &str) {
        let Some(any) = self.clusters.first() else {
            return;
        };
        let lines: Vec<_> = output.lines().collect();
        for pair in lines.windows(2) {
            let first = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
            let was_paused = match (&*first(pair[0]), &*first(pair[1])) {
                ("Pausing", "'cluster_name'") | ("Resuming", "Resumed") => true,
                ("Pausing", "Paused") | ("Resuming", "'cluster_name'") => false,
                _ => continue,
            };
            let mut cluster = any.clone();
            cluster["name"] = pair[0].split('\'').nth(1).unwrap().into();
            cluster["paused"] = was_paused.into();
            let path = cluster_path(&cluster);
            answer(simulator, 200, &path, &cluster, false);
            let body = cluster.to_string();
            let changed = Fault::answer(200, "application/json", body).for_method("PATCH");
            simulator.inject(changed.for_path(format!("/api/atlas/v2{path}")).times(1));
        }
    }
}

fn always(simulator: &Simulator, path: &str, document: &Value) {
    answer(simulator, 200, path, document, true);
}

/// Answers GETs, always or once.
fn answer(simulator: &Simulator, status: u16, path: &str, document: &Value, always: bool) {
    let fault = Fault::answer(status, "application/json", document.to_string());
    let fault = fault
        .for_method("GET")
        .for_path(format!("/api/atlas/v2{path}"));
    simulator.inject(if always { fault.always() } else { fault });
}

fn page<'a>(documents: impl Iterator<Item = &'a Value>) -> Value {
    let results: Vec<_> = documents.collect();
    json!({ "links": [], "totalCount": results.len(), "results": results })
}

fn cluster_path(cluster: &Value) -> String {
    let (project, name) = (text(cluster, "groupId"), text(cluster, "name"));
    format!("/groups/{project}/clusters/{name}")
}

/// Adds those that are not there yet.
fn add(all: &mut Vec<Value>, documents: Vec<Value>) {
    for document in documents {
        if !all.iter().any(|known| known["id"] == document["id"]) {
            all.push(document);
        }
    }
}

fn text<'a>(document: &'a Value, field: &str) -> &'a str {
    document[field].as_str().unwrap()
}
