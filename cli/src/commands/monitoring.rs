//! Commands for monitoring: alerts and events.

pub(crate) mod alerts;
pub(crate) mod events;
