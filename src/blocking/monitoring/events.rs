//! Events of organizations and projects, without `async`.

use crate::{
    blocking::{
        client::Atlas,
        organization::{
            organizations::{Organization, OrganizationHandle},
            projects::{Project, ProjectHandle},
        },
        paging::Items,
    },
    error::Result,
    pythonic::{
        ids::EventId,
        resources::monitoring::events::{EventFilter, EventType, OrganizationEvent, ProjectEvent},
    },
};

impl Atlas {
    /// Lists the event types.
    pub fn event_types(&self) -> Items<EventType> {
        self.items(self.inner.event_types())
    }
}

impl OrganizationHandle {
    /// Lists the events, most recent first.
    pub fn events(&self, filter: &EventFilter) -> Items<OrganizationEvent> {
        self.atlas.items(self.inner.events(filter))
    }

    /// Fetches one event.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the event does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub fn event(&self, id: &EventId) -> Result<OrganizationEvent> {
        self.atlas.wait(self.inner.event(id))
    }
}

impl Organization {
    /// Lists the events, most recent first.
    ///
    /// See [`OrganizationHandle::events`].
    pub fn events(&self, filter: &EventFilter) -> Items<OrganizationEvent> {
        self.handle.events(filter)
    }
}

impl ProjectHandle {
    /// Lists the events, most recent first.
    pub fn events(&self, filter: &EventFilter) -> Items<ProjectEvent> {
        self.atlas.items(self.inner.events(filter))
    }

    /// Fetches one event.
    ///
    /// # Errors
    ///
    /// Returns [`NotFound`](crate::ErrorKind::NotFound) if the event does not exist, or any
    /// [request error](crate::Error#request-errors).
    pub fn event(&self, id: &EventId) -> Result<ProjectEvent> {
        self.atlas.wait(self.inner.event(id))
    }
}

impl Project {
    /// Lists the events, most recent first.
    ///
    /// See [`ProjectHandle::events`].
    pub fn events(&self, filter: &EventFilter) -> Items<ProjectEvent> {
        self.handle.events(filter)
    }
}
