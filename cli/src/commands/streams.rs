//! Commands for stream processing: `streams` and the nouns below it.

mod connections;
mod instances;
mod private_links;

use crate::engine::definition::{Input, Noun, Target, flag};

/// The command group `streams`.
pub(crate) static NOUN: Noun = Noun::new("streams", "Manage stream processing")
    .aliases(&["stream"])
    .nouns(&[&instances::NOUN, &connections::NOUN, &private_links::NOUN]);

/// The file with the body of a request.
const FILE: Input = flag(
    "file",
    Target::BodyFile,
    "JSON file with the resource; `-` is standard input",
)
.short('f')
.required();
