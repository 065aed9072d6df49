//! Authentication, versions, headers, faults and the control interface.

mod authentication;
mod control;
mod faults;
mod legacy;
mod protocol;
mod routing;
mod server;
mod tokens;
mod versions;
