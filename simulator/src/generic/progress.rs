//! Work that goes on after the answer: what a resource says about itself as time passes.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Context, Home};
use crate::state::Record;
use crate::state::clock::{after, before, written};

/// How long what was asked for can be downloaded.
const DOWNLOADABLE: Duration = Duration::from_hours(1);

/// Where snapshots of flex clusters are.
const FLEX_SNAPSHOTS: &str = "/flexClusters/{name}/backup/snapshots";
/// How long they are kept.
const FLEX_RETENTION: Duration = Duration::from_hours(8 * 24);

/// What a record hides while its cluster is paused.
pub(crate) const PAUSED: &str = "paused";

/// A field and the values it takes, each from so many seconds on.
struct Course {
    collection: &'static str,
    field: &'static str,
    values: &'static [(u64, &'static str)],
    /// The field that says when it was over.
    end: Option<&'static str>,
}

const COURSES: [Course; 14] = [
    Course {
        collection: "/clusters/{clusterName}/backup/snapshots",
        field: "status",
        values: &[(0, "queued"), (15, "inProgress"), (120, "completed")],
        end: None,
    },
    Course {
        collection: "/clusters/{clusterName}/backup/exports",
        field: "state",
        values: &[(0, "Queued"), (15, "InProgress"), (300, "Successful")],
        end: Some("finishedAt"),
    },
    Course {
        collection: "/clusters/{clusterName}/backup/restoreJobs",
        field: "",
        values: &[(0, ""), (300, "")],
        end: Some("finishedAt"),
    },
    Course {
        collection: "/flexClusters/{name}/backup/restoreJobs",
        field: "status",
        values: &[(0, "PENDING"), (10, "RUNNING"), (60, "COMPLETED")],
        end: Some("restoreFinishedDate"),
    },
    Course {
        collection: "/search/indexes",
        field: "status",
        values: &[(0, "PENDING"), (10, "BUILDING"), (60, "READY")],
        end: None,
    },
    Course {
        collection: "/fts/indexes",
        field: "status",
        values: &[(0, "IN_PROGRESS"), (60, "STEADY")],
        end: None,
    },
    Course {
        collection: "/search/deployment",
        field: "stateName",
        values: &[(0, "UPDATING"), (300, "IDLE")],
        end: None,
    },
    Course {
        collection: "/sampleDatasetLoad",
        field: "state",
        values: &[(0, "WORKING"), (60, "COMPLETED")],
        end: Some("completeDate"),
    },
    Course {
        collection: "/privateEndpoint/{cloudProvider}/endpointService",
        field: "status",
        values: &[(0, "INITIATING"), (60, "AVAILABLE")],
        end: None,
    },
    Course {
        collection: "/pushBasedLogExport",
        field: "state",
        values: &[(0, "INITIATING"), (60, "ACTIVE")],
        end: None,
    },
    Course {
        collection: FLEX_SNAPSHOTS,
        field: "status",
        values: &[(0, "COMPLETED")],
        end: None,
    },
    Course {
        collection: "/endpointService/{endpointServiceId}/endpoint",
        field: "",
        values: &[(0, ""), (60, "")],
        end: None,
    },
    Course {
        collection: "/userSecurity/ldap/verify",
        field: "status",
        values: &[(0, "PENDING"), (10, "SUCCESS")],
        end: None,
    },
    Course {
        collection: "/onlineArchives",
        field: "state",
        values: &[(0, "PENDING"), (60, "IDLE")],
        end: None,
    },
];

