//! Counts the matches of the rules that edit progenitor's output.
//!
//! An upgrade of progenitor can change its output so that a rule no longer matches. `tests/edits.rs`
//! compares the counts with the expected ones, and searches the result for original text.

use std::collections::BTreeMap;

/// Number of matches of each rule, by the name of the rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditCounts(BTreeMap<&'static str, usize>);

impl EditCounts {
    /// Adds matches of a rule.
    pub(crate) fn add(&mut self, rule: &'static str, matches: usize) {
        *self.0.entry(rule).or_default() += matches;
    }

    /// Adds one match of a rule and returns `value`.
    pub(crate) fn count<T>(&mut self, rule: &'static str, value: T) -> T {
        self.add(rule, 1);
        value
    }

    /// Returns the rules that matched, with the number of their matches.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, usize)> + '_ {
        self.0.iter().map(|(rule, matches)| (*rule, *matches))
    }
}
