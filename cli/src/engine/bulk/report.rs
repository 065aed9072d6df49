//! Prints the results of a bulk run.

use serde_json::json;

use super::{Outcome, TargetResult};
use crate::{
    engine::{Invocation, steps::print::document_of},
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
    /// A closed output.
    pub(crate) fn print_results(
        &mut self,
        verb: &str,
        done: &str,
        run_id: &str,
        results: &[TargetResult],
    ) -> Result<(), CliError> {
        let summary = summary(results);
        if self.session.format.is_prose() {
            let text = table(done, results).text(self.view()?.width);
            self.ui.print(&text)?;
            self.ui.write_stderr(&format!("{summary}; run {run_id}\n"));
            return Ok(());
        }
        let items = results.iter().map(|result| {
            let cluster = &result.cluster;
            json!({
                "organization": cluster.project.organization,
                "project": cluster.project.label(),
                "projectId": cluster.project.id,
                "cluster": cluster.name,
                "before": cluster.state().to_string(),
                "action": verb,
                "outcome": result.outcome.name(),
                "error": result.error.as_ref().map(CliError::message),
                "seconds": (result.seconds * 10.0).round() / 10.0,
            })
        });
        let items: Vec<_> = items.collect();
        if self.session.format == Format::Json && !self.values.has("jq") {
            let counts =
                counts(results).map(|(outcome, count)| (outcome.name().to_owned(), json!(count)));
            let document = json!({
                "runId": run_id,
                "results": items,
                "summary": counts.collect::<serde_json::Map<_, _>>(),
            });
            return self.print(&Data::Document(document_of(&document)?));
        }
        let mut list = List::default();
        for item in &items {
            list.items.push(Item {
                document: document_of(item)?,
                labels: Vec::new(),
            });
        }
        self.print(&Data::List(list))
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
