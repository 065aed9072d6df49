//! Commands for security: LDAP, customer-managed certificates, auditing, federated authentication.

pub(crate) mod auditing;
mod customer_certs;
pub(crate) mod federation;
mod ldap;
mod pem;

use crate::engine::definition::Noun;

/// The command group `security`.
pub(crate) static NOUN: Noun = Noun::new(
    "security",
    "Manage LDAP and customer-managed X.509 authentication",
)
.nouns(&[&customer_certs::NOUN, &ldap::NOUN]);