/// Brings a record's document to the present.
pub(crate) fn advance(context: &Context<'_>, record: &Record) -> Value {
    let (collection, now) = (&context.plan.collection, context.call.now);
    let mut document = record.document.clone();
    if document["cancelled"] == true {
        return document;
    }
    let Some(course) = COURSES
        .iter()
        .find(|it| collection.ends_with(it.collection))
    else {
        return document;
    };
    let since = if course.collection == "/search/deployment" {
        record.updated
    } else {
        record.begun
    };
    let moment = |seconds: u64| after(since, Duration::from_secs(seconds));
    let reached = course
        .values
        .iter()
        .rev()
        .find(|(seconds, _)| moment(*seconds) <= now);
    if let Some((_, value)) = reached
        && !course.field.is_empty()
        && !has_own_state(&document)
    {
        document[course.field] = json!(value);
    }
    let last = course.values.last().map_or(0, |(seconds, _)| *seconds);
    let is_over = moment(last) <= now;
    if let (true, Some(field)) = (is_over, course.end) {
        document[field] = json!(written(moment(last)));
    }
    if is_over && course.collection.ends_with("backup/restoreJobs") {
        complete_restore(&mut document, moment(last));
    }
    if course.collection == FLEX_SNAPSHOTS {
        complete_flex_snapshot(&mut document, record);
    }
    if is_over && course.collection.ends_with("/endpoint") {
        complete_endpoint(&mut document);
    }
    if is_over && course.collection.ends_with("ldap/verify") {
        let passed = ["CONNECT", "AUTHENTICATE"].into_iter();
        document["validations"] = passed
            .map(|it| json!({ "status": "OK", "validationType": it }))
            .collect();
    }
    if course.collection == "/search/indexes" {
        complete_index(&mut document, is_over);
    }
    if course.collection == "/search/deployment" {
        complete_deployment(&mut document, context.home.as_ref());
        if record.hidden.contains_key(PAUSED) {
            document[course.field] = json!("PAUSED");
        }
    }
    if is_over
        && course
            .collection
            .ends_with("/{clusterName}/backup/snapshots")
    {
        complete_snapshot(&mut document, &written(moment(15)), context.home.as_ref());
    }
    document
}

/// Whether a client put it where it is, such as an archive that is paused.
fn has_own_state(document: &Value) -> bool {
    document["paused"] == true
}

/// An index shows its definition as the latest one.
fn complete_index(document: &mut Value, is_built: bool) {
    document["queryable"] = json!(is_built);
    if let Some(definition) = document
        .as_object_mut()
        .and_then(|it| it.remove("definition"))
    {
        document["latestDefinition"] = definition;
    }
    if document["latestDefinitionVersion"].is_null() {
        document["latestDefinitionVersion"] = json!({ "version": 0 });
    }
}

/// A deployment has in effect what was asked for.
fn complete_deployment(document: &mut Value, home: Option<&Home>) {
    let mut specs = document["specs"].clone();
    for spec in specs.as_array_mut().into_iter().flatten() {
        if let Some(home) = home {
            spec["cloudProvider"] = json!(home.provider);
            spec["regionName"] = json!(home.region);
        }
    }
    document["effectiveSpecs"] = specs;
    document["encryptionAtRestProvider"] = json!("NONE");
}

/// What is to be downloaded is there for a while, and is not over before that.
fn complete_restore(document: &mut Value, ready: jiff::Timestamp) {
    if document["deliveryType"] != "download" {
        return;
    }
    let id = document["id"].as_str().unwrap_or_default();
    let address = format!("https://restore-{id}.mongodb.example:27017/restore-{id}.tar.gz");
    document["deliveryUrl"] = json!([address]);
    document["expiresAt"] = json!(written(after(ready, DOWNLOADABLE)));
    if let Some(document) = document.as_object_mut() {
        document.remove("finishedAt");
    }
}

/// When a snapshot of a flex cluster was taken.
fn complete_flex_snapshot(document: &mut Value, snapshot: &Record) {
    let finished = flex_finish(snapshot);
    let moment = |seconds| json!(written(before(finished, Duration::from_secs(seconds))));
    document["scheduledTime"] = moment(106);
    document["startTime"] = moment(79);
    document["finishTime"] = moment(0);
    document["expiration"] = json!(written(after(finished, FLEX_RETENTION)));
}

/// When a snapshot of a flex cluster was finished: an hour before anybody asked for it.
pub(crate) fn flex_finish(snapshot: &Record) -> jiff::Timestamp {
    before(snapshot.created, Duration::from_hours(1))
}

/// Each cloud has its own word for an endpoint that is connected.
fn complete_endpoint(document: &mut Value) {
    let field = if document["connectionStatus"].is_null() {
        "status"
    } else {
        "connectionStatus"
    };
    document[field] = json!("AVAILABLE");
    for rule in document["endpoints"].as_array_mut().into_iter().flatten() {
        rule["status"] = json!("AVAILABLE");
    }
}

/// A snapshot knows these only when it is done.
fn complete_snapshot(document: &mut Value, created: &str, home: Option<&Home>) {
    document["createdAt"] = json!(created);
    if let Some(home) = home {
        document["cloudProvider"] = json!(home.provider);
        document["mongodVersion"] = json!(home.version);
    }
    document["storageSizeBytes"] = json!(1_288_490_188_u64);
}
