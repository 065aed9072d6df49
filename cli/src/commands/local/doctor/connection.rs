//! Checks the connection, the credentials and the clock.

use mongodbatlas::{Error, ErrorKind, operation, operations::Operation};
use serde_json::Value;

use super::{
    Finding,
    roles::{commands_without_role, roles},
};

/// The clock skew in seconds that digest authentication and tokens tolerate.
const MAX_SKEW: i64 = 60;

/// Checks DNS, TLS, credentials, the address list, the clock and the roles.
pub(super) async fn connection(atlas: &mongodbatlas::Atlas) -> Vec<Finding> {
    let base_url = atlas.base_url().as_str();
    let mut findings = vec![dns(base_url).await];
    let status = match atlas.operation(operation::GET_SYSTEM_STATUS).send().await {
        Ok(response) => response
            .document()
            .map(mongodbatlas::Document::to_value)
            .unwrap_or_default(),
        Err(error) => {
            findings.push(failure(&error));
            return findings;
        }
    };
    findings.push(Finding::ok("connection", base_url));
    findings.push(Finding::ok("credentials", "accepted"));
    findings.push(clock(&status));
    let roles = roles(&status);
    findings.push(Finding::ok(
        "roles",
        if roles.is_empty() {
            "unknown".to_owned()
        } else {
            roles.join(", ")
        },
    ));
    let missing = commands_without_role(&roles);
    if !roles.is_empty() {
        findings.push(Finding::ok(
            "commands without a role",
            if missing.is_empty() {
                "none".to_owned()
            } else {
                missing.join(", ")
            },
        ));
    }
    let sunset: Vec<_> = Operation::all()
        .iter()
        .filter_map(|operation| {
            operation
                .sunset()
                .map(|date| format!("{} {date}", operation.id))
        })
        .collect();
    findings.push(Finding::ok(
        "API versions",
        match sunset.len() {
            0 => "no version in use has an end date".to_owned(),
            count => format!("{count} operations have an end date"),
        },
    ));
    findings
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

/// Returns the finding for a request that failed.
fn failure(error: &Error) -> Finding {
    let hint = error.hint().unwrap_or_default();
    let check = match error.kind() {
        ErrorKind::Tls => "TLS",
        ErrorKind::Unauthorized | ErrorKind::Configuration => "credentials",
        ErrorKind::Forbidden => "address list",
        _ => "connection",
    };
    let fix = if error.kind() == ErrorKind::Forbidden {
        let address = error
            .parameters()
            .first()
            .and_then(Value::as_str)
            .unwrap_or("ADDRESS");
        format!(
            "atlascli organizations api-keys access-lists create --api-key KEY_ID --ip {address}"
        )
    } else {
        hint.to_owned()
    };
    Finding::failed(check, error.to_string(), fix)
}

/// Compares the clock with the server's, if the response has it.
fn clock(status: &Value) -> Finding {
    let server = status.get("date").or_else(|| status.get("serverTime"));
    let server = server
        .and_then(Value::as_str)
        .and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let Some(server) = server else {
        return Finding::ok("clock", "the server does not send its time");
    };
    let skew = jiff::Timestamp::now().as_second() - server.as_second();
    if skew.abs() <= MAX_SKEW {
        Finding::ok("clock", format!("{skew} s from the server's"))
    } else {
        Finding::failed(
            "clock",
            format!("{skew} s from the server's"),
            "set the clock of this machine",
        )
    }
}
