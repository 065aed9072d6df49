//! `clusters list`.

use mongodbatlas::operation;

use crate::engine::{
    Invocation,
    definition::{Future, Input, Target, flag},
};

/// The official flag for the form of the document, which is always the newest.
pub(crate) const AUTO_SCALING_MODE: Input = flag(
    "auto-scaling-mode",
    Target::None,
    "Scaling of the shards: clusterWideScaling or independentShardScaling",
)
.choices(&["clusterWideScaling", "independentShardScaling"])
.hidden();

/// Lists clusters: flex clusters only with `--tier FLEX`.
pub(super) fn list<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let is_flex = invocation
            .text("tier")
            .is_some_and(|tier| tier.eq_ignore_ascii_case("FLEX"));
        if !is_flex {
            return invocation.run_list().await;
        }
        let project = invocation.session.project(&invocation.values).await?;
        let scope = Some(("groupId", project.id.as_str()));
        let request = invocation.request(operation::LIST_GROUP_FLEX_CLUSTERS, scope)?;
        invocation.list_request(&request).await
    })
}
