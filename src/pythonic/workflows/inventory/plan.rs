//! Schedules the requests of an inventory.
//!
//! The plan reads the lists of projects one after the other. Each list of clusters is a [`Step`]. The first pages of
//! the next steps are prefetched in order, up to the concurrency limit. The following pages of a list are fetched when
//! its events are read, so memory is bounded by pages and not by the size of a project.
//!
//! If Atlas rejects the list of organizations, the plan reports the failure and reads the list of all projects.

use std::{
    collections::{HashSet, VecDeque},
    mem,
};

use futures_core::{Stream, stream::BoxStream};
use futures_util::{StreamExt, stream};

use crate::pythonic::workflows::inventory::{
    Inventory, InventoryEvent as Event,
    failure::{CLUSTER_LIST, Failure, ORGANIZATION_LIST, Owner, PROJECT_LIST},
};
use crate::{
    error::{Error, Result},
    pythonic::{
        ids::OrganizationId,
        paging::pager::Pager,
        resources::organization::{organizations::Organization, projects::Project},
    },
};

/// A list of clusters and the events that precede it.
struct Step {
    preceding: Vec<Event>,
    list: Option<List>,
}

/// The events of a list of clusters, page by page. A failure is the last page.
type List = BoxStream<'static, Vec<Event>>;

/// Returns the events of an inventory, list by list.
pub(super) fn pages(
    inventory: Inventory,
) -> impl Stream<Item = Result<BoxStream<'static, Event>>> + Send {
    let concurrency = inventory.concurrency;
    let plan = Plan::new(inventory);
    let steps = stream::unfold(plan, |mut plan| async {
        let step = plan.next().await?;
        Some((step, plan))
    });
    steps
        .map(|step| async { Ok(prefetch(step?).await) })
        .buffered(concurrency)
}

/// Fetches the first page of a step's list.
async fn prefetch(step: Step) -> BoxStream<'static, Event> {
    let mut events = step.preceding;
    let Some(mut list) = step.list else {
        return stream::iter(events).boxed();
    };
    events.extend(list.next().await.unwrap_or_default());
    stream::iter(events)
        .chain(list.flat_map(stream::iter))
        .boxed()
}

/// The lists that an inventory still has to read.
struct Plan {
    inventory: Inventory,
    organizations: BoxStream<'static, Result<Organization>>,
    /// The list of projects that is being read, and its organization.
    current: Option<(Owner, Pager<Project>)>,
    /// The organizations whose projects were listed.
    listed: HashSet<OrganizationId>,
    /// The events that precede the next list of clusters.
    preceding: Vec<Event>,
    steps: VecDeque<Step>,
}

impl Plan {
    fn new(inventory: Inventory) -> Self {
        let atlas = &inventory.atlas;
        let organizations = match &inventory.organization {
            Some(id) => {
                let organization = atlas.organization(id);
                stream::once(async move { organization.get().await }).boxed()
            }
            None => atlas.organizations().boxed(),
        };
        Self {
            inventory,
            organizations,
            current: None,
            listed: HashSet::new(),
            preceding: Vec::new(),
            steps: VecDeque::new(),
        }
    }

    async fn next(&mut self) -> Option<Result<Step>> {
        loop {
            if let Some(step) = self.steps.pop_front() {
                return Some(Ok(step));
            }
            if self.current.is_some() {
                self.add_next_project().await;
                continue;
            }
            match self.organizations.next().await {
                Some(Ok(organization)) => self.add_organization(organization),
                Some(Err(error)) => {
                    if let Err(error) = self.add_all_projects(error).await {
                        return Some(Err(error));
                    }
                }
                None => return self.last_step().map(Ok),
            }
        }
    }

    /// Starts the list of an organization's projects.
    fn add_organization(&mut self, organization: Organization) {
        if !organization.is_deleted() {
            let projects = organization.handle().projects();
            self.current = Some((Owner::organization(&organization), projects));
        }
        self.listed.insert(organization.id().clone());
        self.preceding.push(Event::Organization(organization));
    }

    /// Reports the failure of the list of organizations, and starts the list of all projects.
    ///
    /// # Errors
    ///
    /// Returns `error` if no project can be listed either.
    async fn add_all_projects(&mut self, error: Error) -> Result<()> {
        let is_rejection = error.status().is_some() && !error.is_unauthorized();
        if !is_rejection {
            return Err(error);
        }
        let atlas = &self.inventory.atlas;
        let mut projects = match &self.inventory.organization {
            Some(id) => atlas.organization(id).projects(),
            None => atlas.projects(),
        };
        let Ok(Some(first)) = projects.try_next().await else {
            return Err(error);
        };
        let failure = Failure::new(ORGANIZATION_LIST, Owner::default(), error);
        self.preceding.push(Event::Failure(failure));
        self.current = Some((Owner::default(), projects));
        self.add_project_once(first);
        Ok(())
    }

    /// Reads the next project of the current list.
    async fn add_next_project(&mut self) {
        let Some((owner, projects)) = &mut self.current else {
            return;
        };
        match projects.try_next().await {
            Ok(Some(project)) => self.add_project_once(project),
            Ok(None) => self.current = None,
            Err(error) => {
                let failure = Failure::new(PROJECT_LIST, owner.clone(), error);
                self.preceding.push(Event::Failure(failure));
                self.current = None;
            }
        }
    }

    /// Adds the lists of a project, unless the list of all projects repeats a project of a listed organization.
    fn add_project_once(&mut self, project: Project) {
        let is_list_of_all = matches!(&self.current, Some((owner, _)) if owner.is_none());
        let organization = project.organization_id();
        if is_list_of_all && organization.is_some_and(|id| self.listed.contains(&id)) {
            return;
        }
        self.add_project(project);
    }

    /// Adds the lists of a project.
    fn add_project(&mut self, project: Project) {
        let (handle, owner) = (project.handle(), Owner::project(&project));
        let may_have_clusters = self.inventory.has_clusters && project.cluster_count() != Some(0);
        self.preceding.push(Event::Project(project));
        if may_have_clusters {
            self.add_list(stream_events(
                handle.clusters(),
                Event::Cluster,
                CLUSTER_LIST,
                &owner,
            ));
        }
        if self.inventory.has_flex_clusters {
            let pager = handle.flex_clusters();
            self.add_list(stream_events(
                pager,
                Event::FlexCluster,
                "flex clusters",
                &owner,
            ));
        }
    }

    fn add_list(&mut self, list: List) {
        let preceding = mem::take(&mut self.preceding);
        let list = Some(list);
        self.steps.push_back(Step { preceding, list });
    }

    /// Returns the events that no list follows.
    fn last_step(&mut self) -> Option<Step> {
        let preceding = mem::take(&mut self.preceding);
        let list = None;
        (!preceding.is_empty()).then_some(Step { preceding, list })
    }
}

/// Returns the events of a list, page by page.
fn stream_events<T: Send + 'static>(
    pager: Pager<T>,
    event: fn(T) -> Event,
    name: &'static str,
    owner: &Owner,
) -> List {
    let owner = owner.clone();
    let events = pager.pages().map(move |page| match page {
        Ok(page) => page.into_items().into_iter().map(event).collect(),
        Err(error) => vec![Event::Failure(Failure::new(name, owner.clone(), error))],
    });
    events.boxed()
}
