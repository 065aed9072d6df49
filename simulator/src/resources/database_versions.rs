//! The versions of MongoDB that a cluster can run.

use serde_json::{Value, json};

use crate::call::{Call, Reply};
use crate::error::ApiError;
use crate::generic::Context;
use crate::page;
use crate::resources::clusters::is_instance_size;
use crate::state::{Settings, State};

/// The major versions on offer, oldest first.
pub(crate) const OFFERED: [&str; 2] = ["7.0", "8.0"];
/// Where and on what they are offered unless the request asks for one place or size.
const CLOUDS: [&str; 3] = ["AWS", "AZURE", "GCP"];
const SIZES: [&str; 3] = ["M10", "M20", "M30"];

/// `GET /groups/{groupId}/mongoDBVersions`
pub(crate) fn list(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    Context::prepared(state, call)?;
    let usual = Settings::new().major_version;
    let asked = |name: &str, all: &[&'static str]| -> Vec<String> {
        let one = call.query.get(name).map(|it| vec![it.to_owned()]);
        one.unwrap_or_else(|| all.iter().map(|it| (*it).to_owned()).collect())
    };
    let status = call.query.get("defaultStatus");
    let mut rows = Vec::new();
    for cloud in asked("cloudProvider", &CLOUDS) {
        for size in asked("instanceSize", &SIZES) {
            rows.extend(
                OFFERED
                    .iter()
                    .map(|version| row(&cloud, &size, version, &usual)),
            );
        }
    }
    rows.retain(|row| row["instanceSize"].as_str().is_some_and(is_instance_size));
    rows.retain(|row| status.is_none_or(|it| row["defaultStatus"] == it));
    page::answer(call, &[], &rows, Value::clone)
}

fn row(cloud: &str, size: &str, version: &str, usual: &str) -> Value {
    let is_default = version == usual;
    json!({
        "cloudProvider": cloud,
        "defaultStatus": if is_default { "DEFAULT" } else { "NOT_DEFAULT" },
        "instanceSize": size,
        "version": version,
    })
}
