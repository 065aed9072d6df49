//! Monitoring: alerts, maintenance windows and background jobs.

mod alerts;
mod background_jobs;
mod maintenance;
