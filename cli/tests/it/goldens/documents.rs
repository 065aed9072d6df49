//! Injects the documents of stored runs into the simulator.

use atlas_simulator::{Fault, Simulator};
use serde_json::{Value, json};

use super::{case::Case, literal};
use crate::support::Atlas;

/// The documents of an organization.
#[derive(Clone, Debug, Default)]
pub(super) struct Documents {
    organization: Option<Value>,
    projects: Vec<Value>,
    clusters: Vec<Value>,
}

impl Documents {
    /// Collects the documents that the runs printed.
    pub(super) fn of_all(cases: &[Case]) -> Self {
        let mut all = Self::default();
        for case in cases {
            let documents = Self::of_output(&case.stdout);
            all.organization = all.organization.or(documents.organization);
            add_new(&mut all.projects, documents.projects);
            add_new(&mut all.clusters, documents.clusters);
        }
        all
    }

    fn of_output(output: &str) -> Self {
        let mut documents = Self::default();
        for document in literal::dictionaries(output) {
            if document.get("groupId").is_some() {
                documents.clusters.push(document);
            } else if document.get("clusterCount").is_some() {
                documents.projects.push(document);
            } else {
                documents.organization = Some(document);
            }
        }
        documents
    }

    /// Returns the documents before a run: those that the run printed, otherwise those that its lines
    /// mention, in the state that the lines print.
    pub(super) fn before(&self, case: &Case) -> Self {
        let printed = Self::of_output(&case.stdout);
        let is_list = case.stdout.contains("Organization ID:");
        let is_mentioned =
            |document: &Value| !is_list || case.stdout.contains(text(document, "id"));
        let printed_or_mentioned = |printed: Vec<Value>, all: &[Value]| -> Vec<Value> {
            if printed.is_empty() {
                all.iter()
                    .filter(|document| is_mentioned(document))
                    .cloned()
                    .collect()
            } else {
                printed
            }
        };
        let mut documents = Self {
            organization: printed.organization.or_else(|| self.organization.clone()),
            projects: printed_or_mentioned(printed.projects, &self.projects),
            clusters: printed_or_mentioned(printed.clusters, &self.clusters),
        };
        for cluster in &mut documents.clusters {
            let id = format!("Cluster ID:'{}'", text(cluster, "id"));
            if let Some(line) = case.stdout.lines().find(|line| line.contains(&id)) {
                cluster["paused"] = line.ends_with("state=paused").into();
            }
        }
        documents
    }

    /// Makes the simulator return these documents. Clusters that the run pauses or resumes are in
    /// the state before that line.
    pub(super) fn inject(&self, atlas: &Atlas, case: &Case) {
        let simulator = &atlas.simulator;
        self.inject_steps(simulator, &case.stdout);
        // A fault matches all paths with its prefix, so the longest paths come first.
        for cluster in &self.clusters {
            return_always(simulator, &cluster_path(cluster), cluster);
        }
        for project in &self.projects {
            let path = format!("/groups/{}", text(project, "id"));
            let of_project = |cluster: &&Value| text(cluster, "groupId") == text(project, "id");
            let clusters = self.clusters.iter().filter(of_project);
            let unknown = json!({ "error": 404, "errorCode": "CLUSTER_NOT_FOUND" });
            inject_get(simulator, 404, &format!("{path}/clusters/"), &unknown, true);
            return_always(simulator, &format!("{path}/clusters"), &page(clusters));
            return_always(simulator, &path, project);
        }
        return_always(simulator, "/groups", &page(self.projects.iter()));
        return_always(simulator, "/orgs", &page(self.organization.iter()));
    }

    fn inject_steps(&self, simulator: &Simulator, output: &str) {
        let Some(template) = self.clusters.first() else {
            return;
        };
        let lines: Vec<_> = output.lines().collect();
        for pair in lines.windows(2) {
            let first_word = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
            let was_paused = match (&*first_word(pair[0]), &*first_word(pair[1])) {
                ("Pausing", "'cluster_name'") | ("Resuming", "Resumed") => true,
                ("Pausing", "Paused") | ("Resuming", "'cluster_name'") => false,
                _ => continue,
            };
            let mut cluster = template.clone();
            cluster["name"] = pair[0].split('\'').nth(1).unwrap().into();
            cluster["paused"] = was_paused.into();
            let path = cluster_path(&cluster);
            inject_get(simulator, 200, &path, &cluster, false);
            let body = cluster.to_string();
            let patched = Fault::answer(200, "application/json", body).for_method("PATCH");
            simulator.inject(patched.for_path(format!("/api/atlas/v2{path}")).times(1));
        }
    }
}

fn return_always(simulator: &Simulator, path: &str, document: &Value) {
    inject_get(simulator, 200, path, document, true);
}

/// Injects a response for GET requests, for all of them or for one.
fn inject_get(simulator: &Simulator, status: u16, path: &str, document: &Value, always: bool) {
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

/// Adds the documents whose ids are new.
fn add_new(all: &mut Vec<Value>, documents: Vec<Value>) {
    for document in documents {
        if !all.iter().any(|known| known["id"] == document["id"]) {
            all.push(document);
        }
    }
}

fn text<'a>(document: &'a Value, field: &str) -> &'a str {
    document[field].as_str().unwrap()
}
