//! The timeout for blocking code.

use std::time::Duration;

use crate::transport::with_timeout_sync;

/// Sets a timeout for all requests of a closure; the blocking counterpart of
/// [`with_timeout`](crate::with_timeout).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/demo.rs"));
/// # fn main() { blocking_example(|atlas| {
/// use std::time::Duration;
/// use mongodbatlas::blocking;
///
/// let cluster = blocking::with_timeout(Duration::from_secs(20), || atlas.find_cluster("shop-staging"))?;
/// println!("{}", cluster.state());
/// # Ok(()) }) }
/// ```
pub fn with_timeout<T>(time: Duration, calls: impl FnOnce() -> T) -> T {
    with_timeout_sync(time, calls)
}
