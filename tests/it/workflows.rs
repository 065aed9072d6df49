//! Workflows over several requests.

mod find;
mod inventory;
mod kinds;
mod organizations;
mod partial;
mod schedule;
mod update;
mod wait;
mod wait_follow;
