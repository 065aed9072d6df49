//! Formats the names and placeholders of inputs.

use crate::engine::definition::{Input, Kind};
use crate::engine::names::spelling::matches;

impl Input {
    pub(super) fn is_called(&self, folded: &str) -> bool {
        matches(self.name, self.aliases, folded)
    }

    /// Returns the name of the value, such as `<CLUSTER>`.
    pub(crate) fn placeholder(&self) -> String {
        match (self.kind, self.value_name) {
            (Kind::Switch, _) => String::new(),
            (_, Some(name)) => format!("<{name}>"),
            (_, None) => format!("<{}>", self.name.to_uppercase().replace('-', "_")),
        }
    }
}
