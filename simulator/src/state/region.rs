//! A region of a shard: nodes, hardware and auto-scaling.

/// Priority of the preferred region.
pub(crate) const HIGHEST_PRIORITY: u64 = 7;

/// A region of a shard, with its nodes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) provider: String,
    /// The cloud provider of a free or shared cluster.
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
    /// Running hardware if it differs from the requested hardware.
    pub(crate) effective: Option<Box<EffectiveHardware>>,
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

/// The running hardware of a region with auto-scaling.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EffectiveHardware {
    pub(crate) electable: Hardware,
    pub(crate) read_only: Hardware,
    pub(crate) analytics: Hardware,
    /// Disk size of each node, in gigabytes.
    pub(crate) disk_size: f64,
}

/// Auto-scaling settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent settings, not states"
)]
pub(crate) struct Scaling {
    pub(crate) disk: bool,
    pub(crate) compute: bool,
    pub(crate) compute_down: bool,
    pub(crate) predictive: bool,
    pub(crate) min_size: Option<String>,
    pub(crate) max_size: Option<String>,
}

impl Hardware {
    pub(crate) fn with_size(instance_size: &str) -> Self {
        Self {
            instance_size: instance_size.to_owned(),
            iops: None,
            volume: None,
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
            effective: None,
        }
    }

    /// Returns `true` for M0, M2 and M5.
    pub(crate) fn is_tenant(&self) -> bool {
        self.provider == "TENANT"
    }

    /// Returns `true` for M0.
    pub(crate) fn is_free(&self) -> bool {
        self.is_tenant() && self.instance_size() == "M0"
    }

    /// Returns the instance size of the electable nodes.
    pub(crate) fn instance_size(&self) -> &str {
        &self.electable.hardware.instance_size
    }

    /// Returns the electable, read-only and analytics nodes.
    pub(crate) const fn node_groups(&self) -> [&Nodes; 3] {
        [&self.electable, &self.read_only, &self.analytics]
    }

    /// Returns `true` if nodes or disks are scaled automatically.
    pub(crate) const fn is_scaled(&self) -> bool {
        self.scaling.compute || self.scaling.disk
    }

    /// Returns the running hardware of the nodes. `disk_size` is the disk size of the cluster.
    pub(crate) fn effective_hardware(&self, disk_size: f64) -> EffectiveHardware {
        match &self.effective {
            Some(effective) => (**effective).clone(),
            None => EffectiveHardware {
                electable: self.electable.hardware.clone(),
                read_only: self.read_only.hardware.clone(),
                analytics: self.analytics.hardware.clone(),
                disk_size,
            },
        }
    }

    /// Changes the hardware of the electable nodes, and of other nodes that had the same hardware.
    pub(crate) fn set_hardware(&mut self, hardware: &Hardware) {
        let before = std::mem::replace(&mut self.electable.hardware, hardware.clone());
        for nodes in [&mut self.read_only, &mut self.analytics] {
            if nodes.hardware == before {
                nodes.hardware.clone_from(hardware);
            }
        }
    }
}
