//! A cloud region of a shard: its nodes by kind, what they run on, and how they scale.

/// The priority of the region that is preferred.
pub(crate) const FIRST_PRIORITY: u64 = 7;

/// A cloud region of a shard.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) provider: String,
    /// The cloud behind a tenant cluster.
    pub(crate) backing_provider: Option<String>,
    pub(crate) name: String,
    pub(crate) priority: u64,
    /// The nodes that can become primary; a region can do without.
    pub(crate) electable: Nodes,
    pub(crate) read_only: Nodes,
    pub(crate) analytics: Nodes,
    pub(crate) scaling: Scaling,
    /// How analytics nodes scale, where somebody said so.
    pub(crate) analytics_scaling: Option<Scaling>,
}

/// The nodes of one kind in a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nodes {
    pub(crate) count: u64,
    pub(crate) hardware: Hardware,
}

/// What a node runs on. A kind without nodes has hardware as well, which is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hardware {
    pub(crate) instance_size: String,
    /// Operations a second, where they are not those the disk comes with.
    pub(crate) iops: Option<u64>,
    /// The type of the disk, where it was chosen.
    pub(crate) volume: Option<String>,
}

/// What scales by itself, and how far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scaling {
    pub(crate) disk: bool,
    pub(crate) compute: bool,
    pub(crate) compute_down: bool,
    pub(crate) smallest: Option<String>,
    pub(crate) largest: Option<String>,
}

/// The type of a disk that nobody chose.
pub(crate) const USUAL_VOLUME: &str = "STANDARD";

/// The operations a second of a disk that nobody chose, where a provider tells them.
pub(crate) fn usual_iops(provider: &str) -> Option<u64> {
    match provider {
        "AWS" => Some(3000),
        "AZURE" => Some(3500),
        _ => None,
    }
}

impl Hardware {
    pub(crate) fn of_size(instance_size: &str) -> Self {
        Self {
            instance_size: instance_size.to_owned(),
            iops: None,
            volume: None,
        }
    }

    /// The same with another size, speed or type of disk, as far as they are named. Another type
    /// comes with a speed of its own, and to name what is usual is not to choose.
    pub(crate) fn rebuilt(
        &self,
        provider: &str,
        size: Option<&str>,
        iops: Option<u64>,
        volume: Option<&str>,
    ) -> Self {
        let volume = match volume {
            Some(named) => Some(named).filter(|it| *it != USUAL_VOLUME),
            None => self.volume.as_deref(),
        };
        let iops = match iops {
            Some(named) => Some(named).filter(|it| Some(*it) != usual_iops(provider)),
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
    /// The first region of a cluster as small as it can be: three nodes that hold data.
    pub(crate) fn smallest(provider: &str, name: &str, instance_size: &str) -> Self {
        let nodes = |count| Nodes {
            count,
            hardware: Hardware::of_size(instance_size),
        };
        Self {
            provider: provider.to_owned(),
            backing_provider: None,
            name: name.to_owned(),
            priority: FIRST_PRIORITY,
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

    /// Whether it is a slice of a shared server: M0, M2 and M5.
    pub(crate) fn is_tenant(&self) -> bool {
        self.provider == "TENANT"
    }

    /// The size of the nodes that clients write to.
    pub(crate) fn instance_size(&self) -> &str {
        &self.electable.hardware.instance_size
    }

    /// The nodes of every kind.
    pub(crate) const fn kinds(&self) -> [&Nodes; 3] {
        [&self.electable, &self.read_only, &self.analytics]
    }

    /// Changes what the electable nodes run on, and those of other kinds that were like them.
    pub(crate) fn set_hardware(&mut self, hardware: &Hardware) {
        let before = std::mem::replace(&mut self.electable.hardware, hardware.clone());
        for kind in [&mut self.read_only, &mut self.analytics] {
            if kind.hardware == before {
                kind.hardware.clone_from(hardware);
            }
        }
    }
}
