//! Service accounts as callers: roles, secrets and access lists.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::roles::Caller;
use crate::resources::SECRETS;
use crate::state::{Record, State};

/// A service account, and its records in the organization and in projects.
pub(super) struct Account<'a> {
    client: &'a str,
    /// The path of each collection that contains the account, and the record in it.
    records: Vec<(&'a str, &'a Record)>,
}

impl<'a> Account<'a> {
    pub(super) fn find(state: &'a State, client: &'a str) -> Option<Self> {
        let lists = state.store.below("/");
        let lists = lists.filter(|(path, _)| path.ends_with("/serviceAccounts"));
        let records = lists.filter_map(|(path, records)| {
            let mut records = records.iter();
            let account = records.find(|account| account.string("clientId") == client)?;
            Some((path, account))
        });
        let records: Vec<_> = records.collect();
        (!records.is_empty()).then_some(Self { client, records })
    }

    /// Returns the account as a caller, with all of its roles.
    pub(super) fn caller(&self, state: &State) -> Caller {
        let mut organization = "";
        let mut roles = Vec::new();
        for (path, account) in &self.records {
            let mut segments = path.trim_start_matches('/').split('/');
            let (kind, id) = (segments.next(), segments.next().unwrap_or_default());
            let names = account.document["roles"].as_array();
            if kind == Some("groups") {
                let project = state.project(id).ok();
                organization = project.map_or(organization, |project| &project.organization);
                let names = names.into_iter().flatten();
                roles.extend(names.map(|name| json!({ "groupId": id, "roleName": name })));
            } else {
                organization = id;
                roles.extend(names.into_iter().flatten().cloned());
            }
        }
        Caller::with_roles(self.client, organization, &Value::Array(roles))
    }

    /// Returns `true` if a secret belongs to the account and has not expired.
    pub(super) fn has_secret(&self, secret: &str, now: Timestamp) -> bool {
        self.records.iter().any(|(_, account)| {
            let secrets = account.hidden.get(SECRETS).and_then(Value::as_array);
            let documents = account.document["secrets"].as_array();
            let mut pairs = secrets
                .into_iter()
                .flatten()
                .zip(documents.into_iter().flatten());
            pairs.any(|(text, document)| {
                let expiry = document["expiresAt"].as_str();
                let expiry = expiry.and_then(|time| time.parse::<Timestamp>().ok());
                text == secret && expiry.is_none_or(|expiry| now < expiry)
            })
        })
    }

    /// Returns the paths of the account's access lists.
    pub(super) fn access_lists(&self) -> Vec<String> {
        let records = self.records.iter();
        records
            .map(|(path, _)| format!("{path}/{}/accessList", self.client))
            .collect()
    }
}
