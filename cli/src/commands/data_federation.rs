//! `data-federation`: federated database instances, their private endpoints and query limits.

mod instances;
mod private_endpoints;
mod query_limits;

use crate::engine::definition::Noun;

/// The command group `data-federation`.
pub(crate) static NOUN: Noun = Noun::new("data-federation", "Manage federated database instances")
    .commands(instances::COMMANDS)
    .nouns(&[&private_endpoints::NOUN, &query_limits::NOUN]);
