//! The request pipeline.

mod cache;
pub(crate) mod faults;
mod path_injection;
mod proxy;
mod rate_limits;
mod response_size;
mod timeouts_and_retries;
mod tls;
mod tracing;
