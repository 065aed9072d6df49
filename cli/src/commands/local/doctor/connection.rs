//! Checks the connection, the credentials, the clock and the roles.

use std::collections::BTreeSet;

use mongodbatlas::{Atlas, Error, ErrorKind, operation, operations::Operation};

use super::{Finding, clock::clock};
use crate::commands::local::roles::{Grant, grants, refused_commands};

/// Checks DNS, TLS, credentials, the address list, the clock and the roles.
pub(super) async fn connection(atlas: &Atlas) -> Vec<Finding> {
    let base_url = atlas.base_url().as_str();
    let mut findings = vec![dns(base_url).await];
    let response = match atlas.operation(operation::GET_SYSTEM_STATUS).send().await {
        Ok(response) => response,
        Err(error) => {
            findings.extend(failure(&error));
            return findings;
        }
    };
    let status = response.document().map(mongodbatlas::Document::to_value);
    findings.push(Finding::ok("connection", base_url));
    findings.push(Finding::ok("credentials", "accepted"));
    findings.push(Finding::ok("address list", "accepts this machine"));
    // A simulator has a clock of its own.
    if !atlas.base_url().is_loopback() {
        findings.push(clock(response.date(), jiff::Timestamp::now()));
    }
    findings.extend(role_findings(&grants(&status.unwrap_or_default())));
    findings.push(versions());
    findings
}

/// Returns the roles, and the commands that they do not allow.
fn role_findings(grants: &[Grant]) -> Vec<Finding> {
    if grants.is_empty() {
        let detail = "Atlas lists the roles of API keys only";
        return vec![Finding::ok("roles", detail)];
    }
    let roles: BTreeSet<_> = grants
        .iter()
        .map(|grant| match &grant.project {
            Some(project) => format!("{} in project {project}", grant.role),
            None => grant.role.clone(),
        })
        .collect();
    let roles: Vec<_> = roles.into_iter().collect();
    let mut findings = vec![Finding::ok("roles", roles.join(", "))];
    let refused = refused_commands(grants);
    if refused.is_empty() {
        findings.push(Finding::ok("commands", "the roles allow every command"));
        return findings;
    }
    let mut by_roles: Vec<(&[&str], Vec<String>)> = Vec::new();
    for command in refused {
        match by_roles
            .iter_mut()
            .find(|(roles, _)| *roles == command.roles)
        {
            Some((_, words)) => words.push(command.words),
            None => by_roles.push((command.roles, vec![command.words])),
        }
    }
    findings.extend(by_roles.into_iter().map(|(roles, words)| Finding {
        check: "refused commands",
        result: "limited",
        detail: words.join(", "),
        fix: format!("grant one of these roles: {}", roles.join(", ")),
    }));
    findings
}

fn versions() -> Finding {
    let dates = Operation::all().iter().filter_map(Operation::sunset);
    let count = dates.clone().count();
    let detail = match dates.min() {
        Some(first) => format!("{count} operations have an end date, the first on {first}"),
        None => "no version in use has an end date".to_owned(),
    };
    Finding::ok("API versions", detail)
}

async fn dns(base_url: &str) -> Finding {
    let authority = base_url.split("//").nth(1).unwrap_or(base_url);
    let host = if authority.contains(':') {
        authority.to_owned()
    } else {
        format!("{authority}:443")
    };
    match tokio::net::lookup_host(&host).await {
        Ok(addresses) => {
            let first = addresses
                .map(|address| address.ip().to_string())
                .next()
                .unwrap_or_default();
            Finding::ok("DNS", format!("{authority} is {first}"))
        }
        Err(error) => Finding::failed(
            "DNS",
            error.to_string(),
            "check the network and the base URL",
        ),
    }
}

/// Returns the findings for a request that failed. A refusal of the address means that Atlas accepted the credentials.
fn failure(error: &Error) -> Vec<Finding> {
    let hint = error.hint().unwrap_or_default();
    if let Some(address) = error.address() {
        let fix = format!(
            "atlascli organizations api-keys access-lists create --api-key KEY_ID --ip {address} (with other \
             credentials, or in Atlas: Organization → Access Manager → API Keys)"
        );
        return vec![
            Finding::ok("connection", "reached Atlas"),
            Finding::failed("address list", format!("{address} is not on it"), fix),
        ];
    }
    let check = match error.kind() {
        ErrorKind::Tls => "TLS",
        ErrorKind::Unauthorized | ErrorKind::Configuration => "credentials",
        ErrorKind::Forbidden => "roles",
        _ => "connection",
    };
    vec![Finding::failed(check, error.to_string(), hint)]
}
