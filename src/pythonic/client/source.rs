//! The source of a client's credentials, and the default organization and project.

use crate::auth::{CredentialSource, Defaults};
use crate::pythonic::client::Atlas;

/// The source of the credentials, and the settings of that source.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) source: CredentialSource,
    pub(super) defaults: Defaults,
}

impl Atlas {
    /// Returns the source of the credentials.
    ///
    /// ```
    /// use mongodbatlas::Atlas;
    ///
    /// let variables = |name: &str| match name {
    ///     "ATLAS_PUBLIC_KEY" => Some("zmmrboas".to_owned()),
    ///     "ATLAS_PRIVATE_KEY" => Some("7ac3d6b1-52f0".to_owned()),
    ///     _ => None,
    /// };
    /// let atlas = Atlas::builder().with_environment(variables).build()?;
    /// assert_eq!(atlas.credential_source().to_string(), "`ATLAS_PUBLIC_KEY`, `ATLAS_PRIVATE_KEY`");
    /// # Ok::<(), mongodbatlas::Error>(())
    /// ```
    pub fn credential_source(&self) -> &CredentialSource {
        &self.0.origin.source
    }

    /// Returns the id of the default organization: `MONGODB_ATLAS_ORG_ID`, `MCLI_ORG_ID`, or the
    /// `org_id` of the profile. The SDK does not use it.
    pub fn default_organization_id(&self) -> Option<&str> {
        self.0.origin.defaults.organization_id.as_deref()
    }

    /// Returns the id of the default project: `MONGODB_ATLAS_PROJECT_ID`, `MCLI_PROJECT_ID`, or the
    /// `project_id` of the profile. The SDK does not use it.
    pub fn default_project_id(&self) -> Option<&str> {
        self.0.origin.defaults.project_id.as_deref()
    }
}
