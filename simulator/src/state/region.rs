//! A cloud region of a shard: nodes, hardware and auto-scaling.

/// Priority of the preferred region.
pub(crate) const HIGHEST_PRIORITY: u64 = 7;

/// A cloud region of a shard.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) provider: String,
    /// The cloud of a free or shared cluster.
    pub(crate) backing_provider: Option<String>,
    pub(crate) name: String,
    pub(crate) priority: u64,
    /// Electable nodes; the count can be 0.
    pub(crate) electable: Nodes,
    pub(crate) read_only: Nodes,
    pub(crate) analytics: Nodes,
    pub(crate) scaling: Scaling,
    /// Auto-scaling of analytics nodes; `None` until a request sets it.
    pub(crate) analytics_scaling: Option<Scaling>,
}

/// The electable, read-only or analytics nodes of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nodes {
    pub(crate) count: u64,
    pub(crate) hardware: Hardware,
}

/// Instance size and disk of a node. Responses also show the hardware of zero nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hardware {
    pub(crate) instance_size: String,
    /// IOPS; `None` for the default of the disk.
    pub(crate) iops: Option<u64>,
    /// Volume type; `None` for the default.
    pub(crate) volume: Option<String>,
}

/// Auto-scaling settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scaling {
    pub(crate) disk: bool,
    pub(crate) compute: bool,
    pub(crate) compute_down: bool,
    pub(crate) min_size: Option<String>,
    pub(crate) max_size: Option<String>,
}

/// Default volume type.
pub(crate) const DEFAULT_VOLUME: &str = "STANDARD";

/// Returns the default IOPS of a provider, or `None` if its responses show no IOPS.
pub(crate) fn default_iops(provider: &str) -> Option<u64> {
    match provider {
        "AWS" => Some(3000),
        "AZURE" => Some(3500),
        _ => None,
    }
}

impl Hardware {
    pub(crate) fn with_size(instance_size: &str) -> Self {
        Self {
            instance_size: instance_size.to_owned(),
            iops: None,
            volume: None,
        }
    }

    /// Returns the hardware with another size, IOPS or volume type; `None` leaves a value unchanged.
    /// Another volume type resets the IOPS, and default values are stored as `None`.
    pub(crate) fn with_changes(
        &self,
        provider: &str,
        size: Option<&str>,
        iops: Option<u64>,
        volume: Option<&str>,
    ) -> Self {
        let volume = match volume {
            Some(volume) => Some(volume).filter(|volume| *volume != DEFAULT_VOLUME),
            None => self.volume.as_deref(),
        };
        let iops = match iops {
            Some(iops) => Some(iops).filter(|iops| Some(*iops) != default_iops(provider)),
            None => self.iops.filter(|_| volume == self.volume.as_deref()),
        };
        Self {
            instance_size: size.unwrap_or(&self.instance_size).to_owned(),
            iops,
            volume: volume.map(str::to_owned),
        }
    }
}

impl Region {
    /// Returns a region with three electable nodes.
    pub(crate) fn with_three_nodes(provider: &str, name: &str, instance_size: &str) -> Self {
        let nodes = |count| Nodes {
            count,
            hardware: Hardware::with_size(instance_size),
        };
        Self {
            provider: provider.to_owned(),
            backing_provider: None,
            name: name.to_owned(),
            priority: HIGHEST_PRIORITY,
            electable: nodes(3),
            read_only: nodes(0),
            analytics: nodes(0),
            scaling: Scaling {
                disk: true,
                ..Scaling::default()
            },
            analytics_scaling: None,
        }
    }

    /// Returns `true` for M0, M2 and M5.
    pub(crate) fn is_tenant(&self) -> bool {
        self.provider == "TENANT"
    }

    /// Returns the instance size of the electable nodes.
    pub(crate) fn instance_size(&self) -> &str {
        &self.electable.hardware.instance_size
    }

    /// Returns the electable, read-only and analytics nodes.
    pub(crate) const fn node_groups(&self) -> [&Nodes; 3] {
        [&self.electable, &self.read_only, &self.analytics]
    }

    /// Changes the hardware of the electable nodes, and of the other nodes with the same hardware.
    pub(crate) fn set_hardware(&mut self, hardware: &Hardware) {
        let before = std::mem::replace(&mut self.electable.hardware, hardware.clone());
        for nodes in [&mut self.read_only, &mut self.analytics] {
            if nodes.hardware == before {
                nodes.hardware.clone_from(hardware);
            }
        }
    }
}
