//! What an inventory asks for, and when.
//!
//! The lists of projects are read one after the other. Every list of clusters that follows from them
//! is a [`Step`]; the first pages of so many steps are fetched ahead, in order, as the concurrency
//! allows. Further pages of a list are fetched when it is its turn, so what is held is bounded by
//! pages, however large a project is.

use std::{collections::VecDeque, mem};

use futures_core::{Stream, stream::BoxStream};
use futures_util::{StreamExt, stream};

use crate::pythonic::workflows::inventory::{
    Inventory, InventoryEvent as Event,
    failure::{Failure, Owner, PROJECTS},
};
use crate::{
    error::Result,
    pythonic::{
        paging::pager::Pager,
        resources::organization::{organizations::Organization, projects::Project},
    },
};

/// A list of clusters, with what comes before it.
struct Step {
    before: Vec<Event>,
    list: Option<List>,
}

/// A list of clusters, page by page; a failure is its last page.
type List = BoxStream<'static, Vec<Event>>;

/// All of an inventory, list by list.
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
        .map(|step| async { Ok(look_ahead(step?).await) })
        .buffered(concurrency)
}

/// Fetches the first page of a step's list.
async fn look_ahead(step: Step) -> BoxStream<'static, Event> {
    let mut events = step.before;
    let Some(mut list) = step.list else {
        return stream::iter(events).boxed();
    };
    events.extend(list.next().await.unwrap_or_default());
    stream::iter(events)
        .chain(list.flat_map(stream::iter))
        .boxed()
}

/// Which list comes next.
struct Plan {
    inventory: Inventory,
    organizations: BoxStream<'static, Result<Organization>>,
    /// Whose projects are being listed.
    current: Option<(Owner, Pager<Project>)>,
    /// What has to come before the next list.
    before: Vec<Event>,
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
            before: Vec::new(),
            steps: VecDeque::new(),
        }
    }

    async fn next(&mut self) -> Option<Result<Step>> {
        loop {
            if let Some(step) = self.steps.pop_front() {
                return Some(Ok(step));
            }
            if self.current.is_some() {
                self.add_project().await;
                continue;
            }
            match self.organizations.next().await {
                Some(Ok(organization)) => self.enter(organization),
                Some(Err(error)) => return Some(Err(error)),
                None => return self.rest().map(Ok),
            }
        }
    }

    /// Begins with the projects of an organization.
    fn enter(&mut self, organization: Organization) {
        if !organization.is_deleted() {
            let projects = organization.handle().projects();
            self.current = Some((Owner::organization(&organization), projects));
        }
        self.before.push(Event::Organization(organization));
    }

    /// Goes on with the projects of the organization.
    async fn add_project(&mut self) {
        let Some((owner, projects)) = &mut self.current else {
            return;
        };
        match projects.try_next().await {
            Ok(Some(project)) => self.plan(project),
            Ok(None) => self.current = None,
            Err(error) => {
                let failure = Failure::new(PROJECTS, owner.clone(), error);
                self.before.push(Event::Failure(failure));
                self.current = None;
            }
        }
    }

    /// Adds the lists of a project; clusters only where there may be some.
    fn plan(&mut self, project: Project) {
        let (handle, owner) = (project.handle(), Owner::project(&project));
        let may_have_clusters = project.cluster_count() != Some(0);
        self.before.push(Event::Project(project));
        if may_have_clusters {
            self.add_list(list(handle.clusters(), Event::Cluster, "clusters", &owner));
        }
        if self.inventory.has_flex_clusters {
            let pager = handle.flex_clusters();
            self.add_list(list(pager, Event::FlexCluster, "flex clusters", &owner));
        }
    }

    fn add_list(&mut self, list: List) {
        let before = mem::take(&mut self.before);
        let list = Some(list);
        self.steps.push_back(Step { before, list });
    }

    /// What no list comes after.
    fn rest(&mut self) -> Option<Step> {
        let before = mem::take(&mut self.before);
        let list = None;
        (!before.is_empty()).then_some(Step { before, list })
    }
}

/// The pages of a list as events.
fn list<T: Send + 'static>(
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
