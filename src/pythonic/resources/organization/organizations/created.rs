//! New organizations, with the first credentials that can manage them.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::pythonic::resources::organization::organizations::Organization;
use crate::{
    api::types,
    auth::{ApiKey, ServiceAccount},
    error::{Error, ErrorKind, Result},
    pythonic::{
        client::Atlas,
        resources::{
            carrier::WithClient,
            define::{accessors, written},
            issued,
        },
        responses::{document::Document, endpoint::View, record::Record},
    },
};

/// An organization that has just been created, with the credentials that were asked for.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { example(async |atlas| {
/// let created = atlas.create_organization(&serde_json::json!({
///     "name": "Second Meadow",
///     "apiKey": {"desc": "first key", "roles": ["ORG_OWNER"]},
/// })).await?;
/// let key = created.api_key().expect("the key that was asked for");
/// println!("{} is managed with {}", created.organization().name(), key.public_key());
/// assert!(created.service_account().is_none());
/// # Ok(()) }) }
/// ```
#[derive(Clone, Debug)]
pub struct CreatedOrganization<C = Atlas> {
    organization: Organization<C>,
    record: Record<types::CreateOrganizationResponse>,
}

impl<C> CreatedOrganization<C> {
    /// The organization itself.
    pub fn organization(&self) -> &Organization<C> {
        &self.organization
    }

    /// The API key of the new organization to call Atlas with; none if none was asked for. This answer
    /// alone holds its private half.
    pub fn api_key(&self) -> Option<ApiKey> {
        issued::api_key(self.as_api().api_key.as_ref()?)
    }

    /// The service account of the new organization to call Atlas with; none if none was asked for. This
    /// answer alone holds its secret.
    pub fn service_account(&self) -> Option<ServiceAccount> {
        let account = self.as_api().service_account.as_ref()?;
        issued::service_account(account.client_id.as_deref(), account.secrets.as_ref())
    }

    accessors! { types::CreateOrganizationResponse; }
}

impl<C, D> WithClient<D> for CreatedOrganization<C> {
    type Output = CreatedOrganization<D>;

    fn with_client(self, client: D) -> CreatedOrganization<D> {
        CreatedOrganization {
            organization: self.organization.with_client(client),
            record: self.record,
        }
    }
}

written! { [C] CreatedOrganization<C>, types::CreateOrganizationResponse }

/// The part of the answer that describes the organization.
#[derive(Deserialize)]
struct Part {
    organization: Box<RawValue>,
}

impl View<Atlas> for CreatedOrganization {
    type Api = types::CreateOrganizationResponse;

    fn new(atlas: &Atlas, record: Record<Self::Api>) -> Result<Self> {
        let organization = part(&record.document).map_err(|source| {
            let problem = "the answer has no `organization`";
            Error::new(ErrorKind::InvalidResponse, problem).with_source(source)
        })?;
        Ok(Self {
            organization: Organization::new(atlas, organization)?,
            record,
        })
    }
}

fn part(document: &Document) -> serde_json::Result<Record<types::AtlasOrganization>> {
    let Part { organization } = serde_json::from_str(document.as_str())?;
    Ok(Record {
        value: serde_json::from_str(organization.get())?,
        document: Document::new(&organization),
    })
}
