//! Rejected actions with Atlas's error codes, statuses and texts.

/// A rejected action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ApiRejection {
    InvalidOrganizationId {
        id: String,
    },
    OrganizationNotFound {
        id: String,
    },
    OrganizationHasProjects,
    InvalidProjectId {
        id: String,
    },
    ProjectNotFound {
        id: String,
    },
    ProjectNameNotFound {
        name: String,
    },
    ProjectAlreadyExists {
        name: String,
    },
    ProjectHasClusters,
    /// The code is in `behaviour/errors.toml`.
    ProjectHasResources {
        code: &'static str,
    },
    ClusterNotFound {
        name: String,
        project: String,
    },
    ClusterNameInvalid {
        name: String,
    },
    DuplicateClusterName {
        name: String,
        project: String,
    },
    CannotCreatePaused {
        name: String,
    },
    AlreadyPaused,
    CannotUpdatePaused {
        name: String,
    },
    CannotUpdateAndPause {
        name: String,
    },
    PendingChanges,
    CannotPauseNvme,
    RecentlyResumed {
        minutes: u64,
    },
    TenantUpdate,
    AlreadyRequestedDeletion {
        name: String,
    },
    TerminationProtected {
        name: String,
        project: String,
    },
    FlexInClusterApi {
        name: String,
    },
    NotFlexInFlexApi {
        name: String,
    },
}

