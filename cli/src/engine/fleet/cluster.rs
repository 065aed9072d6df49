//! Defines the cluster that a command acts on.

use mongodbatlas::{ClusterState, Document};
use serde_json::Value;

use crate::{
    engine::session::Place,
    output::render::{Item, at, text},
};

/// The kind of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A dedicated or free cluster.
    Dedicated,
    /// A flex cluster.
    Flex,
    /// A serverless instance.
    Serverless,
}

impl Kind {
    /// Returns the name, such as `flex`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Dedicated => "dedicated",
            Self::Flex => "flex",
            Self::Serverless => "serverless",
        }
    }

    /// Returns the kind of a name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let mut kinds = [Self::Dedicated, Self::Flex, Self::Serverless].into_iter();
        kinds.find(|kind| kind.name() == name)
    }
}

/// A cluster that a command acts on.
#[derive(Clone, Debug)]
pub(crate) struct ClusterTarget {
    pub(crate) project: Place,
    pub(crate) name: String,
    /// The kind; `None` if the cluster was not read.
    pub(crate) kind: Option<Kind>,
    /// The document; `None` if the cluster was not read.
    pub(crate) document: Option<Document>,
    value: Value,
}

impl ClusterTarget {
    /// Creates a target that was not read.
    pub(crate) fn unread(project: Place, name: &str) -> Self {
        Self {
            project,
            name: name.to_owned(),
            kind: None,
            document: None,
            value: Value::Null,
        }
    }

    /// Creates a target from the document of a list.
    pub(crate) fn read(project: Place, kind: Kind, document: Document) -> Self {
        let value = document.to_value();
        Self {
            project,
            name: value.get("name").map(text).unwrap_or_default(),
            kind: Some(kind),
            document: Some(document),
            value,
        }
    }

    /// Sets the state of a target that has no document.
    pub(crate) fn with_state(mut self, state: &ClusterState) -> Self {
        self.value = serde_json::json!({ "stateName": state.to_string().to_uppercase() });
        self
    }

    /// Returns the id.
    pub(crate) fn id(&self) -> Option<&str> {
        self.value.get("id")?.as_str()
    }

    /// Returns the document as JSON.
    pub(crate) fn value(&self) -> &Value {
        &self.value
    }

    /// Returns the state, derived from `paused` and `stateName`.
    pub(crate) fn state(&self) -> ClusterState {
        state_of(&self.value)
    }

    /// Returns `PROJECT:NAME`.
    pub(crate) fn path(&self) -> String {
        format!("{}:{}", self.project.label(), self.name)
    }

    /// Returns the instance sizes of the nodes.
    pub(crate) fn tiers(&self) -> Vec<String> {
        if self.kind == Some(Kind::Flex) {
            return vec!["FLEX".to_owned()];
        }
        let regions = regions(&self.value);
        let tiers =
            regions.filter_map(|region| at(region, "electableSpecs.instanceSize").map(text));
        tiers.collect()
    }

    /// Returns the regions.
    pub(crate) fn regions(&self) -> Vec<String> {
        let single = at(&self.value, "providerSettings.regionName").map(text);
        let regions = regions(&self.value).filter_map(|region| region.get("regionName").map(text));
        regions.chain(single).collect()
    }

    /// Returns the cloud providers.
    pub(crate) fn providers(&self) -> Vec<String> {
        let single = at(&self.value, "providerSettings.backingProviderName").map(text);
        let providers = regions(&self.value)
            .filter_map(|region| at(region, "backingProviderName|providerName").map(text));
        providers.chain(single).collect()
    }

    /// Returns the values of a tag.
    pub(crate) fn tags(&self, key: &str) -> Vec<String> {
        let tags = self
            .value
            .get("tags")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        tags.filter(|tag| tag.get("key").is_some_and(|name| text(name) == key))
            .filter_map(|tag| tag.get("value").map(text))
            .collect()
    }

    /// Returns the item of a list, with the columns that the document does not have.
    pub(crate) fn item(&self, has_project: bool) -> Option<Item> {
        let mut labels = Vec::new();
        if has_project {
            labels.push(("PROJECT", self.project.label().to_owned()));
        }
        labels.push(("KIND", self.kind.map_or("", Kind::name).to_owned()));
        labels.push(("STATE", self.state().to_string()));
        Some(Item {
            document: self.document.clone()?,
            labels,
        })
    }
}

fn regions(value: &Value) -> impl Iterator<Item = &Value> {
    let specs = value.get("replicationSpecs").and_then(Value::as_array);
    let specs = specs.into_iter().flatten();
    specs.flat_map(|spec| {
        spec.get("regionConfigs")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    })
}

/// Returns the state of a cluster's document.
pub(crate) fn state_of(value: &Value) -> ClusterState {
    let is_paused = value
        .get("paused")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    ClusterState::new(
        is_paused,
        value
            .get("stateName")
            .and_then(Value::as_str)
            .unwrap_or_default(),
    )
}
