//! The steps of `setup` that create resources.

use std::fmt::Write as _;

use mongodbatlas::{Document, operation, operations::Operation};
use serde_json::{Value, json};

use super::plan::Plan;
use crate::{
    engine::{Invocation, request::Request, session::Place, steps::print::to_document},
    error::CliError,
    output::render::Data,
};

/// The resources that were created.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) project: Place,
    /// The connection string without a user.
    pub(super) connection_string: String,
    /// The id of the job that loads sample data.
    pub(super) sample_data_job: Option<String>,
}

/// Creates everything of the plan, and waits for the cluster.
///
/// # Errors
///
/// Fails if a request fails. The hint names the resources that were already created.
pub(super) async fn create(invocation: &Invocation<'_>, plan: &Plan) -> Result<Outcome, CliError> {
    let mut created = Vec::new();
    let outcome = create_all(invocation, plan, &mut created).await;
    outcome.map_err(|error| {
        if created.is_empty() {
            return error;
        }
        error.with_hint(format!("created before: {}", created.join(", ")))
    })
}

async fn create_all(
    invocation: &Invocation<'_>,
    plan: &Plan,
    created: &mut Vec<String>,
) -> Result<Outcome, CliError> {
    let project = match &plan.project {
        Some(project) => project.clone(),
        None => create_project(invocation, plan).await?,
    };
    if plan.project.is_none() {
        created.push(format!("project `{}`", project.label()));
    }
    let entries = plan.addresses.iter().map(|address| {
        let field = if address.contains('/') {
            "cidrBlock"
        } else {
            "ipAddress"
        };
        json!({ field: address, "comment": "atlascli setup" })
    });
    let entries: Value = entries.collect();
    let create = operation::CREATE_GROUP_ACCESS_LIST_ENTRY;
    send(
        invocation,
        create,
        &project,
        entries,
        "add to the access list",
    )
    .await?;
    created.push("access list entry".to_owned());
    let user = json!({
        "username": plan.username,
        "password": plan.password.secret,
        "databaseName": "admin",
        "roles": [{ "roleName": "atlasAdmin", "databaseName": "admin" }],
        "scopes": [{ "name": plan.cluster_name, "type": "CLUSTER" }],
    });
    let create = operation::CREATE_GROUP_DATABASE_USER;
    send(
        invocation,
        create,
        &project,
        user,
        "create the database user",
    )
    .await?;
    created.push(format!("database user `{}`", plan.username));
    let create = plan.create_operation();
    send(
        invocation,
        create,
        &project,
        plan.cluster(),
        "create the cluster",
    )
    .await?;
    created.push(format!("cluster `{}`", plan.cluster_name));
    let cluster = wait_until_idle(invocation, plan, &project).await?;
    let connection_string = ["standardSrv", "standard"]
        .into_iter()
        .find_map(|name| cluster["connectionStrings"][name].as_str());
    let connection_string = connection_string.unwrap_or_default().to_owned();
    let sample_data_job = if plan.has_sample_data {
        Some(load_sample_data(invocation, plan, &project).await?)
    } else {
        None
    };
    Ok(Outcome {
        project,
        connection_string,
        sample_data_job,
    })
}

/// Creates a project that has the cluster's name.
async fn create_project(invocation: &Invocation<'_>, plan: &Plan) -> Result<Place, CliError> {
    let organization = invocation.session.organization(&invocation.values).await?;
    let body = json!({ "name": plan.cluster_name, "orgId": organization.id });
    let request = Request::new(operation::CREATE_GROUP).with_body(body);
    let project = send_request(invocation, &request, "create a project").await?;
    let id = project["id"].as_str().unwrap_or_default();
    let mut place = Place::of_id(id, "created by `setup`");
    place.name = Some(plan.cluster_name.clone());
    Ok(place)
}

async fn wait_until_idle(
    invocation: &Invocation<'_>,
    plan: &Plan,
    project: &Place,
) -> Result<Value, CliError> {
    let read = if plan.is_flex() {
        Request::new(operation::GET_GROUP_FLEX_CLUSTER).with("name", &plan.cluster_name)
    } else {
        Request::new(operation::GET_GROUP_CLUSTER).with("clusterName", &plan.cluster_name)
    };
    let read = read.with("groupId", &project.id);
    let action = format!("cannot wait for cluster `{}`", plan.cluster_name);
    let cluster = invocation
        .poll_until(&read, &action, |cluster| {
            let cluster = cluster.map(Document::to_value).unwrap_or_default();
            let state = cluster["stateName"].as_str().unwrap_or("missing");
            (state == "IDLE", state.to_owned())
        })
        .await?;
    Ok(cluster.as_ref().map(Document::to_value).unwrap_or_default())
}

async fn load_sample_data(
    invocation: &Invocation<'_>,
    plan: &Plan,
    project: &Place,
) -> Result<String, CliError> {
    let request = Request::new(operation::REQUEST_GROUP_SAMPLE_DATASET_LOAD)
        .with("groupId", &project.id)
        .with("name", &plan.cluster_name);
    let job = send_request(invocation, &request, "load sample data").await?;
    Ok(job["_id"].as_str().unwrap_or_default().to_owned())
}

async fn send(
    invocation: &Invocation<'_>,
    operation: &'static Operation,
    project: &Place,
    body: Value,
    step: &str,
) -> Result<Value, CliError> {
    let request = Request::new(operation)
        .with("groupId", &project.id)
        .with_body(body);
    send_request(invocation, &request, step).await
}

async fn send_request(
    invocation: &Invocation<'_>,
    request: &Request,
    step: &str,
) -> Result<Value, CliError> {
    let atlas = invocation.session.atlas().await?;
    let response = request.call(&atlas).send().await;
    let response = response
        .map_err(|error| CliError::from_request_error(&error, &format!("cannot {step}")))?;
    let document = response.document().map(Document::to_value);
    Ok(document.unwrap_or_default())
}

/// Prints the created resources, with the password if it was generated.
///
/// # Errors
///
/// Fails if stdout is closed.
pub(super) fn print(
    invocation: &mut Invocation<'_>,
    plan: &Plan,
    outcome: &Outcome,
) -> Result<(), CliError> {
    let password = plan.password.is_generated.then_some(&plan.password.secret);
    if invocation.session.format.is_human_readable() {
        let mut text = format!(
            "Cluster '{}' in project '{}' is ready.\nConnection string: {}\nDatabase user: {}\n",
            plan.cluster_name,
            outcome.project.label(),
            outcome.connection_string,
            plan.username,
        );
        if let Some(password) = password {
            let _ = writeln!(text, "Password: {password}");
        }
        return invocation.ui.print(&text);
    }
    let document = json!({
        "project": outcome.project.name,
        "projectId": outcome.project.id,
        "clusterName": plan.cluster_name,
        "connectionString": outcome.connection_string,
        "username": plan.username,
        "password": password,
        "accessList": plan.addresses,
        "sampleDataJob": outcome.sample_data_job,
    });
    invocation.print(&Data::Document(to_document(&document)?))
}
