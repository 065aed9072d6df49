//! What a client sees of a running simulator. Time passes on a frozen clock; no test waits.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod access;
mod alerts;
mod archives;
mod authentication;
mod billing;
mod clients;
mod clouds;
mod clusters;
mod compliance;
mod control;
mod deletions;
mod echoes;
mod faults;
mod filtering;
mod finished;
mod flex_clusters;
mod forms;
mod hardware;
mod invitations;
mod legacy;
mod maintenance;
mod naming;
mod organizations;
mod paging;
mod paused;
mod pausing;
mod people;
mod projects;
mod protocol;
mod restoring;
mod rules;
mod schedules;
mod service_accounts;
mod serving;
mod shapes;
mod signing_in;
mod support;
mod tokens;
mod versions;
mod watching;
