//! Organizations, projects, users and invoices, without `async`.

#[cfg(feature = "mongodb-cloud-users")]
pub(super) mod cloud_users;
#[cfg(feature = "invoices")]
pub(super) mod invoices;
pub(super) mod organizations;
pub(super) mod projects;
pub(super) mod rate_limits;
#[cfg(feature = "teams")]
pub(super) mod teams;

#[cfg(feature = "mongodb-cloud-users")]
pub use cloud_users::{OrganizationUser, OrganizationUserHandle, ProjectUser, ProjectUserHandle};
#[cfg(feature = "invoices")]
pub use invoices::{Invoice, InvoiceHandle};
pub use organizations::{CreatedOrganization, Organization, OrganizationHandle};
pub use projects::{Project, ProjectHandle};
#[cfg(feature = "teams")]
pub use teams::{ProjectTeam, ProjectTeamHandle, Team, TeamHandle};
