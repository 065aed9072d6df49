//! Workflows over several requests.

mod find;
mod inventory;
mod partial;
mod update;
mod wait;
