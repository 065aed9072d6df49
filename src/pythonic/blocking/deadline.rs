//! Deadlines for code that does not await.

use std::time::Duration;

use crate::transport::with_deadline_sync;

/// Gives every call that is made inside a closure until `time` from now; as
/// [`with_deadline`](crate::with_deadline) does for futures.
///
/// ```no_run
/// use std::time::Duration;
/// use mongodbatlas::blocking;
///
/// # fn main() -> mongodbatlas::Result<()> {
/// let atlas = blocking::Atlas::from_env()?;
/// let names = blocking::with_deadline(Duration::from_secs(20), || {
///     atlas.projects().map(|project| Ok(project?.name().to_owned())).collect::<Result<Vec<_>, mongodbatlas::Error>>()
/// })?;
/// # let _ = names;
/// # Ok(())
/// # }
/// ```
pub fn with_deadline<T>(time: Duration, calls: impl FnOnce() -> T) -> T {
    with_deadline_sync(time, calls)
}
