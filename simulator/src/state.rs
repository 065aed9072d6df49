//! Projects, clusters and stored resources, without HTTP. [`State::advance_to`] applies state changes.

mod changes;
pub(crate) mod clock;
mod cluster;
mod flex;
mod ids;
mod lifecycle;
mod organizations;
mod project;
mod region;
mod rejection;
mod store;
mod topology;
mod upgrade;

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

pub(crate) use changes::{
    ClusterChange, DEFAULT_MAJOR_VERSION, EmployeeAccess, FlexChange, PinnedVersion, Settings,
    passthrough_defaults,
};
pub(crate) use cluster::Cluster;
pub(crate) use flex::{FlexCluster, FlexDraft};
pub(crate) use ids::{Ids, derived_digits, derived_id, hexadecimal};
pub(crate) use lifecycle::{Lifecycle, LifecycleEvent, StateName};
pub(crate) use organizations::Organization;
pub(crate) use project::{ClusterDraft, Project, ProjectEvent, is_cluster_name};
pub(crate) use region::{EffectiveHardware, HIGHEST_PRIORITY, Hardware, Region, Scaling};
pub(crate) use rejection::ApiRejection;
pub(crate) use store::{Record, Store};
pub(crate) use topology::{ClusterType, Shard, ShardDraft, default_disk_size};

/// Locks a mutex, also a poisoned one, since its value is valid at any time.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A tag or label of a project or cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) key: String,
    pub(crate) value: String,
}

/// The state of the whole simulator.
#[derive(Debug)]
pub(crate) struct State {
    organizations: Vec<Organization>,
    /// The id of the organization that the seed creates.
    seed_organization: String,
    /// Resources without a type in this module.
    pub(crate) store: Store,
    /// The Unix time up to which all due snapshots have been taken; `None` after a change.
    pub(crate) backed_up_at: Option<i64>,
    projects: Vec<Project>,
    ids: Ids,
}

impl State {
    pub(crate) fn new(organization: Organization, mut projects: Vec<Project>) -> Self {
        for project in &mut projects {
            project.organization.clone_from(&organization.id);
        }
        Self {
            seed_organization: organization.id.clone(),
            organizations: vec![organization],
            store: Store::default(),
            backed_up_at: None,
            projects,
            ids: Ids::new(),
        }
    }

    /// Advances all clusters to a time and returns their lifecycle events.
    pub(crate) fn advance_to(&mut self, now: Timestamp) -> Vec<ProjectEvent> {
        let projects = self.projects.iter_mut();
        projects
            .flat_map(|project| project.advance_to(now))
            .collect()
    }

    /// Returns the generator of ids.
    pub(crate) const fn ids(&mut self) -> &mut Ids {
        &mut self.ids
    }

    /// Returns all projects, oldest first.
    pub(crate) fn projects(&self) -> &[Project] {
        &self.projects
    }

    pub(crate) fn project(&self, id: &str) -> Result<&Project, ApiRejection> {
        check_project_id(id)?;
        let project = self.projects.iter().find(|project| project.id == id);
        project.ok_or_else(|| ApiRejection::ProjectNotFound { id: id.to_owned() })
    }

    /// Returns a project by its name; a project of `organization` takes precedence.
    pub(crate) fn project_by_name(
        &self,
        name: &str,
        organization: &str,
    ) -> Result<&Project, ApiRejection> {
        let projects = || self.projects.iter().filter(|project| project.name == name);
        let own = projects().find(|project| project.organization == organization);
        let project = own.or_else(|| projects().next());
        project.ok_or_else(|| ApiRejection::ProjectNameNotFound {
            name: name.to_owned(),
        })
    }

    /// Returns a project to change, and the id generator.
    pub(crate) fn project_mut(
        &mut self,
        id: &str,
    ) -> Result<(&mut Project, &mut Ids), ApiRejection> {
        check_project_id(id)?;
        let project = self.projects.iter_mut().find(|project| project.id == id);
        let project = project.ok_or_else(|| ApiRejection::ProjectNotFound { id: id.to_owned() })?;
        Ok((project, &mut self.ids))
    }

