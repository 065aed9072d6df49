//! Roles in organizations and projects.

use crate::pythonic::resources::values::value;

value! {
    /// A role in an organization.
    ///
    /// ```
    /// use mongodbatlas::OrganizationRole;
    ///
    /// assert_eq!(OrganizationRole::from("ORG_MEMBER"), OrganizationRole::Member);
    /// assert_eq!(OrganizationRole::ReadOnly.to_string(), "ORG_READ_ONLY");
    /// ```
    pub enum OrganizationRole {
        Owner = "ORG_OWNER",
        Member = "ORG_MEMBER",
        ProjectCreator = "ORG_GROUP_CREATOR",
        BillingAdmin = "ORG_BILLING_ADMIN",
        BillingReadOnly = "ORG_BILLING_READ_ONLY",
        StreamProcessingAdmin = "ORG_STREAM_PROCESSING_ADMIN",
        ReadOnly = "ORG_READ_ONLY",
    }
}

value! {
    /// A role in a project.
    ///
    /// ```
    /// use mongodbatlas::ProjectRole;
    ///
    /// assert_eq!(ProjectRole::from("GROUP_OWNER"), ProjectRole::Owner);
    /// assert_eq!(ProjectRole::DataAccessReadOnly.to_string(), "GROUP_DATA_ACCESS_READ_ONLY");
    /// ```
    pub enum ProjectRole {
        Owner = "GROUP_OWNER",
        ReadOnly = "GROUP_READ_ONLY",
        ClusterManager = "GROUP_CLUSTER_MANAGER",
        DataAccessAdmin = "GROUP_DATA_ACCESS_ADMIN",
        DataAccessReadWrite = "GROUP_DATA_ACCESS_READ_WRITE",
        DataAccessReadOnly = "GROUP_DATA_ACCESS_READ_ONLY",
        DatabaseAccessAdmin = "GROUP_DATABASE_ACCESS_ADMIN",
        BackupManager = "GROUP_BACKUP_MANAGER",
        ObservabilityViewer = "GROUP_OBSERVABILITY_VIEWER",
        SearchIndexEditor = "GROUP_SEARCH_INDEX_EDITOR",
        StreamProcessingOwner = "GROUP_STREAM_PROCESSING_OWNER",
    }
}
