//! The checks of `setup`, which run before it creates anything.

use std::net::IpAddr;

use mongodbatlas::{Document, operation, operations::Operation};
use serde_json::Value;

use super::plan::Plan;
use crate::{
    commands::local::roles::{grants, is_allowed},
    engine::{Invocation, request::Request, session::Place},
    error::CliError,
    exit::Exit,
};

/// Checks addresses, project, names, the limit of free clusters and roles. Returns the project, or `None` if it has to
/// be created.
///
/// # Errors
///
/// Fails with the error of the first check that fails. Nothing has been created at that point.
pub(super) async fn check(
    invocation: &Invocation<'_>,
    plan: &Plan,
) -> Result<Option<Place>, CliError> {
    for address in &plan.addresses {
        check_address(address)?;
    }
    let project = find_project(invocation).await?;
    check_roles(invocation, plan, project.as_ref()).await?;
    if let Some(project) = &project {
        check_clusters(invocation, plan, project).await?;
        check_user(invocation, plan, project).await?;
    }
    Ok(project)
}

fn check_address(text: &str) -> Result<(), CliError> {
    let is_valid = match text.split_once('/') {
        None => text.parse::<IpAddr>().is_ok(),
        Some((address, length)) => {
            let longest = match address.parse::<IpAddr>() {
                Ok(IpAddr::V4(_)) => 32,
                Ok(IpAddr::V6(_)) => 128,
                Err(_) => return Err(invalid_address(text)),
            };
            length.parse::<u8>().is_ok_and(|length| length <= longest)
        }
    };
    if is_valid {
        Ok(())
    } else {
        Err(invalid_address(text))
    }
}

fn invalid_address(text: &str) -> CliError {
    CliError::usage(format!("`{text}` is not an IP address"))
        .with_hint("write an address such as 192.0.2.15, or a block such as 192.0.2.0/24")
}

/// Returns the configured project or, if no project is configured, the only visible project; `None` if there is no
/// project.
async fn find_project(invocation: &Invocation<'_>) -> Result<Option<Place>, CliError> {
    let session = &invocation.session;
    if session.project_setting(&invocation.values).is_none()
        && session.projects(&invocation.values).await?.is_empty()
    {
        return Ok(None);
    }
    session.project(&invocation.values).await.map(Some)
}

/// Compares the roles of the API key with those that the steps need. Atlas does not list the roles of other
/// credentials.
async fn check_roles(
    invocation: &Invocation<'_>,
    plan: &Plan,
    project: Option<&Place>,
) -> Result<(), CliError> {
    let status = read(invocation, &Request::new(operation::GET_SYSTEM_STATUS)).await?;
    let grants = grants(&status);
    if grants.is_empty() {
        return Ok(());
    }
    let mut needed: Vec<(&str, &'static Operation)> = vec![
        ("create the cluster", plan.create_operation()),
        (
            "create the database user",
            operation::CREATE_GROUP_DATABASE_USER,
        ),
        (
            "add to the access list",
            operation::CREATE_GROUP_ACCESS_LIST_ENTRY,
        ),
    ];
    if plan.has_sample_data {
        needed.push((
            "load sample data",
            operation::REQUEST_GROUP_SAMPLE_DATASET_LOAD,
        ));
    }
    if project.is_none() {
        needed.insert(0, ("create a project", operation::CREATE_GROUP));
    }
    let id = project.map(|project| project.id.as_str());
    let mut missing = needed
        .into_iter()
        .filter(|(_, operation)| !is_allowed(&grants, operation, id));
    let Some((step, operation)) = missing.next() else {
        return Ok(());
    };
    let own: Vec<_> = grants.iter().map(|grant| grant.role.as_str()).collect();
    Err(CliError::failure(format!(
        "the API key may not {step}: it has {}",
        own.join(", ")
    ))
    .with_exit(Exit::Rejected)
    .with_hint(format!(
        "grant it one of these roles: {}; nothing was created",
        operation.roles.join(", ")
    )))
}

/// Rejects the name of an existing cluster, and a second free cluster.
async fn check_clusters(
    invocation: &Invocation<'_>,
    plan: &Plan,
    project: &Place,
) -> Result<(), CliError> {
    for operation in [
        operation::LIST_GROUP_CLUSTERS,
        operation::LIST_GROUP_FLEX_CLUSTERS,
    ] {
        let clusters = invocation.session.atlas().await?.operation(operation);
        let clusters = clusters.with("groupId", &project.id).items();
        let failed = |error: mongodbatlas::Error| {
            CliError::from_request_error(&error, "cannot list the clusters")
        };
        let clusters = clusters.map_err(failed)?.collect().await.map_err(failed)?;
        for cluster in clusters.iter().map(Document::to_value) {
            let name = cluster["name"].as_str().unwrap_or_default();
            if name == plan.cluster_name {
                return Err(conflict(
                    format!("the project has a cluster `{name}` already"),
                    "choose another name with `--cluster-name`; nothing was created",
                ));
            }
            if plan.is_free() && is_free(&cluster) {
                return Err(conflict(
                    format!(
                        "the project has the free cluster `{name}` already, and Atlas allows one for each project"
                    ),
                    "choose another project with `--project`, or a size with `--tier`; nothing was created",
                ));
            }
        }
    }
    Ok(())
}

fn is_free(cluster: &Value) -> bool {
    let size = "/replicationSpecs/0/regionConfigs/0/electableSpecs/instanceSize";
    cluster.pointer(size).and_then(Value::as_str) == Some(super::plan::FREE)
}

/// Rejects the name of an existing database user, whose password would differ from the password of the plan.
async fn check_user(
    invocation: &Invocation<'_>,
    plan: &Plan,
    project: &Place,
) -> Result<(), CliError> {
    let atlas = invocation.session.atlas().await?;
    let user = atlas
        .operation(operation::GET_GROUP_DATABASE_USER)
        .with("groupId", &project.id)
        .with("databaseName", "admin")
        .with("username", &plan.username)
        .send()
        .await;
    match user {
        Ok(_) => Err(conflict(
            format!(
                "the project has a database user `{}` already",
                plan.username
            ),
            "choose another name with `--username`; nothing was created",
        )),
        Err(error) if error.is_not_found() => Ok(()),
        Err(error) => Err(CliError::from_request_error(
            &error,
            "cannot read the database users",
        )),
    }
}

fn conflict(message: String, hint: &str) -> CliError {
    CliError::failure(message)
        .with_exit(Exit::Rejected)
        .with_hint(hint)
}

async fn read(invocation: &Invocation<'_>, request: &Request) -> Result<Value, CliError> {
    let (response, _) = invocation.send(request).await?;
    let document = response.document().map(Document::to_value);
    Ok(document.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_blocks_are_checked() {
        for text in ["192.0.2.15", "192.0.2.0/24", "2001:db8::/32"] {
            assert!(check_address(text).is_ok(), "{text}");
        }
        for text in ["192.0.2", "office", "192.0.2.0/33", "sg-1", "192.0.2.0/"] {
            assert!(check_address(text).is_err(), "{text}");
        }
    }
}
