//! Stream processing: workspaces, connections, private links and cloud provider accounts.

pub(crate) mod accounts;
pub(crate) mod connections;
pub(crate) mod private_links;
pub(crate) mod workspaces;