impl ApiRejection {
    /// Returns the error code.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::InvalidOrganizationId { .. } => "INVALID_ORG_ID",
            Self::OrganizationNotFound { .. } => "ORG_NOT_FOUND",
            Self::OrganizationHasProjects => "CANNOT_DELETE_ORG_ACTIVE_GROUPS",
            Self::InvalidProjectId { .. } => "INVALID_GROUP_ID",
            Self::ProjectNotFound { .. } => "GROUP_NOT_FOUND",
            Self::ProjectNameNotFound { .. } => "GROUP_NAME_NOT_FOUND",
            Self::ProjectAlreadyExists { .. } => "GROUP_ALREADY_EXISTS",
            Self::ProjectHasClusters => "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS",
            Self::ProjectHasResources { code } => code,
            Self::ClusterNotFound { .. } => "CLUSTER_NOT_FOUND",
            Self::ClusterNameInvalid { .. } => "CLUSTER_NAME_INVALID",
            Self::DuplicateClusterName { .. } => "DUPLICATE_CLUSTER_NAME",
            Self::CannotCreatePaused { .. } => "CANNOT_CREATE_PAUSED_CLUSTER",
            Self::AlreadyPaused => "CLUSTER_ALREADY_PAUSED",
            Self::CannotUpdatePaused { .. } => "CANNOT_UPDATE_PAUSED_CLUSTER",
            Self::CannotUpdateAndPause { .. } => "CANNOT_UPDATE_AND_PAUSE_CLUSTER",
            Self::PendingChanges => "CANNOT_PAUSE_CLUSTER_WITH_PENDING_CHANGES",
            Self::CannotPauseNvme => "CANNOT_PAUSE_NVME_CLUSTER",
            Self::RecentlyResumed { .. } => "CANNOT_PAUSE_RECENTLY_RESUMED_CLUSTER",
            Self::TenantUpdate => "TENANT_CLUSTER_UPDATE_UNSUPPORTED",
            Self::AlreadyRequestedDeletion { .. } => "CLUSTER_ALREADY_REQUESTED_DELETION",
            Self::TerminationProtected { .. } => {
                "CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED"
            }
            Self::FlexInClusterApi { .. } => "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API",
            Self::NotFlexInFlexApi { .. } => "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API",
        }
    }

    /// Returns the HTTP status.
    pub(crate) const fn status(&self) -> u16 {
        match self {
            Self::InvalidOrganizationId { .. }
            | Self::OrganizationNotFound { .. }
            | Self::InvalidProjectId { .. }
            | Self::ProjectNotFound { .. }
            | Self::ProjectNameNotFound { .. }
            | Self::ClusterNotFound { .. } => 404,
            Self::OrganizationHasProjects
            | Self::ProjectAlreadyExists { .. }
            | Self::ProjectHasClusters
            | Self::ProjectHasResources { .. }
            | Self::AlreadyPaused
            | Self::CannotUpdatePaused { .. }
            | Self::CannotUpdateAndPause { .. }
            | Self::PendingChanges
            | Self::CannotPauseNvme => 409,
            Self::ClusterNameInvalid { .. }
            | Self::DuplicateClusterName { .. }
            | Self::CannotCreatePaused { .. }
            | Self::RecentlyResumed { .. }
            | Self::TenantUpdate
            | Self::AlreadyRequestedDeletion { .. }
            | Self::TerminationProtected { .. }
            | Self::FlexInClusterApi { .. }
            | Self::NotFlexInFlexApi { .. } => 400,
        }
    }

    /// Returns the message of the error.
    pub(crate) fn detail(&self) -> String {
        match self {
            Self::InvalidOrganizationId { id } => {
                format!("An invalid organization ID {id} was specified.")
            }
            Self::OrganizationNotFound { id } => format!("No organization with ID {id} exists."),
            Self::InvalidProjectId { id } => format!("An invalid group ID {id} was specified."),
            Self::OrganizationHasProjects => {
                "Cannot delete an organization that has projects; please close all of them."
                    .to_owned()
            }
            Self::ProjectNotFound { id } => format!("No group with ID {id} exists."),
            Self::ProjectNameNotFound { name } => format!("No group with name \"{name}\" exists."),
            Self::ProjectAlreadyExists { name } => {
                format!("A group with name \"{name}\" already exists.")
            }
            Self::ProjectHasClusters => "Cannot close group while it has active clusters; \
                please terminate all clusters."
                .to_owned(),
            Self::RecentlyResumed { minutes } => format!(
                "Recently resumed clusters must remain running for {minutes} minutes to process \
                 all queued maintenance."
            ),
            Self::AlreadyPaused => "Cannot pause a cluster that is already paused.".to_owned(),
            Self::PendingChanges => "Cannot pause a cluster with pending changes.".to_owned(),
            Self::CannotPauseNvme => "Cannot pause an NVMe Cluster.".to_owned(),
            _ => self.cluster_detail(),
        }
    }

    fn cluster_detail(&self) -> String {
        match self {
            Self::ClusterNotFound { name, project } => {
                format!("No cluster named {name} exists in group {project}.")
            }
            Self::ClusterNameInvalid { name } => format!(
                "The cluster name {name} is invalid. The name can only contain ASCII letters, \
                 numbers, and hyphens."
            ),
            Self::DuplicateClusterName { name, project } => {
                format!("A cluster named {name} is already present in group {project}.")
            }
            Self::CannotCreatePaused { name } => {
                format!("Cluster {name} cannot be created in a paused state.")
            }
            Self::CannotUpdatePaused { name } => {
                format!("Cannot update cluster {name} while it is paused or being paused.")
            }
            Self::CannotUpdateAndPause { name } => {
                format!("Cannot update and pause cluster {name} at the same time.")
            }
            Self::AlreadyRequestedDeletion { name } => {
                format!("The cluster {name} has already been requested for deletion.")
            }
            Self::TerminationProtected { .. } => {
                "Cannot terminate a cluster when termination protection is enabled. Disable \
                 termination protection and try again."
                    .to_owned()
            }
            Self::FlexInClusterApi { name } => {
                format!("Flex cluster {name} cannot be used in the Cluster API.")
            }
            Self::NotFlexInFlexApi { name } => {
                format!("Cannot use non-flex cluster {name} in the flex API.")
            }
            Self::TenantUpdate => {
                "Cannot update a M0/M2/M5 cluster through the public API.".to_owned()
            }
            _ => String::new(),
        }
    }

    /// Returns the values in the message, in order.
    pub(crate) fn parameters(&self) -> Vec<serde_json::Value> {
        match self {
            Self::InvalidOrganizationId { id }
            | Self::OrganizationNotFound { id }
            | Self::InvalidProjectId { id }
            | Self::ProjectNotFound { id } => vec![id.as_str().into()],
            Self::ProjectNameNotFound { name }
            | Self::ProjectAlreadyExists { name }
            | Self::ClusterNameInvalid { name }
            | Self::CannotCreatePaused { name }
            | Self::CannotUpdatePaused { name }
            | Self::CannotUpdateAndPause { name }
            | Self::AlreadyRequestedDeletion { name }
            | Self::FlexInClusterApi { name }
            | Self::NotFlexInFlexApi { name } => vec![name.as_str().into()],
            Self::ClusterNotFound { name, project }
            | Self::DuplicateClusterName { name, project } => {
                vec![name.as_str().into(), project.as_str().into()]
            }
            Self::RecentlyResumed { minutes } => vec![(*minutes).into()],
            Self::TerminationProtected { name, project } => vec![
                format!(
                    "Cannot terminate cluster {name} in group {project} because termination protection \
                     is enabled. Disable termination protection and try again."
                )
                .into(),
            ],
            Self::OrganizationHasProjects
            | Self::ProjectHasClusters
            | Self::ProjectHasResources { .. }
            | Self::AlreadyPaused
            | Self::PendingChanges
            | Self::CannotPauseNvme
            | Self::TenantUpdate => Vec::new(),
        }
    }
}
