//! Passes of schedules, without `async`.

use std::fmt;

use jiff::Timestamp;

use crate::{
    ClusterHistory, ProjectId, ScheduleFile, SchedulePlan, ScheduleReport, blocking::client::Atlas,
    error::Result,
};

/// A pass over all clusters; the blocking counterpart of [`SchedulePass`](crate::SchedulePass).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { blocking_example(|atlas| {
/// use mongodbatlas::ScheduleFile;
/// use serde_json::json;
///
/// let file = ScheduleFile::from_document(&json!({
///     "schedules": { "nights": { "select": ["*-staging"], "running": ["daily 08:00-18:00"] } }
/// }));
/// let file = file.expect("a file without faults");
/// let pass = atlas.schedule_pass(&file).without_clock_check();
/// for cluster in pass.plan()?.due() {
///     println!("{}", cluster.target.path());
/// }
/// # Ok(()) }) }
/// ```
#[must_use = "a pass sends no request until it is planned or applied"]
pub struct SchedulePass<'a> {
    inner: crate::SchedulePass<'a>,
    atlas: Atlas,
}

impl Atlas {
    /// Creates a pass over all clusters that the credentials can see. Does not send a request.
    pub fn schedule_pass<'a>(&self, file: &'a ScheduleFile) -> SchedulePass<'a> {
        SchedulePass {
            inner: self.inner.schedule_pass(file),
            atlas: self.clone(),
        }
    }
}

impl SchedulePass<'_> {
    /// Sets the number of clusters that are changed at the same time. Default: 8.
    pub fn with_concurrency(mut self, clusters: usize) -> Self {
        self.inner = self.inner.with_concurrency(clusters);
        self
    }

    /// Does not compare the clock of this machine with the time of Atlas; see the async
    /// [`without_clock_check`](crate::SchedulePass::without_clock_check).
    pub fn without_clock_check(mut self) -> Self {
        self.inner = self.inner.without_clock_check();
        self
    }

    /// Adds a source of changes that events of Atlas do not show, such as the minute of a resume.
    pub fn with_journal(
        mut self,
        journal: impl Fn(&ProjectId, &str) -> ClusterHistory + Send + Sync + 'static,
    ) -> Self {
        self.inner = self.inner.with_journal(journal);
        self
    }

    /// Reads the clusters and decides, for the current time of Atlas. Sends no change.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`plan`](crate::SchedulePass::plan). Fails inside an async runtime.
    pub fn plan(&self) -> Result<SchedulePlan> {
        self.atlas.wait(self.inner.plan())
    }

    /// Reads the clusters and decides as for a pass at this time. Sends no change.
    ///
    /// # Errors
    ///
    /// Returns the errors of the async [`plan_at`](crate::SchedulePass::plan_at). Fails inside an async runtime.
    pub fn plan_at(&self, now: Timestamp) -> Result<SchedulePlan> {
        self.atlas.wait(self.inner.plan_at(now))
    }

    /// Plans a pass and applies the plan.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan).
    pub fn apply(&self) -> Result<ScheduleReport> {
        self.atlas.wait(self.inner.apply())
    }

    /// Pauses and starts the clusters that are due in a plan; see the async
    /// [`apply_plan`](crate::SchedulePass::apply_plan).
    ///
    /// # Errors
    ///
    /// Fails inside an async runtime.
    pub fn apply_plan(&self, plan: SchedulePlan) -> Result<ScheduleReport> {
        self.atlas
            .wait(async { Ok(self.inner.apply_plan(plan).await) })
    }
}

impl fmt::Debug for SchedulePass<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}
