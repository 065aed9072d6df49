//! What each cloud has: its regions and its instance sizes, as the document lists them.

use serde_json::json;

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::schema::document::Document;

/// The schema whose forms list regions and sizes cloud by cloud.
const SETTINGS: &str = "ClusterProviderSettings";
/// The schema that lists the instance sizes of dedicated clusters.
const SIZES: &str = "BaseCloudProviderInstanceSize";
pub(super) const PROVIDERS: [&str; 4] = ["AWS", "AZURE", "GCP", "TENANT"];
pub(crate) const CLOUDS: [&str; 3] = ["AWS", "AZURE", "GCP"];
/// The provider of slices of shared servers, whose regions are those of a cloud behind it.
pub(super) const TENANT: &str = "TENANT";

/// Whether there is an instance size of this name, such as `M0`, `R40` or `M40_NVME_GEN_2`.
pub(crate) fn is_instance_size(name: &str) -> bool {
    let is_shared = matches!(name, "M0" | "M2" | "M5");
    let document = Document::vendored();
    is_shared || document.is_ok_and(|it| it.schemas().has_word(SIZES, name))
}

/// An instance size of a request, which the provider has to have.
pub(super) fn size(
    attributes: &Attributes<'_>,
    field: &str,
    provider: &str,
) -> Result<Option<String>, ApiError> {
    let Some(size) = attributes.text(field)? else {
        return Ok(None);
    };
    check_size(&attributes.name(field), size, provider)?;
    Ok(Some(size.to_owned()))
}

/// Refuses a size that the provider does not have.
pub(super) fn check_size(attribute: &str, size: &str, provider: &str) -> Result<(), ApiError> {
    if is_instance_size(size) && allows(provider, "instanceSizeName", size) {
        return Ok(());
    }
    let expected = match provider {
        TENANT => "M0, M2 or M5".to_owned(),
        cloud => format!("an instance size that {cloud} has, such as M10"),
    };
    Err(ApiError::invalid_attribute(attribute, &expected))
}

/// Refuses a region that is not one of the cloud the nodes are in.
pub(super) fn check_region(
    attribute: &str,
    region: &str,
    provider: &str,
    backing: Option<&str>,
) -> Result<(), ApiError> {
    let cloud = match provider {
        TENANT => backing.unwrap_or(TENANT),
        cloud => cloud,
    };
    if allows(cloud, "regionName", region) {
        return Ok(());
    }
    let expected = format!("a region of {cloud}");
    Err(ApiError::invalid_attribute(attribute, &expected))
}

fn allows(provider: &str, field: &str, word: &str) -> bool {
    let given = json!({ "providerName": provider });
    Document::vendored().is_ok_and(|it| it.schemas().allows(SETTINGS, &given, field, word))
}
