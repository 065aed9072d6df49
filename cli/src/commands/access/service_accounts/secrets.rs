//! Commands for the secrets of service accounts.

use mongodbatlas::operations::Operation;

use super::{CLIENT, CLIENT_FLAG, LIFETIME};
use crate::engine::definition::{Command, Input, argument, path};

const SECRET: Input = argument("secret-id", path("secretId"), "Id of the secret");

pub(super) const fn create(operation: &'static Operation) -> Command {
    Command::create(operation, "Create a secret")
        .details("The secret is printed once, or written to the file of `--secret-to`. An account has at most two.")
        .arguments(&[CLIENT])
        .flags(&[LIFETIME])
        .result("Secret '{id}' created, expires at {expiresAt}.\nSecret {secret}")
}

pub(super) const fn delete(operation: &'static Operation) -> Command {
    Command::delete(operation, "Delete a secret")
        .details("`describe CLIENT_ID -o json` lists the secrets with their ids.")
        .arguments(&[SECRET])
        .flags(&[CLIENT_FLAG])
        .result("Secret '{secret-id}' deleted")
}
