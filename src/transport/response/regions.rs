//! Adds the regions of a cloud provider to the hint of an error about an invalid region.

use serde_json::Value;

use crate::error::Error;
use crate::operations::operation;

const REGION_CODES: [&str; 2] = ["INVALID_REGION", "REGION_UNAVAILABLE"];

/// Maximum number of regions in the hint.
const MAX_REGIONS: usize = 6;

/// Adds the regions of the provider to the hint of a rejected region, the most similar ones first.
pub(super) fn add_regions(error: Error) -> Error {
    if !error
        .error_code()
        .is_some_and(|code| REGION_CODES.contains(&code))
    {
        return error;
    }
    let texts = || error.parameters().iter().filter_map(Value::as_str);
    let Some((provider, mut regions)) = texts().find_map(list_regions) else {
        return error;
    };
    let rejected = texts().find(|text| *text != provider).unwrap_or_default();
    let distance = |region: &str| 1.0 - strsim::jaro_winkler(rejected, region);
    regions.sort_by(|left, right| distance(left).total_cmp(&distance(right)));
    let count = regions.len();
    let names: Vec<_> = regions
        .iter()
        .take(MAX_REGIONS)
        .map(|name| format!("`{name}`"))
        .collect();
    let note = format!(
        "; {count} regions of `{provider}`, such as {}",
        names.join(", ")
    );
    error.with_hint_note(&note)
}

/// Returns the name of a provider and its regions; `None` if there is no such provider.
fn list_regions(provider: &str) -> Option<(&'static str, Vec<&'static str>)> {
    let body = operation::CREATE_GROUP_CLUSTER.request_body()?;
    let configurations = body.field("replicationSpecs.*.regionConfigs")?;
    let variant = configurations.schema().items()?.variant(provider)?;
    let name = variant.values().find(|value| *value == provider)?;
    let regions: Vec<_> = variant
        .schema()
        .field("regionName")?
        .enum_values()
        .collect();
    (!regions.is_empty()).then_some((name, regions))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use serde_json::json;

    use super::*;

    fn region_hint(parameters: &Value) -> String {
        let document = json!({
            "error": 400, "errorCode": "INVALID_REGION", "detail": "No.", "parameters": parameters,
        });
        let body = document.to_string();
        let error = Error::from_response(400, None, &HeaderMap::new(), body.as_bytes());
        add_regions(error).hint().unwrap().to_owned()
    }

    #[test]
    fn hint_names_similar_regions_of_the_provider() {
        for (region, provider, similar) in [
            ("US_EAST1", "AWS", "`US_EAST_1`"),
            ("US_EAST_1", "GCP", "`US_EAST_4`"),
            ("EUROPE_NORD", "AZURE", "`EUROPE_NORTH`"),
        ] {
            for parameters in [json!([region, provider]), json!([provider, region])] {
                let hint = region_hint(&parameters);

                assert!(hint.contains(&format!("regions of `{provider}`")), "{hint}");
                assert!(hint.contains(similar), "{hint}");
            }
        }
    }

    #[test]
    fn unknown_provider_adds_no_regions() {
        for parameters in [json!(["X", "OTHER"]), json!([]), json!(["X"])] {
            assert!(
                !region_hint(&parameters).contains("regions of `"),
                "{parameters}"
            );
        }
    }
}
