//! Events: each verb waits for its async twin.

use crate::blocking::{Atlas, Items, OrganizationHandle, ProjectHandle, twin::twins};
use crate::{
    error::Result,
    pythonic::{
        ids::EventId,
        resources::monitoring::events::{EventFilter, EventType, OrganizationEvent, ProjectEvent},
    },
};

twins! {
    impl Atlas {
        /// The types of events that there are.
        fn event_types() -> Items<EventType>;
    }

    impl OrganizationHandle {
        /// Its events, the latest first.
        fn events(filter: &EventFilter) -> Items<OrganizationEvent>;

        /// Fetches one of its events.
        fn event(id: &EventId) -> Result<OrganizationEvent>;
    }

    impl ProjectHandle {
        /// Its events, the latest first.
        fn events(filter: &EventFilter) -> Items<ProjectEvent>;

        /// Fetches one of its events.
        fn event(id: &EventId) -> Result<ProjectEvent>;
    }
}
