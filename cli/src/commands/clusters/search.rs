//! The nouns below `clusters search`.

mod indexes;
mod nodes;

use crate::engine::definition::Noun;

/// The command group `clusters search`.
pub(crate) static NOUN: Noun = Noun::new("search", "Manage search indexes and search nodes")
    .aliases(&["fts"])
    .nouns(&[&indexes::NOUN, &nodes::NOUN]);
