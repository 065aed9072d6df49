//! What an event says beside its name: who did it, and to what.

use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::resources::keys_of;
use crate::resources::organization::cloud_users;
use crate::schema::document::Operation;
use crate::state::{State, derived_id};

/// A change that succeeded.
pub(super) struct Change<'a> {
    pub(super) call: &'a Call,
    /// The id of the organization that was changed.
    pub(super) organization: &'a str,
    pub(super) operation: &'a Operation,
    pub(super) body: &'a Map<String, Value>,
    /// What was answered; null where nothing was.
    pub(super) answer: &'a Value,
}

impl<'a> Change<'a> {
    /// The value of a path parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&'a str> {
        self.call.find_path(name)
    }

    /// A text of what was sent, or of the first thing of a list of them.
    fn sent(&self, field: &str) -> Option<String> {
        let alone = self.body.get(field).and_then(Value::as_str);
        let listed = || {
            let list: Value = serde_json::from_slice(&self.call.body).ok()?;
            Some(list[0][field].as_str()?.to_owned())
        };
        alone.map(str::to_owned).or_else(listed)
    }

    fn answered(&self, field: &str) -> Option<String> {
        Some(self.answer[field].as_str()?.to_owned())
    }

    pub(super) fn details(&self, state: &State, event: &str) -> Map<String, Value> {
        let path = self.operation.path.as_str();
        let given = |name: &str| self.parameter(name).map(str::to_owned);
        let sender = self.call.sender();
        let mut details = Map::new();
        let mut tell = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                details.insert(name.to_owned(), json!(value));
            }
        };
        tell(
            "apiKeyId",
            Some(key_id(state, self.organization, sender).unwrap_or_else(|| derived_id(sender))),
        );
        tell("publicKey", Some(sender.to_owned()));
        tell("remoteAddress", Some("127.0.0.1".to_owned()));
        tell("alertConfigId", given("alertConfigId"));
        tell("alertId", given("alertId"));

        let made = || {
            self.sent("name")
                .filter(|_| self.operation.tag.contains("Clusters"))
        };
        let of_flex = || given("name").filter(|_| path.contains("/flexClusters/"));
        tell(
            "clusterName",
            given("clusterName").or_else(of_flex).or_else(made),
        );
        if path.contains("/databaseUsers") {
            tell(
                "dbUserUsername",
                given("username").or_else(|| self.sent("username")),
            );
        }
        if path.contains("/apiKeys") {
            let made = || self.answered("publicKey");
            let key = self
                .parameter("apiUserId")
                .and_then(|id| public_key(state, self.organization, id));
            tell("targetPublicKey", key.or_else(made));
        }
        if path.contains("/accessList") {
            let entry = || self.sent("cidrBlock").or_else(|| self.sent("ipAddress"));
            let entry = || entry().or_else(|| self.sent("awsSecurityGroup"));
            let named = given("entryValue").or_else(|| given("ipAddress"));
            tell("whitelistEntry", named.or_else(entry));
        }
        if path.contains("/teams") {
            let made = || self.answered("id").filter(|_| path.ends_with("/teams"));
            let lent = || self.sent("teamId");
            tell("teamId", given("teamId").or_else(lent).or_else(made));
        }
        let is_about_people = ["/users", "/invites", "/access"]
            .iter()
            .any(|part| path.contains(part));
        if is_about_people && !path.contains("/accessList") {
            let named = || self.sent("username").or_else(|| self.answered("username"));
            let known = self
                .parameter("userId")
                .and_then(|id| username(state, self.organization, id));
            tell("targetUsername", known.or_else(named));
        }
        if event == "CLUSTER_TAGS_MODIFIED" {
            tell("resourceId", self.cluster_id(state));
            tell("resourceType", Some("cluster".to_owned()));
        }
        details
    }

    fn cluster_id(&self, state: &State) -> Option<String> {
        let project = state.project(self.parameter("groupId")?).ok()?;
        let cluster = project.cluster(self.parameter("clusterName")?).ok()?;
        Some(cluster.id.clone())
    }
}

fn public_key(state: &State, organization: &str, id: &str) -> Option<String> {
    let keys = keys_of(organization);
    let key = state.store.find(&keys, &["id"], id)?;
    Some(key.text("publicKey").to_owned())
}

/// The id of a key of the organization; those the simulator was started with have none.
fn key_id(state: &State, organization: &str, public: &str) -> Option<String> {
    let keys = keys_of(organization);
    let key = state.store.find(&keys, &["publicKey"], public)?;
    Some(key.key.clone())
}

fn username(state: &State, organization: &str, id: &str) -> Option<String> {
    let user = state
        .store
        .find(&cloud_users::collection(organization), &["id"], id)?;
    Some(user.text("username").to_owned())
}
