//! Calls by operation, their documents and their errors.

mod call;
mod documents;
mod error_details;
mod error_messages;
mod ip_address;
