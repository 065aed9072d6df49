//! Parses regions of a cluster: nodes, hardware and auto-scaling.
//!
//! If a change of an existing region lacks a field, the value of the field is unchanged.

use super::disks::DefaultDisk;
use super::scaling;
use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::resources::cloud_providers::{self, CLOUD_PROVIDERS, PROVIDERS};
use crate::state::{Hardware, Region, Scaling};

/// Volume types of AWS.
pub(super) const VOLUME_TYPES: [&str; 3] = ["STANDARD", "PROVISIONED", "HIGH_PERFORMANCE"];

/// Minimum IOPS of a volume of AWS.
const MIN_IOPS: u64 = 100;

/// Requested electable, read-only or analytics nodes.
struct NodeSpec {
    count: Option<u64>,
    size: Option<String>,
    iops: Option<u64>,
    volume: Option<&'static str>,
}

/// Requested nodes of a region.
struct RegionSpec {
    electable: Option<NodeSpec>,
    read_only: Option<NodeSpec>,
    analytics: Option<NodeSpec>,
}

/// Parses a region. `current` contains the regions of the changed shard.
pub(super) fn parse_region(
    config: &Attributes<'_>,
    position: u64,
    current: &[Region],
) -> Result<Region, ApiError> {
    let provider = config
        .enum_value("providerName", &PROVIDERS)?
        .ok_or_else(|| ApiError::missing_attribute(&config.name("providerName")))?;
    let backing = config.enum_value("backingProviderName", &CLOUD_PROVIDERS)?;
    let name = config.required_string("regionName")?;
    let mut current = current.iter();
    let current = current.find(|region| region.provider == provider && region.name == name);
    let has_other_backing =
        |region: &Region| backing.is_some() && region.backing_provider.as_deref() != backing;
    if current.is_none_or(has_other_backing) {
        cloud_providers::check_region(name, provider, backing)?;
    }
    let spec = RegionSpec::parse(config, provider)?;
    let mut region = match current {
        Some(current) => current.clone(),
        None => spec.new_region(config, (provider, name), position)?,
    };
    spec.apply_to(&mut region);
    region.backing_provider = backing.map(str::to_owned).or(region.backing_provider);
    region.priority = config.integer("priority")?.unwrap_or(region.priority);
    scaling::parse_region(config, &mut region)?;
    Ok(region)
}

impl RegionSpec {
    fn parse(config: &Attributes<'_>, provider: &str) -> Result<Self, ApiError> {
        Ok(Self {
            electable: NodeSpec::parse(config, "electableSpecs", provider)?,
            read_only: NodeSpec::parse(config, "readOnlySpecs", provider)?,
            analytics: NodeSpec::parse(config, "analyticsSpecs", provider)?,
        })
    }

    /// Creates a region with the first instance size in the request.
    fn new_region(
        &self,
        config: &Attributes<'_>,
        (provider, name): (&str, &str),
        position: u64,
    ) -> Result<Region, ApiError> {
        let specs = [&self.electable, &self.read_only, &self.analytics];
        let size = specs
            .into_iter()
            .flatten()
            .find_map(|spec| spec.size.as_ref());
        let size = size.ok_or_else(|| {
            let field = config.name("electableSpecs");
            ApiError::missing_attribute(&match self.electable {
                Some(_) => format!("{field}.instanceSize"),
                None => field,
            })
        })?;
        let mut region = Region::with_three_nodes(provider, name, size);
        region.scaling = Scaling::default();
        region.priority = position;
        if self.electable.is_none() {
            region.electable.count = 0;
            region.priority = 0;
        }
        Ok(region)
    }

    fn apply_to(&self, region: &mut Region) {
        let provider = region.provider.as_str();
        if let Some(spec) = &self.electable {
            let hardware = spec.hardware(&region.electable.hardware, provider);
            region.electable.count = spec.count.unwrap_or(region.electable.count);
            region.set_hardware(&hardware);
        }
        let provider = region.provider.as_str();
        for (nodes, spec) in [
            (&mut region.read_only, &self.read_only),
            (&mut region.analytics, &self.analytics),
        ] {
            if let Some(spec) = spec {
                nodes.hardware = spec.hardware(&nodes.hardware, provider);
                nodes.count = spec.count.unwrap_or(nodes.count);
            }
        }
    }
}

impl NodeSpec {
    fn parse(
        config: &Attributes<'_>,
        field: &str,
        provider: &str,
    ) -> Result<Option<Self>, ApiError> {
        let Some(nodes) = config.object(field)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            count: nodes.integer("nodeCount")?,
            size: cloud_providers::parse_size(&nodes, "instanceSize", provider)?,
            iops: parse_iops(&nodes, provider)?,
            volume: nodes.enum_value("ebsVolumeType", &VOLUME_TYPES)?,
        }))
    }

    fn hardware(&self, current: &Hardware, provider: &str) -> Hardware {
        let (size, volume) = (self.size.as_deref(), self.volume);
        DefaultDisk::rebuild(provider, current, size, self.iops, volume)
    }
}

/// Parses `diskIOPS`.
pub(super) fn parse_iops(
    attributes: &Attributes<'_>,
    provider: &str,
) -> Result<Option<u64>, ApiError> {
    let iops = attributes.integer("diskIOPS")?;
    if provider == "AWS" && iops.is_some_and(|iops| iops < MIN_IOPS) {
        let expected = format!("at least {MIN_IOPS}");
        let field = attributes.name("diskIOPS");
        return Err(ApiError::invalid_attribute(&field, &expected));
    }
    Ok(iops)
}
