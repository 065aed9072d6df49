//! Organizations and their projects.

use jiff::Timestamp;

use super::{ApiRejection, Project, State, is_id};

#[derive(Clone, Debug)]
pub(crate) struct Organization {
    pub(crate) id: String,
    pub(crate) name: String,
    /// `true` if new projects are created without default alert configurations.
    pub(crate) skips_default_alerts: bool,
}

impl Organization {
    pub(crate) const fn new(id: String, name: String) -> Self {
        Self {
            id,
            name,
            skips_default_alerts: false,
        }
    }
}

impl State {
    /// Returns all organizations, oldest first.
    pub(crate) fn organizations(&self) -> &[Organization] {
        &self.organizations
    }

    pub(crate) fn organization(&self, id: &str) -> Result<&Organization, ApiRejection> {
        if !is_id(id) {
            return Err(ApiRejection::InvalidOrganizationId { id: id.to_owned() });
        }
        let organization = self
            .organizations
            .iter()
            .find(|organization| organization.id == id);
        organization.ok_or_else(|| ApiRejection::OrganizationNotFound { id: id.to_owned() })
    }

    /// Returns the id of the oldest organization, or the seed organization's id if all are deleted.
    pub(crate) fn oldest_organization(&self) -> &str {
        let oldest = self.organizations.first();
        oldest.map_or(&self.seed_organization, |organization| &organization.id)
    }

    /// Adds an organization.
    pub(crate) fn create_organization(
        &mut self,
        name: &str,
        skips_default_alerts: bool,
        now: Timestamp,
    ) -> &Organization {
        let organization = Organization {
            skips_default_alerts,
            ..Organization::new(self.ids.next(now), name.to_owned())
        };
        self.organizations.push_mut(organization)
    }

    pub(crate) fn change_organization(
        &mut self,
        id: &str,
        change: impl FnOnce(&mut Organization),
    ) -> Result<&Organization, ApiRejection> {
        self.organization(id)?;
        let mut organizations = self.organizations.iter_mut();
        let organization = organizations.find(|organization| organization.id == id);
        let organization =
            organization.ok_or_else(|| ApiRejection::OrganizationNotFound { id: id.to_owned() })?;
        change(organization);
        Ok(organization)
    }

    /// Removes an organization that has no projects, and its resources.
    pub(crate) fn delete_organization(&mut self, id: &str) -> Result<(), ApiRejection> {
        self.organization(id)?;
        if self.projects_of(id).next().is_some() {
            return Err(ApiRejection::OrganizationHasProjects);
        }
        self.organizations
            .retain(|organization| organization.id != id);
        self.store.remove_below(&format!("/orgs/{id}"));
        Ok(())
    }

    /// Returns the projects of an organization, oldest first.
    pub(crate) fn projects_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Project> {
        let projects = self.projects.iter();
        projects.filter(move |project| project.organization == id)
    }
}
