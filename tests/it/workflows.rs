//! Workflows over several requests.

mod find;
mod inventory;
mod update;
mod wait;
