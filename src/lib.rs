#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "core"),
    allow(
        dead_code,
        reason = "some functions are used only by the facade's resources"
    )
)]
//! A client for the MongoDB Atlas Administration API: projects, clusters, backups, users and every other operation.
//!
//! ```no_run
//! # async fn example() -> mongodbatlas::Result<()> {
//! let atlas = mongodbatlas::Atlas::from_env()?; // ATLAS_PUBLIC_KEY, ATLAS_PRIVATE_KEY
//! let mut projects = atlas.projects();
//! while let Some(project) = projects.try_next().await? {
//!     println!("{} has {:?} clusters", project.name(), project.cluster_count());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! There are three layers:
//!
//! - The facade: resources, lists and workflows. Start from [`Atlas`], or from [`blocking::Atlas`] if you do not
//!   use `async`. The documentation of [`pythonic`] is its guide.
//! - [`api`]: the generated layer, with a typed method for each operation; see [`Atlas::api`].
//! - [`operations`]: the table of all operations, as data. [`Atlas::call`] sends any of them with JSON.
//!
//! All functions return the same [`Error`], which has a kind, the request, the status, Atlas's error code and, for
//! known causes, a hint.

pub mod api;
mod auth;
mod base_url;
pub mod blocking;
mod error;
#[cfg(all(feature = "core", any(test, fuzzing)))]
pub mod fuzzing;
pub mod operations;
pub mod pythonic;
mod redacted;
mod request;
mod transport;

