//! Creates, prints and confirms the plan of a bulk run.

use super::{Change, Outcome, TargetResult, documents::PlanDocument};
use crate::{
    engine::{
        Invocation,
        definition::Danger,
        fleet::{ClusterTarget, Resolved},
        steps::{confirm::Confirmation, print::serialize},
    },
    error::CliError,
    exit::Exit,
    output::{column::Style, render::Data, table::Table},
};

/// The changes of a bulk run, by cluster.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) change: Change,
    /// The clusters to change.
    pub(crate) todo: Vec<ClusterTarget>,
    /// The results that are known without a request: unchanged, impossible, not found.
    pub(crate) known: Vec<TargetResult>,
}

impl Plan {
    /// Creates the plan of a change.
    ///
    /// # Errors
    ///
    /// Fails for names that no cluster or several clusters have, if the change needs all.
    pub(crate) fn new(
        change: Change,
        resolved: Resolved,
        skips_impossible: bool,
    ) -> Result<Self, CliError> {
        let mut plan = Self {
            change,
            todo: Vec::new(),
            known: Vec::new(),
        };
        if change.needs_all && !resolved.unresolved.is_empty() {
            return Err(unresolved_names(&resolved));
        }
        for cluster in resolved.clusters {
            let known = |outcome, error| TargetResult::new(cluster.clone(), outcome, error);
            if change.goal.is_accepted(&cluster.state()) {
                plan.known.push(known(Outcome::Unchanged, None));
            } else if let Some(reason) = (change.obstacle)(&cluster) {
                if !skips_impossible {
                    let error = CliError::failure(reason).with_exit(Exit::Rejected);
                    plan.known.push(known(Outcome::Failed, Some(error)));
                }
            } else {
                plan.todo.push(cluster);
            }
        }
        for (name, error) in resolved.unresolved {
            let place = crate::engine::session::Place::of_id("", "the target");
            let cluster = ClusterTarget::unread(place, &name);
            plan.known
                .push(TargetResult::new(cluster, Outcome::Failed, Some(error)));
        }
        Ok(plan)
    }

    /// Returns the plan as text.
    pub(crate) fn text(&self, width: Option<usize>) -> String {
        let mut table = Table {
            headings: ["PROJECT", "CLUSTER", "STATE", "ACTION"]
                .map(str::to_owned)
                .to_vec(),
            styles: vec![Style::Plain, Style::Plain, Style::State, Style::Plain],
            rows: Vec::new(),
        };
        let mut row = |cluster: &ClusterTarget, action: String| {
            let cells = [
                cluster.project.label().to_owned(),
                cluster.name.clone(),
                cluster.state().to_string(),
                action,
            ];
            table.rows.push(cells.to_vec());
        };
        for cluster in &self.todo {
            row(cluster, self.change.verb.to_owned());
        }
        for result in &self.known {
            let action = match &result.error {
                Some(error) => format!("cannot: {}", error.message()),
                None => "unchanged".to_owned(),
            };
            row(&result.cluster, action);
        }
        table.text(width)
    }
}

/// Returns the error of names that no cluster or several clusters have.
fn unresolved_names(resolved: &Resolved) -> CliError {
    let errors = || resolved.unresolved.iter().map(|(_, error)| error);
    let messages: Vec<_> = errors().map(CliError::message).collect();
    let is_not_found = errors().all(|error| error.exit() == Exit::NotFound);
    let hints = errors().find_map(CliError::hint).unwrap_or_default();
    CliError::failure(messages.join("; "))
        .with_exit(if is_not_found {
            Exit::NotFound
        } else {
            Exit::Usage
        })
        .with_hint(format!("nothing was sent; {hints}"))
}

impl Invocation<'_> {
    /// Prints the plan to stdout for `--dry-run`.
    ///
    /// # Errors
    ///
    /// Fails if stdout is closed.
    pub(crate) fn print_bulk_plan(&mut self, plan: &Plan) -> Result<Exit, CliError> {
        let text = if self.session.format.is_human_readable() {
            let scope = self.scope_line();
            format!("{scope}\n{}", plan.text(self.view()?.width))
        } else {
            let document = serialize(&PlanDocument::new(
                plan.change.verb,
                &plan.todo,
                &plan.known,
            ))?;
            self.print(&Data::Document(document))?;
            return Ok(Exit::Success);
        };
        self.ui.print(&text)?;
        Ok(Exit::Success)
    }

    /// Shows the plan on stderr, and asks for the confirmation.
    ///
    /// # Errors
    ///
    /// Fails without a terminal and without `--yes`.
    pub(crate) fn confirm_plan(&mut self, plan: &Plan) -> Result<Confirmation, CliError> {
        if self.session.format.is_human_readable() {
            let text = format!("{}\n{}", self.scope_line(), plan.text(None));
            self.ui.write_stderr(&text);
        }
        if plan.todo.is_empty() {
            return Ok(Confirmation::Confirmed);
        }
        let count = plan.todo.len();
        let noun = if count == 1 { "cluster" } else { "clusters" };
        let action = format!("{} {count} {noun}", plan.change.verb);
        let danger = plan.change.danger;
        let typed = if danger == Danger::TypeName {
            action.clone()
        } else {
            String::new()
        };
        self.confirm(danger, &action, &typed)
    }

    /// Returns the first line of a plan: the scope and its source.
    fn scope_line(&self) -> String {
        let organization = match self.session.organization_setting(&self.values) {
            Some(setting) => format!("organization `{}` ({})", setting.value, setting.source),
            None => "all organizations of the credentials".to_owned(),
        };
        let targets = self.texts("cluster-name");
        if !targets.is_empty() && targets.iter().all(|target| target.contains(':')) {
            return format!("{organization}, projects of the targets");
        }
        match self.session.project_setting(&self.values) {
            Some(setting) => format!(
                "{organization}, project `{}` ({})",
                setting.value, setting.source
            ),
            None => format!("{organization}, all projects"),
        }
    }
}
