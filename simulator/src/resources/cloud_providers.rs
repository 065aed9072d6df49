//! Regions and instance sizes of each cloud provider, from the OpenAPI document.

use serde_json::json;

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::schema::document::Document;

/// Schema with a variant for each cloud provider; a variant lists the regions and instance sizes.
const SETTINGS_SCHEMA: &str = "ClusterProviderSettings";
/// Schema that lists the instance sizes of dedicated clusters.
const SIZES_SCHEMA: &str = "BaseCloudProviderInstanceSize";
pub(crate) const PROVIDERS: [&str; 4] = ["AWS", "AZURE", "GCP", "TENANT"];
pub(crate) const CLOUD_PROVIDERS: [&str; 3] = ["AWS", "AZURE", "GCP"];
/// Provider of free and shared clusters, which support the regions of the backing provider.
pub(crate) const TENANT: &str = "TENANT";

/// Returns `true` for a known instance size, such as `M0`, `R40` or `M40_NVME_GEN_2`.
pub(crate) fn is_instance_size(name: &str) -> bool {
    let is_shared = matches!(name, "M0" | "M2" | "M5");
    let document = Document::vendored();
    is_shared
        || document.is_ok_and(|document| document.schemas().has_enum_value(SIZES_SCHEMA, name))
}

/// Parses an instance size. Rejects a size that the provider does not offer.
pub(crate) fn parse_size(
    attributes: &Attributes<'_>,
    field: &str,
    provider: &str,
) -> Result<Option<String>, ApiError> {
    let Some(size) = attributes.string(field)? else {
        return Ok(None);
    };
    check_size(&attributes.name(field), size, provider)?;
    Ok(Some(size.to_owned()))
}

/// Rejects an instance size that the provider does not offer.
pub(crate) fn check_size(attribute: &str, size: &str, provider: &str) -> Result<(), ApiError> {
    if is_instance_size(size) && is_allowed_value(provider, "instanceSizeName", size) {
        return Ok(());
    }
    let expected = match provider {
        TENANT => "M0, M2 or M5".to_owned(),
        provider => format!("an instance size that {provider} has, such as M10"),
    };
    Err(ApiError::invalid_attribute(attribute, &expected))
}

/// Rejects a region that the cloud provider does not offer.
pub(crate) fn check_region(
    region: &str,
    provider: &str,
    backing: Option<&str>,
) -> Result<(), ApiError> {
    let provider = match provider {
        TENANT => backing.unwrap_or(TENANT),
        provider => provider,
    };
    if is_allowed_value(provider, "regionName", region) {
        return Ok(());
    }
    Err(ApiError::from_code("INVALID_REGION", [region, provider]))
}

/// Returns `true` for a region of a cloud provider.
pub(crate) fn is_region(provider: &str, name: &str) -> bool {
    is_allowed_value(provider, "regionName", name)
}

fn is_allowed_value(provider: &str, field: &str, value: &str) -> bool {
    let settings = json!({ "providerName": provider });
    Document::vendored().is_ok_and(|document| {
        document
            .schemas()
            .allows(SETTINGS_SCHEMA, &settings, field, value)
    })
}
