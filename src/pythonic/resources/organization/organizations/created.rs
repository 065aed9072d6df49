//! New organizations with their first credentials.

use std::ops::Deref;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::pythonic::resources::organization::organizations::Organization;
use crate::{
    api::types,
    auth::{ApiKey, ServiceAccount},
    error::{Error, ErrorKind, Result},
    pythonic::{
        client::Atlas,
        resources::{define::resource, new_credentials},
        responses::{document::Document, endpoint::FromRecord, record::Record},
    },
};

resource! {
    /// The data of a [`CreatedOrganization`], which the async and the blocking type share.
    pub struct CreatedOrganizationData(types::CreateOrganizationResponse) {}
}

impl CreatedOrganizationData {
    /// Returns the API key of the new organization; `None` if the request did not create one. Only
    /// this response contains the private key.
    pub fn api_key(&self) -> Option<ApiKey> {
        new_credentials::api_key(self.as_api().api_key.as_ref()?)
    }

    /// Returns the service account of the new organization; `None` if the request did not create
    /// one. Only this response contains the secret.
    pub fn service_account(&self) -> Option<ServiceAccount> {
        let account = self.as_api().service_account.as_ref()?;
        new_credentials::service_account(account.client_id.as_deref(), account.secrets.as_ref())
    }
}

/// A new organization and its first credentials.
///
/// Dereferences to [`CreatedOrganizationData`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs")); fn main() { example(async |atlas| {
/// let created = atlas.create_organization(&serde_json::json!({
///     "name": "Second Meadow",
///     "apiKey": {"desc": "first key", "roles": ["ORG_OWNER"]},
/// })).await?;
/// let key = created.api_key().expect("the requested API key");
/// println!("{}: {}", created.organization().name(), key.public_key());
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct CreatedOrganization {
    pub(crate) data: CreatedOrganizationData,
    #[serde(skip)]
    pub(crate) organization: Organization,
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

/// The `organization` field of the response.
#[derive(Deserialize)]
struct OrganizationField {
    organization: Box<RawValue>,
}

impl FromRecord<Atlas> for CreatedOrganization {
    type Api = types::CreateOrganizationResponse;

    fn from_record(atlas: &Atlas, record: Record<Self::Api>) -> Result<Self> {
        let organization = read_organization(&record.document).map_err(|source| {
            let message = "the response has no `organization`";
            Error::new(ErrorKind::InvalidResponse, message).with_source(source)
        })?;
        Ok(Self {
            organization: Organization::from_record(atlas, organization)?,
            data: CreatedOrganizationData::from_record(atlas, record)?,
        })
    }
}

fn read_organization(document: &Document) -> serde_json::Result<Record<types::AtlasOrganization>> {
    let OrganizationField { organization } = serde_json::from_str(document.as_str())?;
    Ok(Record {
        value: serde_json::from_str(organization.get())?,
        document: Document::new(&organization),
    })
}
