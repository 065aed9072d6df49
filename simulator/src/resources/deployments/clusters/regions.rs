//! Reading a region of a cluster: its nodes of each kind, and how they scale.
//!
//! What a change does not say of a region that is there stays as it is.

use super::clouds;
use super::clouds::{CLOUDS, PROVIDERS};
use crate::call::attributes::Attributes;
use crate::call::error::ApiError;
use crate::state::{Hardware, Region, Scaling};

/// The types of a disk of AWS.
pub(super) const VOLUMES: [&str; 3] = ["STANDARD", "PROVISIONED", "HIGH_PERFORMANCE"];

/// What a request says of nodes of one kind.
struct Asked {
    count: Option<u64>,
    size: Option<String>,
    iops: Option<u64>,
    volume: Option<&'static str>,
}

/// What a request says of the nodes of a region.
struct AskedNodes {
    electable: Option<Asked>,
    read_only: Option<Asked>,
    analytics: Option<Asked>,
}

/// A region as asked for; `current` are those of the shard that it changes.
pub(super) fn region(
    config: &Attributes<'_>,
    position: u64,
    current: &[Region],
) -> Result<Region, ApiError> {
    let provider = config
        .word("providerName", &PROVIDERS)?
        .ok_or_else(|| ApiError::missing_attribute(&config.name("providerName")))?;
    let backing = config.word("backingProviderName", &CLOUDS)?;
    let name = config.required_text("regionName")?;
    let mut current = current.iter();
    let current = current.find(|it| it.provider == provider && it.name == name);
    let moves = |it: &Region| backing.is_some() && it.backing_provider.as_deref() != backing;
    if current.is_none_or(moves) {
        clouds::check_region(&config.name("regionName"), name, provider, backing)?;
    }
    let asked = AskedNodes::read(config, provider)?;
    let mut region = match current {
        Some(current) => current.clone(),
        None => asked.new_region(config, (provider, name), position)?,
    };
    asked.apply_to(&mut region);
    region.backing_provider = backing.map(str::to_owned).or(region.backing_provider);
    region.priority = config.whole("priority")?.unwrap_or(region.priority);
    scale(config, &mut region)?;
    Ok(region)
}

impl AskedNodes {
    fn read(config: &Attributes<'_>, provider: &str) -> Result<Self, ApiError> {
        Ok(Self {
            electable: Asked::read(config, "electableSpecs", provider)?,
            read_only: Asked::read(config, "readOnlySpecs", provider)?,
            analytics: Asked::read(config, "analyticsSpecs", provider)?,
        })
    }

    /// A region that is not there yet, with nodes of the first size that is named.
    fn new_region(
        &self,
        config: &Attributes<'_>,
        (provider, name): (&str, &str),
        position: u64,
    ) -> Result<Region, ApiError> {
        let kinds = [&self.electable, &self.read_only, &self.analytics];
        let size = kinds.into_iter().flatten().find_map(|it| it.size.as_ref());
        let size = size.ok_or_else(|| {
            let field = config.name("electableSpecs");
            ApiError::missing_attribute(&match self.electable {
                Some(_) => format!("{field}.instanceSize"),
                None => field,
            })
        })?;
        let mut region = Region::smallest(provider, name, size);
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
        if let Some(asked) = &self.electable {
            let hardware = asked.hardware(&region.electable.hardware, provider);
            region.electable.count = asked.count.unwrap_or(region.electable.count);
            region.set_hardware(&hardware);
        }
        let provider = region.provider.as_str();
        for (nodes, asked) in [
            (&mut region.read_only, &self.read_only),
            (&mut region.analytics, &self.analytics),
        ] {
            if let Some(asked) = asked {
                nodes.hardware = asked.hardware(&nodes.hardware, provider);
                nodes.count = asked.count.unwrap_or(nodes.count);
            }
        }
    }
}

impl Asked {
    fn read(
        config: &Attributes<'_>,
        field: &str,
        provider: &str,
    ) -> Result<Option<Self>, ApiError> {
        let Some(nodes) = config.object(field)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            count: nodes.whole("nodeCount")?,
            size: clouds::size(&nodes, "instanceSize", provider)?,
            iops: nodes.whole("diskIOPS")?,
            volume: nodes.word("ebsVolumeType", &VOLUMES)?,
        }))
    }

    fn hardware(&self, current: &Hardware, provider: &str) -> Hardware {
        current.rebuilt(provider, self.size.as_deref(), self.iops, self.volume)
    }
}

fn scale(config: &Attributes<'_>, region: &mut Region) -> Result<(), ApiError> {
    let provider = region.provider.as_str();
    if let Some(asked) = config.object("autoScaling")? {
        region.scaling = scaling(&asked, &region.scaling, provider)?;
    }
    if let Some(asked) = config.object("analyticsAutoScaling")? {
        let current = region.analytics_scaling.take().unwrap_or_default();
        region.analytics_scaling = Some(scaling(&asked, &current, provider)?);
    }
    Ok(())
}

fn scaling(asked: &Attributes<'_>, current: &Scaling, provider: &str) -> Result<Scaling, ApiError> {
    let mut scaling = current.clone();
    if let Some(disk) = asked.object("diskGB")? {
        scaling.disk = disk.boolean("enabled")?.unwrap_or(scaling.disk);
    }
    if let Some(compute) = asked.object("compute")? {
        switch(&compute, &mut scaling)?;
        limit(&compute, &mut scaling, provider)?;
    }
    Ok(scaling)
}

/// Whether nodes grow, and whether they become smaller again.
pub(super) fn switch(compute: &Attributes<'_>, scaling: &mut Scaling) -> Result<(), ApiError> {
    scaling.compute = compute.boolean("enabled")?.unwrap_or(scaling.compute);
    let down = compute.boolean("scaleDownEnabled")?;
    scaling.compute_down = down.unwrap_or(scaling.compute_down);
    Ok(())
}

/// The sizes between which nodes scale.
pub(super) fn limit(
    compute: &Attributes<'_>,
    scaling: &mut Scaling,
    provider: &str,
) -> Result<(), ApiError> {
    if let Some(size) = clouds::size(compute, "minInstanceSize", provider)? {
        scaling.smallest = Some(size);
    }
    if let Some(size) = clouds::size(compute, "maxInstanceSize", provider)? {
        scaling.largest = Some(size);
    }
    Ok(())
}
