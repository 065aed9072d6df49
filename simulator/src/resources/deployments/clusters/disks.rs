//! Default disks of nodes: `behaviour/disks.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::schema::behaviour::{behaviour, parse};
use crate::state::Hardware;

static DISKS: LazyLock<Vec<DefaultDisk>> =
    LazyLock::new(|| parse::<Disks>(behaviour!("disks.toml")).disks);

#[derive(Default, Deserialize)]
struct Disks {
    #[serde(rename = "disk")]
    disks: Vec<DefaultDisk>,
}

/// The default disk of an instance size.
#[derive(Default, Deserialize)]
pub(super) struct DefaultDisk {
    #[serde(default)]
    provider: String,
    size: Option<String>,
    suffix: Option<String>,
    pub(super) iops: Option<u64>,
    pub(super) volume: Option<String>,
    /// Throughput in MB/s.
    pub(super) throughput: Option<u64>,
}

impl DefaultDisk {
    /// Returns the default disk of an instance size of a cloud provider.
    pub(super) fn of(provider: &str, size: &str) -> &'static Self {
        static NO_DEFAULT: LazyLock<DefaultDisk> = LazyLock::new(DefaultDisk::default);
        let mut disks = DISKS.iter();
        disks
            .find(|disk| disk.matches(provider, size))
            .unwrap_or(&NO_DEFAULT)
    }

    fn matches(&self, provider: &str, size: &str) -> bool {
        self.provider == provider
            && self.size.as_ref().is_none_or(|own| own == size)
            && self.suffix.as_ref().is_none_or(|end| size.ends_with(end))
    }

    /// Returns the hardware with a different size, IOPS or volume type. `None` leaves a value
    /// unchanged. A different volume type resets the IOPS.
    pub(super) fn rebuild(
        provider: &str,
        current: &Hardware,
        size: Option<&str>,
        iops: Option<u64>,
        volume: Option<&str>,
    ) -> Hardware {
        let size = size.unwrap_or(&current.instance_size);
        let default = Self::of(provider, size);
        let volume = volume.map_or(current.volume.as_deref(), |name| {
            Some(name).filter(|_| Some(name) != default.volume.as_deref())
        });
        let current_iops = current.iops.filter(|_| volume == current.volume.as_deref());
        let iops = iops.map_or(current_iops, |iops| {
            Some(iops).filter(|_| Some(iops) != default.iops)
        });
        Hardware {
            instance_size: size.to_owned(),
            iops,
            volume: volume.map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::cloud_providers::is_instance_size;

    #[test]
    fn entries_name_instance_sizes() {
        for disk in DISKS.iter() {
            let size = disk.size.as_deref();
            assert!(size.is_none_or(is_instance_size), "{size:?}");
        }
        assert_eq!(DefaultDisk::of("AWS", "M40_NVME").iops, Some(135_125));
        assert_eq!(DefaultDisk::of("AWS", "M30_GEN_2").throughput, Some(125));
        assert_eq!(DefaultDisk::of("GCP", "M30").iops, None);
    }
}
