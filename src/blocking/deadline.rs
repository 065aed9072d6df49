//! The timeout for blocking code.

use std::time::Duration;

use crate::transport::with_timeout_sync;

/// Limits the time of the requests that a closure sends, as [`with_timeout`](crate::with_timeout) does
/// for a future.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { blocking_example(|atlas| {
/// use std::time::Duration;
/// use mongodbatlas::blocking;
///
/// let names = blocking::with_timeout(Duration::from_secs(20), || {
///     let names = atlas.projects().map(|project| Ok(project?.name().to_owned()));
///     names.collect::<mongodbatlas::Result<Vec<_>>>()
/// })?;
/// assert!(names.contains(&"Storefront".to_owned()));
/// # Ok(()) }) }
/// ```
pub fn with_timeout<T>(time: Duration, calls: impl FnOnce() -> T) -> T {
    with_timeout_sync(time, calls)
}
