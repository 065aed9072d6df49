//! Fields of an event: the caller and the changed resource.

use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::resources::keys_of;
use crate::resources::organization::cloud_users;
use crate::schema::document::Operation;
use crate::state::{State, derived_id};

/// A successful request that changed the state.
pub(super) struct Change<'a> {
    pub(super) call: &'a Call,
    /// Id of the changed organization.
    pub(super) organization: &'a str,
    pub(super) operation: &'a Operation,
    pub(super) body: &'a Map<String, Value>,
    /// Body of the response; `null` if the response has no body.
    pub(super) response: &'a Value,
}

impl<'a> Change<'a> {
    /// Returns the value of a path parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&'a str> {
        self.call.find_path(name)
    }

    /// Returns a string field of the request body, or of the first item if the body is a list.
    fn request_field(&self, field: &str) -> Option<String> {
        let field_of_object = self.body.get(field).and_then(Value::as_str);
        let field_of_item = || {
            let list: Value = serde_json::from_slice(&self.call.body).ok()?;
            Some(list[0][field].as_str()?.to_owned())
        };
        field_of_object.map(str::to_owned).or_else(field_of_item)
    }

    /// Returns a string field of the response body.
    fn response_field(&self, field: &str) -> Option<String> {
        Some(self.response[field].as_str()?.to_owned())
    }

    /// Returns the fields of the event of a change.
    pub(super) fn details(&self, state: &State, event: &str) -> Map<String, Value> {
        let sender = self.call.sender();
        let key = key_id(state, self.organization, sender).unwrap_or_else(|| derived_id(sender));
        let mut fields = vec![
            ("apiKeyId", Some(key)),
            ("publicKey", Some(sender.to_owned())),
            ("remoteAddress", Some("127.0.0.1".to_owned())),
            ("alertConfigId", self.owned_parameter("alertConfigId")),
            ("alertId", self.owned_parameter("alertId")),
            ("clusterName", self.cluster_name()),
            ("dbUserUsername", self.database_user()),
            ("targetPublicKey", self.target_key(state)),
            ("whitelistEntry", self.access_list_entry()),
            ("teamId", self.team()),
            ("targetUsername", self.target_user(state)),
        ];
        if event == "CLUSTER_TAGS_MODIFIED" {
            fields.push(("resourceId", self.cluster_id(state)));
            fields.push(("resourceType", Some("cluster".to_owned())));
        }
        let known = fields.into_iter();
        known
            .filter_map(|(name, value)| Some((name.to_owned(), json!(value?))))
            .collect()
    }

    fn owned_parameter(&self, name: &str) -> Option<String> {
        self.parameter(name).map(str::to_owned)
    }

    fn cluster_name(&self) -> Option<String> {
        let is_flex = self.operation.path.contains("/flexClusters/");
        let is_creation = self.operation.tag.contains("Clusters");
        self.owned_parameter("clusterName")
            .or_else(|| self.owned_parameter("name").filter(|_| is_flex))
            .or_else(|| self.request_field("name").filter(|_| is_creation))
    }

    fn database_user(&self) -> Option<String> {
        if !self.operation.path.contains("/databaseUsers") {
            return None;
        }
        self.owned_parameter("username")
            .or_else(|| self.request_field("username"))
    }

    fn target_key(&self, state: &State) -> Option<String> {
        if !self.operation.path.contains("/apiKeys") {
            return None;
        }
        self.parameter("apiUserId")
            .and_then(|id| public_key(state, self.organization, id))
            .or_else(|| self.response_field("publicKey"))
    }

    fn access_list_entry(&self) -> Option<String> {
        if !self.operation.path.contains("/accessList") {
            return None;
        }
        self.owned_parameter("entryValue")
            .or_else(|| self.owned_parameter("ipAddress"))
            .or_else(|| self.request_field("cidrBlock"))
            .or_else(|| self.request_field("ipAddress"))
            .or_else(|| self.request_field("awsSecurityGroup"))
    }

    fn team(&self) -> Option<String> {
        let path = self.operation.path.as_str();
        if !path.contains("/teams") {
            return None;
        }
        let is_creation = path.ends_with("/teams");
        self.owned_parameter("teamId")
            .or_else(|| self.request_field("teamId"))
            .or_else(|| self.response_field("id").filter(|_| is_creation))
    }

    fn target_user(&self, state: &State) -> Option<String> {
        let path = self.operation.path.as_str();
        let is_about_users = ["/users", "/invites", "/access"]
            .iter()
            .any(|part| path.contains(part));
        if !is_about_users || path.contains("/accessList") {
            return None;
        }
        self.parameter("userId")
            .and_then(|id| username(state, self.organization, id))
            .or_else(|| self.request_field("username"))
            .or_else(|| self.response_field("username"))
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
    Some(key.string("publicKey").to_owned())
}

/// Returns the id of an organization's API key. The simulator's configured keys have no id.
fn key_id(state: &State, organization: &str, public: &str) -> Option<String> {
    let keys = keys_of(organization);
    let key = state.store.find(&keys, &["publicKey"], public)?;
    Some(key.key.clone())
}

fn username(state: &State, organization: &str, id: &str) -> Option<String> {
    let user = state
        .store
        .find(&cloud_users::collection_path(organization), &["id"], id)?;
    Some(user.string("username").to_owned())
}
