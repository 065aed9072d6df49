//! Organizations: list, get, this one; and their projects' creation.

use super::{
    Atlas, answer,
    call::{self, Record},
    document::Document,
    id::OrganizationId,
    listing::fetch,
    pager::Pager,
    projects::Project,
};
use crate::{
    api::types,
    error::{Error, ErrorKind, Result},
};

/// An organization, as the server described it.
#[derive(Clone, Debug)]
pub struct Organization<C = Atlas> {
    atlas: C,
    id: OrganizationId,
    record: Record<types::AtlasOrganization>,
}

impl<C> Organization<C> {
    /// The id.
    pub fn id(&self) -> &OrganizationId {
        &self.id
    }

    /// The name; empty if the server sent none.
    pub fn name(&self) -> &str {
        self.record.value.name.as_deref().unwrap_or_default()
    }

    /// Whether it has been deleted.
    pub fn is_deleted(&self) -> bool {
        self.record.value.is_deleted.unwrap_or_default()
    }

    /// All fields, in the words of the generated layer.
    pub fn as_api(&self) -> &types::AtlasOrganization {
        &self.record.value
    }

    /// Exactly what the server sent.
    pub fn document(&self) -> &Document {
        &self.record.document
    }

    pub(crate) fn with_client<D>(self, atlas: D) -> Organization<D> {
        Organization {
            atlas,
            id: self.id,
            record: self.record,
        }
    }
}

impl<C: Clone> Organization<C> {
    /// What can be done with it.
    pub fn handle(&self) -> OrganizationHandle<C> {
        OrganizationHandle {
            atlas: self.atlas.clone(),
            id: self.id.clone(),
        }
    }
}

impl Organization {
    pub(crate) fn new(atlas: &Atlas, record: Record<types::AtlasOrganization>) -> Result<Self> {
        let id = answer::id(record.value.id.as_deref())?;
        Ok(Self {
            atlas: atlas.clone(),
            id,
            record,
        })
    }
}

/// What can be done with an organization, which is known by its id.
#[derive(Clone, Debug)]
pub struct OrganizationHandle<C = Atlas> {
    pub(crate) atlas: C,
    pub(crate) id: OrganizationId,
}

impl<C> OrganizationHandle<C> {
    /// The id.
    pub fn id(&self) -> &OrganizationId {
        &self.id
    }
}

impl Atlas {
    /// The organizations that the key can see.
    pub fn organizations(&self) -> Pager<Organization> {
        let atlas = self.clone();
        Pager::new(move |page| {
            let atlas = atlas.clone();
            async move {
                let call = atlas
                    .api()
                    .list_orgs()
                    .items_per_page(page.size)
                    .page_num(page.number);
                let page = fetch(page, call.send()).await?;
                page.try_map(|record| Organization::new(&atlas, record))
            }
        })
    }

    /// The organization of the key.
    ///
    /// A key belongs to one organization; should several be visible, it is the first.
    ///
    /// # Errors
    ///
    /// Not found if the key can see no organization, and what a call can end with.
    pub async fn this_organization(&self) -> Result<Organization> {
        self.organizations()
            .with_page_size(1)
            .try_next()
            .await?
            .ok_or_else(|| {
                Error::new(ErrorKind::NotFound, "the key can see no organization").with_hint(
                    "give the key the role Organization Member or Organization Read Only",
                )
            })
    }

    /// The organization with this id; nothing is sent before something is asked of it.
    pub fn organization(&self, id: &OrganizationId) -> OrganizationHandle {
        OrganizationHandle {
            atlas: self.clone(),
            id: id.clone(),
        }
    }
}

impl OrganizationHandle {
    /// Fetches the organization.
    ///
    /// # Errors
    ///
    /// Not found for an unknown id, and what a call can end with.
    pub async fn get(&self) -> Result<Organization> {
        let call = self.atlas.api().get_org().org_id(self.id.as_str()).send();
        Organization::new(&self.atlas, call::one(call).await?)
    }

    /// Its projects, as far as the key can see them.
    pub fn projects(&self) -> Pager<Project> {
        let organization = self.clone();
        Pager::new(move |page| {
            let organization = organization.clone();
            async move {
                let Self { atlas, id } = organization;
                let call = atlas.api().get_org_groups().org_id(id.as_str());
                let call = call.items_per_page(page.size).page_num(page.number);
                let page = fetch(page, call.send()).await?;
                page.try_map(|record| Project::new(&atlas, record))
            }
        })
    }

    /// Creates a project of this name.
    ///
    /// # Errors
    ///
    /// A conflict if the name is taken, and what a call can end with.
    ///
    /// ```no_run
    /// # async fn example(atlas: mongodbatlas::Atlas) -> mongodbatlas::Result<()> {
    /// let organization = atlas.this_organization().await?;
    /// let project = organization.handle().create_project("Data platform").await?;
    /// println!("{}", project.id());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create_project(&self, name: &str) -> Result<Project> {
        let group = types::Group::builder()
            .name(name.to_owned())
            .org_id(self.id.to_string());
        let call = self.atlas.api().create_group().body(group).send();
        Project::new(&self.atlas, call::one(call).await?)
    }
}