    /// Adds a project to an organization.
    pub(crate) fn create_project(
        &mut self,
        organization: &str,
        name: &str,
        tags: Option<Vec<Tag>>,
        now: Timestamp,
    ) -> Result<&mut Project, ApiRejection> {
        self.check_project_name_is_free(organization, name)?;
        let mut project = Project::new(self.ids.next(now), name.to_owned(), now);
        organization.clone_into(&mut project.organization);
        project.tags = tags;
        Ok(self.projects.push_mut(project))
    }

    /// Renames a project; its current name is not a conflict.
    pub(crate) fn rename_project(&mut self, id: &str, name: &str) -> Result<(), ApiRejection> {
        let project = self.project(id)?;
        if project.name != name {
            self.check_project_name_is_free(&project.organization, name)?;
            name.clone_into(&mut self.project_mut(id)?.0.name);
        }
        Ok(())
    }

    /// Removes a project that has neither clusters nor other resources that Atlas does not delete
    /// with a project.
    pub(crate) fn delete_project(&mut self, id: &str) -> Result<(), ApiRejection> {
        if !self.project(id)?.is_empty() {
            return Err(ApiRejection::ProjectHasClusters);
        }
        if let Some(code) = self.blocking_resource(id) {
            return Err(ApiRejection::ProjectHasResources { code });
        }
        self.projects.retain(|project| project.id != id);
        self.store.remove_below(&format!("/groups/{id}"));
        Ok(())
    }

    /// Returns the error code for a resource that prevents the deletion of a project.
    fn blocking_resource(&self, id: &str) -> Option<&'static str> {
        let policy = self
            .store
            .single(&format!("/groups/{id}/backupCompliancePolicy"));
        let has_policy = policy.is_some_and(|policy| policy.hidden.contains_key("enabled"));
        let retained = self.project(id).ok().map(|project| &project.retained);
        if has_policy && retained.is_some_and(|retained| !retained.is_empty()) {
            return Some("CANNOT_CLOSE_GROUP_ACTIVE_BACKUP_COMPLIANCE_POLICY");
        }
        let prefix = format!("/groups/{id}/");
        let mut collections = self.store.below(&prefix);
        collections.find_map(|(path, records)| {
            let path = path.get(prefix.len()..)?;
            let mut resources = BLOCKING_RESOURCES.iter();
            let (.., code) = resources.find(|(start, end, _)| {
                path.starts_with(start) && path.ends_with(end) && !records.is_empty()
            })?;
            Some(*code)
        })
    }

    fn check_project_name_is_free(
        &self,
        organization: &str,
        name: &str,
    ) -> Result<(), ApiRejection> {
        let mut own = self.projects_of(organization);
        if own.any(|project| project.name == name) {
            return Err(ApiRejection::ProjectAlreadyExists {
                name: name.to_owned(),
            });
        }
        Ok(())
    }
}

/// The start and the end of collection paths that prevent the deletion of a project, and the error
/// codes.
const BLOCKING_RESOURCES: [(&str, &str, &str); 5] = [
    (
        "streams",
        "streams",
        "CANNOT_CLOSE_GROUP_ACTIVE_STREAMS_RESOURCE",
    ),
    (
        "dataFederation",
        "dataFederation",
        "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_DATA_LAKES",
    ),
    (
        "privateEndpoint/",
        "/endpointService",
        "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_PRIVATE_ENDPOINT_SERVICES",
    ),
    (
        "peers",
        "peers",
        "CANNOT_CLOSE_GROUP_ACTIVE_PEERING_CONNECTIONS",
    ),
    (
        "privateNetworkSettings/",
        "/endpointIds",
        "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_DATA_FEDERATION_PRIVATE_ENDPOINTS",
    ),
];

pub(crate) fn check_project_id(id: &str) -> Result<(), ApiRejection> {
    if is_id(id) {
        Ok(())
    } else {
        Err(ApiRejection::InvalidProjectId { id: id.to_owned() })
    }
}

/// Returns `true` for 24 hexadecimal digits.
fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
