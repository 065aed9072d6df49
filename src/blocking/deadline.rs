//! Deadlines of blocking calls.

use std::time::Duration;

use crate::transport::with_deadline_sync;

/// Sets a deadline for all calls in a closure; the blocking counterpart of
/// [`with_deadline`](crate::with_deadline).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { blocking_example(|atlas| {
/// use std::time::Duration;
/// use mongodbatlas::blocking;
///
/// let names = blocking::with_deadline(Duration::from_secs(20), || {
///     let names = atlas.projects().map(|project| Ok(project?.name().to_owned()));
///     names.collect::<mongodbatlas::Result<Vec<_>>>()
/// })?;
/// assert!(names.contains(&"Storefront".to_owned()));
/// # Ok(()) }) }
/// ```
pub fn with_deadline<T>(time: Duration, calls: impl FnOnce() -> T) -> T {
    with_deadline_sync(time, calls)
}
