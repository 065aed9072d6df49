//! What can be edited: each thing by the operation that changes it.

use serde_json::Value;

use crate::pythonic::workflows::change::Change;
use crate::{
    error::Result,
    operation,
    pythonic::resources::{
        deployments::{
            clusters::{Cluster, ClusterHandle},
            flex_clusters::{FlexCluster, FlexClusterHandle},
        },
        organization::{
            organizations::{Organization, OrganizationHandle},
            projects::{Project, ProjectHandle},
        },
    },
};

/// Lets handles edit what they stand for: its type, the operation that changes it and what it belongs to.
macro_rules! edits {
    ($(
        $(#[$attribute:meta])*
        $handle:ident: $thing:ident by $operation:path, in |$it:ident| $parent:expr,
    )*) => {
        $(impl $handle {
            $(#[$attribute])*
            pub async fn update_with(&self, edit: impl FnOnce(&mut Value)) -> Result<$thing> {
                let thing = self.get_uncached().await?;
                let update = self.operation($operation);
                let change = Change::new(update, thing.document(), edit)?;
                if change.is_empty() {
                    return Ok(thing);
                }
                let $it = self;
                change.into_call().one(&$parent).await
            }

            /// What [`update_with`](Self::update_with) would change, without changing it.
            ///
            /// # Errors
            ///
            /// As [`update_with`](Self::update_with), but for what only Atlas knows.
            pub async fn preview_with(&self, edit: impl FnOnce(&mut Value)) -> Result<Change> {
                let thing = self.get_uncached().await?;
                let update = self.operation($operation);
                Change::new(update, thing.document(), edit)
            }
        })*
    };
}

edits! {
    /// Fetches the cluster's document, lets `edit` change it, and sends what is then different; gives the
    /// cluster with its new document.
    ///
    /// Nothing else is sent: not what only Atlas sets, nor what stays as it is. Lists are sent whole, with the
    /// fields in them that this version does not know. A known field that `edit` removes is cleared.
    /// Where nothing is different nothing is sent.
    ///
    /// # Errors
    ///
    /// Invalid input for an edit that changes what only Atlas sets, or drops fields that this version does
    /// not know; as [`update`](Self::update) for what Atlas does not take.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
    /// # fn main() { example(async |atlas| {
    /// let cluster = atlas.find_cluster("shop-staging").await?.handle();
    /// let preview = cluster.preview_with(|document| document["backupEnabled"] = true.into()).await?;
    /// println!("{preview}");
    /// let cluster = cluster
    ///     .update_with(|document| {
    ///         document["backupEnabled"] = true.into();
    ///         document["tags"] = serde_json::json!([{"key": "env", "value": "dev"}]);
    ///     })
    ///     .await?;
    /// println!("{}", cluster.document());
    /// # Ok(()) }) }
    /// ```
    ClusterHandle: Cluster by operation::UPDATE_GROUP_CLUSTER, in |it| it.project(),

    /// Edits the flex cluster's document, of which its tags and its protection can change; as
    /// [`ClusterHandle::update_with`](crate::ClusterHandle::update_with).
    ///
    /// # Errors
    ///
    /// As there.
    FlexClusterHandle: FlexCluster by operation::UPDATE_GROUP_FLEX_CLUSTER, in |it| it.parent,

    /// Edits the project's document, of which its name and its tags can change; as
    /// [`ClusterHandle::update_with`](crate::ClusterHandle::update_with).
    ///
    /// # Errors
    ///
    /// As there.
    ProjectHandle: Project by operation::UPDATE_GROUP, in |it| it.atlas,

    /// Edits the organization's document, such as its name; as
    /// [`ClusterHandle::update_with`](crate::ClusterHandle::update_with).
    ///
    /// # Errors
    ///
    /// As there.
    OrganizationHandle: Organization by operation::UPDATE_ORG, in |it| it.atlas,
}
