//! New organizations with their first credentials, without `async`.

use std::ops::Deref;

use serde::Serialize;

use crate::blocking::{
    client::{Atlas, IntoBlocking},
    organization::organizations::Organization,
};
use crate::pythonic::resources::organization::organizations::CreatedOrganizationData;

/// A new organization and its first credentials; the blocking counterpart of
/// [`CreatedOrganization`](crate::CreatedOrganization).
///
/// Dereferences to [`CreatedOrganizationData`].
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct CreatedOrganization {
    data: CreatedOrganizationData,
    #[serde(skip)]
    organization: Organization,
}

impl CreatedOrganization {
    /// Returns the organization.
    pub fn organization(&self) -> &Organization {
        &self.organization
    }
}

impl Deref for CreatedOrganization {
    type Target = CreatedOrganizationData;

    fn deref(&self) -> &CreatedOrganizationData {
        &self.data
    }
}

impl IntoBlocking for crate::CreatedOrganization {
    type Output = CreatedOrganization;

    fn into_blocking(self, atlas: &Atlas) -> CreatedOrganization {
        CreatedOrganization {
            data: self.data,
            organization: self.organization.into_blocking(atlas),
        }
    }
}
