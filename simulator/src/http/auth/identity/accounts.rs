//! Service accounts as those who send requests: what they may do, and with which secrets.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::roles::Caller;
use crate::resources::SECRETS;
use crate::state::{Record, State};

/// A service account, in its organization and in the projects it is lent to.
pub(super) struct Account<'a> {
    client: &'a str,
    places: Vec<(&'a str, &'a Record)>,
}

impl<'a> Account<'a> {
    pub(super) fn find(state: &'a State, client: &'a str) -> Option<Self> {
        let lists = state.store.below("/");
        let lists = lists.filter(|(path, _)| path.ends_with("/serviceAccounts"));
        let places = lists.filter_map(|(path, records)| {
            let account = records.iter().find(|it| it.text("clientId") == client)?;
            Some((path, account))
        });
        let places: Vec<_> = places.collect();
        (!places.is_empty()).then_some(Self { client, places })
    }

    /// Who sends what this account sends.
    pub(super) fn caller(&self, state: &State) -> Caller {
        let mut organization = "";
        let mut roles = Vec::new();
        for (path, account) in &self.places {
            let mut segments = path.trim_start_matches('/').split('/');
            let (kind, id) = (segments.next(), segments.next().unwrap_or_default());
            let names = account.document["roles"].as_array();
            if kind == Some("groups") {
                let project = state.project(id).ok();
                organization = project.map_or(organization, |it| &it.organization);
                let lent = names.into_iter().flatten();
                roles.extend(lent.map(|name| json!({ "groupId": id, "roleName": name })));
            } else {
                organization = id;
                roles.extend(names.into_iter().flatten().cloned());
            }
        }
        Caller::with_roles(self.client, organization, &Value::Array(roles))
    }

    /// Whether a secret is one of the account's and is not over.
    pub(super) fn has_secret(&self, secret: &str, now: Timestamp) -> bool {
        self.places.iter().any(|(_, account)| {
            let secrets = account.hidden.get(SECRETS).and_then(Value::as_array);
            let shown = account.document["secrets"].as_array();
            let mut both = secrets
                .into_iter()
                .flatten()
                .zip(shown.into_iter().flatten());
            both.any(|(text, shown)| {
                let end = shown["expiresAt"].as_str().and_then(|it| it.parse().ok());
                text == secret && end.is_none_or(|end: Timestamp| now < end)
            })
        })
    }

    /// The lists of addresses that it may send from.
    pub(super) fn access_lists(&self) -> Vec<String> {
        let places = self.places.iter();
        places
            .map(|(path, _)| format!("{path}/{}/accessList", self.client))
            .collect()
    }
}
