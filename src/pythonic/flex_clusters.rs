//! Flex clusters: list (with their project).

use jiff::Timestamp;

use super::{
    Atlas,
    call::Record,
    document::Document,
    id::{ClusterId, ProjectId},
    listing::fetch,
    pager::Pager,
    projects::ProjectHandle,
    state::ClusterState,
};
use crate::api::types;

/// A flex cluster, as the server described it. It shares its machine with others and cannot be paused.
#[derive(Clone, Debug)]
pub struct FlexCluster<C = Atlas> {
    atlas: C,
    project_id: ProjectId,
    record: Record<types::FlexClusterDescription20241113>,
}

impl<C> FlexCluster<C> {
    /// The name, which is unique in its project; empty if the server sent none.
    pub fn name(&self) -> &str {
        self.record.value.name.as_deref().unwrap_or_default()
    }

    /// The id, if the server sent a valid one.
    pub fn id(&self) -> Option<ClusterId> {
        self.record.value.id.as_deref()?.parse().ok()
    }

    /// The id of its project.
    pub fn project_id(&self) -> &ProjectId {
        &self.project_id
    }

    /// What it is doing.
    pub fn state(&self) -> ClusterState {
        let name = self.record.value.state_name.as_ref().map(AsRef::as_ref);
        ClusterState::new(false, name.unwrap_or_default())
    }

    /// When it was created, if the server sent a valid time.
    pub fn created(&self) -> Option<Timestamp> {
        self.record.value.create_date.as_deref()?.parse().ok()
    }

    /// All fields, in the words of the generated layer.
    pub fn as_api(&self) -> &types::FlexClusterDescription20241113 {
        &self.record.value
    }

    /// Exactly what the server sent.
    pub fn document(&self) -> &Document {
        &self.record.document
    }

    pub(crate) fn with_client<D>(self, atlas: D) -> FlexCluster<D> {
        FlexCluster {
            atlas,
            project_id: self.project_id,
            record: self.record,
        }
    }
}

impl<C: Clone> FlexCluster<C> {
    /// What can be done with its project.
    pub fn project(&self) -> ProjectHandle<C> {
        ProjectHandle {
            atlas: self.atlas.clone(),
            id: self.project_id.clone(),
        }
    }
}

impl ProjectHandle {
    /// Its flex clusters.
    pub fn flex_clusters(&self) -> Pager<FlexCluster> {
        let project = self.clone();
        Pager::new(move |page| {
            let project = project.clone();
            async move {
                let call = project.atlas.api().list_group_flex_clusters();
                let call = call.group_id(project.id.as_str());
                let call = call.items_per_page(page.size).page_num(page.number);
                let page = fetch(page, call.send()).await?;
                page.try_map(|record| {
                    Ok(FlexCluster {
                        atlas: project.atlas.clone(),
                        project_id: project.id.clone(),
                        record,
                    })
                })
            }
        })
    }
}