pub use auth::{
    AccessToken, ApiKey, CredentialSource, Credentials, EnvironmentVariable, ServiceAccount,
    environment_variables, obfuscate,
};
pub use base_url::BaseUrl;
pub use error::{Error, ErrorKind, FieldError, Result};
pub use operations::operation;
pub use pythonic::client::{Atlas, Builder};
pub use pythonic::ids::{
    AlertConfigurationId, AlertId, ApiKeyId, ClusterId, EventId, InvoiceId, OrganizationId,
    ProjectId, RestoreJobId, SearchIndexId, SnapshotId, TeamId, UserId,
};
pub use pythonic::paging::{
    page::Page,
    pager::Pager,
    pages::{Continuation, Pages},
};
#[cfg(all(feature = "core", feature = "access-tracking"))]
pub use pythonic::resources::access::access_history::{AccessFilter, DatabaseAccess};
#[cfg(feature = "core")]
pub use pythonic::resources::access::access_list::{
    AccessListEntry, AccessListEntryData, AccessListEntryHandle, AccessListEntryStatus,
    AccessListStatus, NewAccessListEntry,
};
#[cfg(feature = "core")]
pub use pythonic::resources::access::api_keys::{
    ApiKeyAddress, ApiKeyData, KeyRole, OrganizationApiKey, OrganizationApiKeyHandle,
    ProjectApiKey, ProjectApiKeyHandle,
};
#[cfg(feature = "core")]
pub use pythonic::resources::access::database_users::{
    AuthenticationDatabase, DatabaseRole, DatabaseUser, DatabaseUserData, DatabaseUserHandle,
};
#[cfg(all(feature = "core", feature = "service-accounts"))]
pub use pythonic::resources::access::service_accounts::{
    OrganizationServiceAccount, OrganizationServiceAccountData, OrganizationServiceAccountHandle,
    ProjectServiceAccount, ProjectServiceAccountData, ProjectServiceAccountHandle,
    ServiceAccountAddress, ServiceAccountProject, ServiceAccountSecret,
};
#[cfg(all(feature = "core", feature = "cloud-backups"))]
pub use pythonic::resources::deployments::backups::{
    BackupSchedule, RestoreJob, RestoreJobData, RestoreJobHandle, Retention, ShardedSnapshot,
    ShardedSnapshotData, ShardedSnapshotHandle, Snapshot, SnapshotData, SnapshotHandle,
    SnapshotMember, SnapshotStatus,
};
#[cfg(feature = "core")]
pub use pythonic::resources::deployments::cluster_path::ClusterPath;
#[cfg(feature = "core")]
pub use pythonic::resources::deployments::clusters::{Cluster, ClusterData, ClusterHandle};
#[cfg(feature = "core")]
pub use pythonic::resources::deployments::flex_clusters::{
    FlexCluster, FlexClusterData, FlexClusterHandle,
};
#[cfg(all(feature = "core", feature = "maintenance-windows"))]
pub use pythonic::resources::deployments::maintenance::MaintenanceWindow;
#[cfg(feature = "core")]
pub use pythonic::resources::deployments::new_clusters::random_name;
#[cfg(all(feature = "core", feature = "atlas-search"))]
pub use pythonic::resources::deployments::search_indexes::{
    SearchIndex, SearchIndexData, SearchIndexHandle, SearchIndexStatus,
};
#[cfg(feature = "core")]
pub use pythonic::resources::deployments::state::ClusterState;
#[cfg(all(feature = "core", feature = "alert-configurations"))]
pub use pythonic::resources::monitoring::alert_configurations::{
    AlertConfiguration, AlertConfigurationData, AlertConfigurationHandle,
};
#[cfg(all(feature = "core", feature = "alerts"))]
pub use pythonic::resources::monitoring::alerts::{Alert, AlertData, AlertHandle, AlertStatus};
#[cfg(all(feature = "core", feature = "events"))]
pub use pythonic::resources::monitoring::events::{
    EventFilter, EventType, OrganizationEvent, ProjectEvent,
};
#[cfg(all(feature = "core", feature = "monitoring-and-logs"))]
pub use pythonic::resources::monitoring::logs::{LogName, LogRequest};
#[cfg(all(feature = "core", feature = "monitoring-and-logs"))]
pub use pythonic::resources::monitoring::processes::{
    Disk, MeasurementQuery, Measurements, Point, Process, ProcessData, ProcessDatabase,
    ProcessHandle, Series,
};
#[cfg(all(feature = "core", feature = "mongodb-cloud-users"))]
pub use pythonic::resources::organization::cloud_users::{
    MembershipStatus, OrganizationUser, OrganizationUserData, OrganizationUserHandle, ProjectUser,
    ProjectUserData, ProjectUserHandle,
};
#[cfg(all(feature = "core", feature = "invoices"))]
pub use pythonic::resources::organization::invoices::{
    Invoice, InvoiceData, InvoiceHandle, InvoiceLineItem, InvoiceStatus, LineItemFilter,
};
#[cfg(feature = "core")]
pub use pythonic::resources::organization::organizations::{
    CreatedOrganization, CreatedOrganizationData, Organization, OrganizationData,
    OrganizationHandle,
};
#[cfg(feature = "core")]
pub use pythonic::resources::organization::projects::{Project, ProjectData, ProjectHandle};
#[cfg(feature = "core")]
pub use pythonic::resources::organization::rate_limits::RateLimitSet;
#[cfg(all(feature = "core", feature = "teams"))]
pub use pythonic::resources::organization::teams::{
    ProjectTeam, ProjectTeamData, ProjectTeamHandle, Team, TeamData, TeamHandle,
};
#[cfg(feature = "core")]
pub use pythonic::resources::roles::{OrganizationRole, ProjectRole};
pub use pythonic::responses::document::Document;
pub use pythonic::responses::download::Download;
pub use pythonic::responses::untyped::Response;
#[cfg(feature = "core")]
pub use pythonic::workflows::change::{Change, Difference};
#[cfg(feature = "core")]
pub use pythonic::workflows::filter::{Filter, Filterable};
#[cfg(feature = "core")]
pub use pythonic::workflows::find::Found;
#[cfg(feature = "core")]
pub use pythonic::workflows::inventory::{
    Events, Failure, Inventory, InventoryEvent, OrganizationTree, ProjectTree, Tree,
};
#[cfg(feature = "core")]
pub use pythonic::workflows::schedule::{
    Boundary, ClusterHistory, PauseObstacle, PlannedCluster, ScheduleAction, ScheduleChange,
    ScheduleDecision, ScheduleFault, ScheduleFile, ScheduleMode, ScheduleOutcome, SchedulePass,
    SchedulePlan, ScheduleReason, ScheduleReport, ScheduleTarget,
};
#[cfg(feature = "core")]
pub use pythonic::workflows::wait::{Cancellation, Progress, Wait};
pub use request::Call;
pub use transport::{Lifecycle, RateLimit, RetryPolicy, with_timeout};

/// The examples of the README, as doctests.
#[cfg(all(doctest, feature = "core"))]
#[doc = include_str!("../README.md")]
struct Readme;
