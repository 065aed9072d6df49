//! Pauses and starts clusters on a schedule.
//!
//! A [`ScheduleFile`] says when which clusters run. [`ScheduleFile::decide`] decides for one cluster and one point in
//! time, without requests; a pass reads the clusters, decides, and sends the changes. A pass needs no state
//! of its own: it can run on any machine, every few minutes.
//!
//! `schedule/window.rs`, `dates.rs` and `selector.rs` parse the parts of a file, `definition.rs` and `file.rs` the file;
//! `timeline.rs` computes the times at which a cluster runs.

mod dates;
mod decision;
mod definition;
mod file;
mod moment;
mod pass;
mod reader;
mod selector;
mod target;
mod timeline;
mod window;

pub use decision::{ClusterHistory, ScheduleDecision, ScheduleReason};
pub use definition::ScheduleMode;
pub use file::ScheduleFile;
pub use pass::{
    PlannedCluster, ScheduleChange, ScheduleOutcome, SchedulePass, SchedulePlan, ScheduleReport,
};
pub use reader::ScheduleFault;
pub use target::{PauseObstacle, ScheduleTarget};
pub use timeline::{Boundary, ScheduleAction};

#[cfg(test)]
mod tests;
