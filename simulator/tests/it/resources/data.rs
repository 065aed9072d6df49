//! Data federation, live migration and stream processing.

mod data_federation;
mod live_migrations;
mod stream_processors;
mod streams;
