//! Prints the results of a bulk run.

use super::{
    Outcome, TargetResult,
    documents::{RunDocument, entries},
    single::RECENTLY_RESUMED,
};
use crate::{
    engine::{Invocation, steps::print::serialize},
    error::CliError,
    output::{
        column::Style,
        format::Format,
        render::{Data, Item, List},
        table::Table,
    },
};

impl Invocation<'_> {
    /// Prints a line or an object for each target, and a summary.
    ///
    /// # Errors
    ///
    /// Fails if stdout is closed.
    pub(crate) fn print_results(
        &mut self,
        verb: &str,
        done: &str,
        run_id: &str,
        results: &[TargetResult],
    ) -> Result<(), CliError> {
        let summary = summary(results);
        if self.session.format.is_human_readable() {
            let text = table(done, results).text(self.view()?.width);
            self.ui.print(&text)?;
            self.ui.write_stderr(&format!("{summary}; run {run_id}\n"));
            let errors = results.iter().filter_map(|result| result.error.as_ref());
            let mut codes = errors.filter_map(CliError::code);
            if codes.any(|code| code == RECENTLY_RESUMED) {
                self.ui.hint(
                    "`--when-allowed` retries the pause of resumed clusters until Atlas allows it",
                );
            }
            return Ok(());
        }
        if matches!(
            self.session.format,
            Format::JsonLines | Format::Csv | Format::Tsv | Format::Ids
        ) {
            let mut list = List::default();
            for entry in entries(verb, results) {
                list.items.push(Item {
                    document: serialize(&entry)?,
                    labels: Vec::new(),
                });
            }
            return self.print(&Data::List(list));
        }
        let document = serialize(&RunDocument::new(run_id, verb, results))?;
        self.print(&Data::Document(document))
    }
}

fn table(done: &str, results: &[TargetResult]) -> Table {
    let rows = results.iter().map(|result| {
        let outcome = match result.outcome {
            Outcome::Done => done.to_owned(),
            other => other.label().to_owned(),
        };
        let error = result
            .error
            .as_ref()
            .map_or("", CliError::message)
            .to_owned();
        let cluster = &result.cluster;
        vec![
            cluster.project.label().to_owned(),
            cluster.name.clone(),
            outcome,
            error,
        ]
    });
    Table {
        headings: ["PROJECT", "CLUSTER", "OUTCOME", "ERROR"]
            .map(str::to_owned)
            .to_vec(),
        styles: vec![Style::Plain, Style::Plain, Style::State, Style::Plain],
        rows: rows.collect(),
    }
}

/// Returns the number of results with each outcome.
fn counts(results: &[TargetResult]) -> impl Iterator<Item = (Outcome, usize)> {
    let outcomes = [
        Outcome::Done,
        Outcome::Unchanged,
        Outcome::Failed,
        Outcome::TimedOut,
        Outcome::NotAttempted,
    ];
    let count = |outcome: Outcome| {
        results
            .iter()
            .filter(|result| result.outcome == outcome)
            .count()
    };
    outcomes
        .into_iter()
        .map(move |outcome| (outcome, count(outcome)))
}

fn summary(results: &[TargetResult]) -> String {
    let parts = counts(results).filter(|(_, count)| *count > 0);
    let parts: Vec<_> = parts
        .map(|(outcome, count)| format!("{count} {}", outcome.label()))
        .collect();
    parts.join(", ")
}
