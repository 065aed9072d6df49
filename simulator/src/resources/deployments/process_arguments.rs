//! Advanced configuration of a cluster, for each API version.

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::State;

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("getGroupClusterProcessArgs", get),
    ("updateGroupClusterProcessArgs", update),
];

/// Cluster attribute that contains the TLS options.
const ADVANCED_CONFIGURATION: &str = "advancedConfiguration";
const API_2023_01: &str = "2023-01-01";
/// Options that only unsupported MongoDB versions have.
const OBSOLETE_OPTIONS: [&str; 2] = ["defaultReadConcern", "failIndexKeyTooLong"];
/// Options that are null in the oldest API version until a request sets them.
const NULLABLE_OPTIONS: [&str; 2] = [
    "changeStreamOptionsPreAndPostImagesExpireAfterSeconds",
    "sampleRefreshIntervalBIConnector",
];
/// Hidden field with the options that requests have set.
const SET_OPTIONS_FIELD: &str = "set";
/// Options that `advancedConfiguration` of the cluster also contains.
const TLS_OPTIONS: [&str; 4] = [
    "customOpensslCipherConfigTls12",
    "customOpensslCipherConfigTls13",
    "minimumEnabledTlsProtocol",
    "tlsCipherConfigMode",
];
/// Minimum value of `oplogSizeMB`.
const MIN_OPLOG_SIZE: i64 = 990;

/// `GET …/clusters/{clusterName}/processArgs`
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let response = generic::respond(state, call)?;
    Ok(render_document(state, call, response))
}

/// `PATCH …/clusters/{clusterName}/processArgs`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let project = state.project(call.path("groupId"))?;
    if project.cluster(call.path("clusterName"))?.is_tenant() {
        let code = "TENANT_CLUSTER_PROCESS_ARGS_NOT_SUPPORTED";
        return Err(ApiError::from_code_without_parameters(code));
    }
    check(&body)?;
    let response = generic::respond(state, call)?;
    update_tls_options(state, call, &body)?;
    if let Some(options) = state.store.single_mut(&context.collection) {
        let set = options
            .hidden
            .entry(SET_OPTIONS_FIELD)
            .or_insert_with(|| json!({}));
        for name in NULLABLE_OPTIONS {
            if !body[name].is_null() {
                set[name] = json!(true);
            }
        }
    }
    Ok(render_document(state, call, response))
}

/// Stores the TLS options in the cluster.
fn update_tls_options(state: &mut State, call: &Call, body: &Value) -> Result<(), ApiError> {
    let (project, _) = state.project_mut(call.path("groupId"))?;
    let cluster = project.cluster_mut(call.path("clusterName"))?;
    let passthrough = &mut cluster.settings.passthrough;
    let configuration = passthrough
        .entry(ADVANCED_CONFIGURATION)
        .or_insert_with(|| json!({}));
    for name in TLS_OPTIONS {
        if !body[name].is_null() {
            configuration[name] = body[name].clone();
        }
    }
    Ok(())
}

/// Rejects values out of range.
fn check(body: &Value) -> Result<(), ApiError> {
    let number = |field: &str| body[field].as_i64();
    let code = match number("oplogSizeMB") {
        Some(size) if size <= 0 => "OPLOG_SIZE_MB_LESS_THAN_EQUAL_ZERO",
        Some(size) if size < MIN_OPLOG_SIZE => "OPLOG_SIZE_MB_LESS_THAN_990",
        _ if number("sampleSizeBIConnector").is_some_and(|size| size < 0) => {
            "INVALID_SAMPLE_SIZE_BI_CONNECTOR"
        }
        _ if number("sampleRefreshIntervalBIConnector").is_some_and(|seconds| seconds < 0) => {
            "INVALID_SAMPLE_REFRESH_INTERVAL_BI_CONNECTOR"
        }
        _ => return Ok(()),
    };
    Err(ApiError::from_code_without_parameters(code))
}

/// Copies the TLS options of the cluster. For the oldest API version, adds the obsolete options,
/// and null for options that are not set.
fn render_document(state: &State, call: &Call, mut response: ApiResponse) -> ApiResponse {
    let (project, cluster) = (call.path("groupId"), call.path("clusterName"));
    let path = format!("/groups/{project}/clusters/{cluster}/processArgs");
    let options = state.store.single(&path);
    let cluster = state
        .project(project)
        .and_then(|project| project.cluster(cluster));
    let configuration = cluster
        .ok()
        .and_then(|cluster| cluster.settings.passthrough.get(ADVANCED_CONFIGURATION));
    if let (Some(document), Some(configuration)) = (&mut response.document, configuration) {
        for name in TLS_OPTIONS {
            if !configuration[name].is_null() {
                document[name] = configuration[name].clone();
            }
        }
    }
    let is_set = |name: &str| {
        options.is_some_and(|options| {
            options
                .hidden
                .get(SET_OPTIONS_FIELD)
                .is_some_and(|set| set[name] == true)
        })
    };
    if let Some(Value::Object(document)) = &mut response.document
        && call.version == API_2023_01
    {
        for option in OBSOLETE_OPTIONS {
            document.entry(option).or_insert(Value::Null);
        }
        for option in NULLABLE_OPTIONS
            .into_iter()
            .filter(|option| !is_set(option))
        {
            document.insert(option.to_owned(), Value::Null);
        }
    }
    response
}
