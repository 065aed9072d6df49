//! Service accounts: each verb waits for its async twin.

use serde::Serialize;

use crate::blocking::{
    Items, OrganizationHandle, OrganizationServiceAccount, OrganizationServiceAccountHandle,
    ProjectHandle, ProjectServiceAccount, ProjectServiceAccountHandle, twin::twins,
};
use crate::{
    error::Result,
    pythonic::resources::access::service_accounts::{
        ServiceAccountAddress, ServiceAccountProject, ServiceAccountSecret,
    },
};

twins! {
    impl OrganizationHandle {
        /// Its service accounts.
        fn service_accounts() -> Items<OrganizationServiceAccount>;

        /// Creates a service account from a JSON document (`name`, `description`, `roles`,
        /// `secretExpiresAfterHours`), which is sent as it is.
        fn create_service_account(document: &impl Serialize) -> Result<OrganizationServiceAccount>;
    }

    impl OrganizationServiceAccountHandle {
        /// Fetches the service account.
        fn get() -> Result<OrganizationServiceAccount>;

        /// Changes what a JSON document holds (`name`, `description`, `roles`); it is sent as it
        /// is.
        fn update(changes: &impl Serialize) -> Result<OrganizationServiceAccount>;

        /// Deletes the service account, whose tokens then work no more.
        fn delete() -> Result<()>;

        /// Creates a secret that works for so many hours.
        fn create_secret(hours: u32) -> Result<ServiceAccountSecret>;

        /// Deletes the secret of this id.
        fn delete_secret(secret_id: &str) -> Result<()>;

        /// The projects to which it has access.
        fn projects() -> Items<ServiceAccountProject>;

        /// The addresses from which it may call; none means any, unless the organization demands a
        /// list.
        fn addresses() -> Items<ServiceAccountAddress>;

        /// Lets it call from an address or a block in CIDR notation.
        fn allow_address(address: &str) -> Result<()>;

        /// Does not let it call from an address any more.
        fn forbid_address(address: &str) -> Result<()>;
    }

    impl ProjectHandle {
        /// The service accounts that have access to it.
        fn service_accounts() -> Items<ProjectServiceAccount>;

        /// Creates a service account with access to this project from a JSON document, which is
        /// sent as it is.
        fn create_service_account(document: &impl Serialize) -> Result<ProjectServiceAccount>;
    }

    impl ProjectServiceAccountHandle {
        /// Fetches the service account.
        fn get() -> Result<ProjectServiceAccount>;

        /// Changes what a JSON document holds (`name`, `description`, `roles` in this project); it
        /// is sent as it is.
        fn update(changes: &impl Serialize) -> Result<ProjectServiceAccount>;

        /// Takes its access to the project; the account itself stays.
        fn remove() -> Result<()>;

        /// Gives a service account of the organization these roles in the project.
        fn assign(roles: &[&str]) -> Result<ProjectServiceAccount>;

        /// Creates a secret that works for so many hours.
        fn create_secret(hours: u32) -> Result<ServiceAccountSecret>;

        /// Deletes the secret of this id.
        fn delete_secret(secret_id: &str) -> Result<()>;

        /// The addresses from which it may call; none means any, unless the organization demands a
        /// list.
        fn addresses() -> Items<ServiceAccountAddress>;

        /// Lets it call from an address or a block in CIDR notation.
        fn allow_address(address: &str) -> Result<()>;

        /// Does not let it call from an address any more.
        fn forbid_address(address: &str) -> Result<()>;
    }
}
