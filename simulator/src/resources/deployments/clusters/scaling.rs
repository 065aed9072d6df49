//! Auto-scaling of a region: parsing and validation.

use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::resources::cloud_providers;
use crate::state::{Region, Scaling};

/// Parses `autoScaling` and `analyticsAutoScaling` of a region.
pub(super) fn parse_region(config: &Attributes<'_>, region: &mut Region) -> Result<(), ApiError> {
    let provider = region.provider.as_str();
    if let Some(attributes) = config.object("autoScaling")? {
        region.scaling = parse(&attributes, &region.scaling, provider)?;
    }
    if let Some(attributes) = config.object("analyticsAutoScaling")? {
        let current = region.analytics_scaling.take().unwrap_or_default();
        region.analytics_scaling = Some(parse(&attributes, &current, provider)?);
    }
    Ok(())
}

fn parse(
    attributes: &Attributes<'_>,
    current: &Scaling,
    provider: &str,
) -> Result<Scaling, ApiError> {
    let mut scaling = current.clone();
    if let Some(disk) = attributes.object("diskGB")? {
        scaling.disk = disk.boolean("enabled")?.unwrap_or(scaling.disk);
    }
    if let Some(compute) = attributes.object("compute")? {
        parse_switches(&compute, &mut scaling)?;
        parse_limits(&compute, &mut scaling, provider)?;
    }
    Ok(scaling)
}

/// Parses the fields that enable scaling up and scaling down. Disabled scaling also disables
/// scaling down.
pub(super) fn parse_switches(
    compute: &Attributes<'_>,
    scaling: &mut Scaling,
) -> Result<(), ApiError> {
    let enabled = compute.boolean("enabled")?;
    let down = compute.boolean("scaleDownEnabled")?;
    let predictive = compute.boolean("predictiveEnabled")?;
    scaling.predictive = predictive.unwrap_or(scaling.predictive);
    scaling.compute = enabled.unwrap_or(scaling.compute);
    scaling.compute_down = match (enabled, down) {
        (Some(false), None) => false,
        (_, down) => down.unwrap_or(scaling.compute_down),
    };
    Ok(())
}

/// Parses the size limits of auto-scaling.
pub(super) fn parse_limits(
    compute: &Attributes<'_>,
    scaling: &mut Scaling,
    provider: &str,
) -> Result<(), ApiError> {
    if let Some(size) = cloud_providers::parse_size(compute, "minInstanceSize", provider)? {
        scaling.min_size = Some(size);
    }
    if let Some(size) = cloud_providers::parse_size(compute, "maxInstanceSize", provider)? {
        scaling.max_size = Some(size);
    }
    Ok(())
}

/// Rejects limits that are missing or that exclude the current instance size of a region.
pub(super) fn check(region: &Region) -> Result<(), ApiError> {
    let electable = region.instance_size();
    check_limits(&region.scaling, electable)?;
    match &region.analytics_scaling {
        Some(scaling) => check_limits(scaling, &region.analytics.hardware.instance_size),
        None => Ok(()),
    }
}

fn check_limits(scaling: &Scaling, size: &str) -> Result<(), ApiError> {
    if scaling.compute_down && !scaling.compute {
        let code = "COMPUTE_AUTO_SCALING_SCALE_DOWN_ENABLED_INVALID";
        return Err(ApiError::from_code_without_parameters(code));
    }
    if !scaling.compute {
        return Ok(());
    }
    let Some(max) = scaling.max_size.as_deref() else {
        let code = "COMPUTE_AUTO_SCALING_MAX_INSTANCE_SIZE_REQUIRED";
        return Err(ApiError::from_code_without_parameters(code));
    };
    if size_number(max) < size_number(size) {
        let code = "COMPUTE_AUTO_SCALING_MAX_INSTANCE_SIZE_INVALID";
        return Err(ApiError::from_code(code, [max, size]));
    }
    match scaling.min_size.as_deref() {
        None if scaling.compute_down => Err(ApiError::from_code_without_parameters(
            "COMPUTE_AUTO_SCALING_MIN_INSTANCE_SIZE_REQUIRED",
        )),
        Some(min) if scaling.compute_down && size_number(min) >= size_number(max) => {
            Err(ApiError::from_code(
                "COMPUTE_AUTO_SCALING_INSTANCE_SIZE_RANGE_INVALID",
                [min, max],
            ))
        }
        Some(min) if scaling.compute_down && size_number(min) > size_number(size) => {
            Err(ApiError::from_code(
                "COMPUTE_AUTO_SCALING_MIN_INSTANCE_SIZE_INVALID",
                [min, size],
            ))
        }
        _ => Ok(()),
    }
}

/// Returns the number in an instance size, such as 40 for `M40_NVME`.
fn size_number(size: &str) -> u32 {
    let digits: String = size
        .chars()
        .skip_while(|character| !character.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or_default()
}
