//! `security customer-certs`: the certificate authority of customer-managed X.509 authentication.

use mongodbatlas::operation;
use serde_json::Value;

use super::pem;
use crate::{
    engine::{
        Invocation,
        definition::{Command, Danger, Example, Future, Noun, Target, column, flag},
        steps::confirm::Confirmation,
    },
    error::CliError,
};

/// The command group `security customer-certs`.
pub(super) static NOUN: Noun = Noun::new(
    "customer-certs",
    "Manage customer-managed X.509 authentication",
)
.aliases(&["customer-cert", "certs"])
.commands(&[&DESCRIBE, &CREATE, &DISABLE]);

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_USER_SECURITY,
    "Show the certificate authorities",
)
.columns(&[column("CERTIFICATE AUTHORITIES", "customerX509.cas")])
.result("{customerX509.cas}")
.examples(&[Example {
    line: "security customer-certs describe --project Storefront",
    task: "Print the certificates in PEM",
}]);

static CREATE: Command = Command::create(
    operation::UPDATE_GROUP_USER_SECURITY,
    "Save the certificate authorities, and enable X.509 authentication",
)
.details("The certificates replace those that are saved. Every client needs a certificate that one of them signed.")
.flags(&[flag(
    "cas-file",
    Target::FileText("/customerX509/cas"),
    "File with the certificates in PEM; `-` is standard input",
)
.value_name("FILE")
.required()])
.adjust(check_authorities)
.result("Certificate successfully created.")
.examples(&[Example {
    line: "security customer-certs create --cas-file ca.pem --project Storefront",
    task: "Accept certificates of your own authority",
}]);

static DISABLE: Command = Command::new(
    "disable",
    operation::DISABLE_GROUP_USER_SECURITY_CUSTOMER_X509,
    "Delete the certificate authorities, and disable X.509 authentication",
)
.result("X.509 configuration for project {project} was deleted.")
.run(disable)
.examples(&[Example {
    line: "security customer-certs disable --project Storefront --yes",
    task: "Disable customer-managed X.509 authentication",
}]);

/// Rejects a file without certificates.
fn check_authorities(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    let file = invocation.text("cas-file").unwrap_or_default();
    pem::check(body, "/customerX509/cas", file)
}

/// Asks for a confirmation, except in official mode, where scripts run the command without `--force`.
fn disable<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        if !invocation.session.emulates_official_cli && !invocation.is_on("dry-run") {
            let purpose = "disable customer-managed X.509 authentication";
            if invocation.confirm(Danger::Confirm, purpose, "")? == Confirmation::Declined {
                return Ok(invocation.declined());
            }
        }
        invocation.run_definition().await
    })
}
