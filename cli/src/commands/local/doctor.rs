//! `doctor`: checks configuration, connection and permissions.

use mongodbatlas::{Error, ErrorKind, operation, operations::Operation};
use serde_json::{Value, json};

use crate::{
    commands::ROOT,
    config::environment,
    engine::{
        Invocation,
        definition::{Command, Example, Future, Noun, column},
        line::words::join,
        steps::print::document_of,
    },
    exit::Exit,
    output::render::{Data, Item, List},
};

/// The clock skew that digest authentication and tokens tolerate.
const MAX_SKEW_SECONDS: i64 = 60;

/// `doctor`.
pub(crate) static DOCTOR: Command = Command::local(
    "doctor",
    "Check configuration, connection and permissions",
    doctor,
)
.columns(&[
    column("CHECK", "check"),
    column("RESULT", "result").state(),
    column("DETAIL", "detail"),
    column("FIX", "fix"),
])
.examples(&[Example {
    line: "doctor",
    task: "Check everything that a request needs",
}]);

/// A finding.
struct Finding {
    check: &'static str,
    is_ok: bool,
    detail: String,
    fix: String,
}

impl Finding {
    fn ok(check: &'static str, detail: impl Into<String>) -> Self {
        Self {
            check,
            is_ok: true,
            detail: detail.into(),
            fix: String::new(),
        }
    }

    fn failed(check: &'static str, detail: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            check,
            is_ok: false,
            detail: detail.into(),
            fix: fix.into(),
        }
    }
}

fn doctor<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let mut findings = configuration(invocation);
        match invocation.session.atlas().await {
            Ok(atlas) => findings.extend(connection(&atlas).await),
            Err(error) => findings.push(Finding::failed(
                "credentials",
                error.message(),
                error.hint().unwrap_or_default(),
            )),
        }
        let is_ok = findings.iter().all(|finding| finding.is_ok);
        let mut list = List::default();
        for finding in &findings {
            let document = json!({
                "check": finding.check,
                "result": if finding.is_ok { "ok" } else { "failed" },
                "detail": finding.detail,
                "fix": finding.fix,
            });
            list.items.push(Item {
                document: document_of(&document)?,
                labels: Vec::new(),
            });
        }
        invocation.print(&Data::List(list))?;
        Ok(if is_ok { Exit::Success } else { Exit::Failure })
    })
}

/// Checks files, variables and settings, without a request.
fn configuration(invocation: &Invocation<'_>) -> Vec<Finding> {
    let config = &invocation.session.config;
    let mut findings = Vec::new();
    let file = config.file();
    match file.path() {
        Some(path) if path.exists() => findings.push(permissions(path)),
        Some(path) => findings.push(Finding::ok(
            "file",
            format!("{} does not exist", path.display()),
        )),
        None => findings.push(Finding::failed(
            "file",
            "there is no home directory",
            "set `HOME`",
        )),
    }
    let profile = &config.profile;
    findings.push(Finding::ok(
        "profile",
        format!("{} ({})", profile.value, profile.source),
    ));
    for (check, setting) in [
        (
            "project",
            invocation.session.project_setting(&invocation.values),
        ),
        (
            "organization",
            invocation.session.organization_setting(&invocation.values),
        ),
    ] {
        findings.push(Finding::ok(
            check,
            setting.map_or_else(
                || "not set".to_owned(),
                |setting| format!("{} ({})", setting.value, setting.source),
            ),
        ));
    }
    let source = match environment::credentials() {
        _ if config.is_profile_chosen => format!("profile `{}`", profile.value),
        Some(variable) => format!("`{variable}` of the environment"),
        None => format!("profile `{}`", profile.value),
    };
    findings.push(Finding::ok("credentials from", source));
    let proxy = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        .into_iter()
        .find(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    findings.push(Finding::ok(
        "proxy",
        proxy.map_or_else(|| "none".to_owned(), |name| format!("`{name}`")),
    ));
    findings
}

#[cfg(unix)]
fn permissions(path: &std::path::Path) -> Finding {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = path
        .metadata()
        .map_or(0, |metadata| metadata.permissions().mode() & 0o777);
    let shown = format!("{} has mode {mode:o}", path.display());
    if mode & 0o077 == 0 {
        Finding::ok("file", shown)
    } else {
        Finding::failed("file", shown, format!("chmod 600 {}", path.display()))
    }
}

#[cfg(not(unix))]
fn permissions(path: &std::path::Path) -> Finding {
    Finding::ok("file", path.display().to_string())
}

/// Checks DNS, TLS, credentials, the address list, the clock and the roles.
async fn connection(atlas: &mongodbatlas::Atlas) -> Vec<Finding> {
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
    if skew.abs() <= MAX_SKEW_SECONDS {
        Finding::ok("clock", format!("{skew} s from the server's"))
    } else {
        Finding::failed(
            "clock",
            format!("{skew} s from the server's"),
            "set the clock of this machine",
        )
    }
}

/// Returns the roles of the API key.
fn roles(status: &Value) -> Vec<String> {
    let roles = status.pointer("/apiKey/roles").and_then(Value::as_array);
    let names = roles
        .into_iter()
        .flatten()
        .filter_map(|role| role.get("roleName")?.as_str());
    names.map(str::to_owned).collect()
}

/// Returns the commands whose operation needs a role that the key does not have.
fn commands_without_role(roles: &[String]) -> Vec<String> {
    fn walk(noun: &Noun, words: &str, roles: &[String], missing: &mut Vec<String>) {
        for command in noun.commands {
            let Some(operation) = command.operation else {
                continue;
            };
            let is_allowed =
                operation.roles.is_empty() || operation.roles.iter().any(|role| has(roles, role));
            if !is_allowed {
                missing.push(join(words, command.verb));
            }
        }
        for below in noun.nouns {
            walk(below, &join(words, below.name), roles, missing);
        }
    }
    let mut missing = Vec::new();
    walk(&ROOT, "", roles, &mut missing);
    missing
}

/// Returns `true` if a role of the key is the role of the document, or contains it.
fn has(roles: &[String], role: &str) -> bool {
    let name = role
        .to_uppercase()
        .replace("ORGANIZATION", "ORG")
        .replace("PROJECT", "GROUP")
        .replace(' ', "_");
    roles.iter().any(|known| {
        *known == name
            || known == "ORG_OWNER"
            || known == "GROUP_OWNER" && name.starts_with("GROUP_")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_of_the_document_match_roles_of_a_key() {
        let roles = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };

        assert!(has(&roles(&["GROUP_READ_ONLY"]), "Project Read Only"));
        assert!(has(&roles(&["GROUP_OWNER"]), "Project Cluster Manager"));
        assert!(has(&roles(&["ORG_OWNER"]), "Organization Member"));
        assert!(!has(&roles(&["GROUP_READ_ONLY"]), "Project Owner"));
    }
}
