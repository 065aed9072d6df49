//! Checks the configuration, without a request.

use super::Finding;
use crate::{config::secrets, engine::Invocation};

/// Checks files, variables and settings, without a request.
pub(super) fn configuration(invocation: &Invocation<'_>) -> Vec<Finding> {
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
    findings.push(keyring());
    let proxy = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        .into_iter()
        .find(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    findings.push(Finding::ok(
        "proxy",
        proxy.map_or_else(|| "none".to_owned(), |name| format!("`{name}`")),
    ));
    findings
}

/// Reports where secrets of profiles are stored.
fn keyring() -> Finding {
    let detail = if secrets::is_available() {
        "secrets of profiles are stored in it"
    } else if cfg!(feature = "keyring") {
        "none; secrets of profiles are stored in the file"
    } else {
        "not supported by this build; secrets of profiles are stored in the file"
    };
    Finding::ok("keyring", detail)
}

#[cfg(unix)]
fn permissions(path: &std::path::Path) -> Finding {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = path
        .metadata()
        .map_or(0, |metadata| metadata.permissions().mode() & 0o777);
    let shown = format!("{} has mode {mode:o}", path.display());
    if mode.trailing_zeros() >= 6 {
        Finding::ok("file", shown)
    } else {
        Finding::failed("file", shown, format!("chmod 600 {}", path.display()))
    }
}

#[cfg(not(unix))]
fn permissions(path: &std::path::Path) -> Finding {
    Finding::ok("file", path.display().to_string())
}
