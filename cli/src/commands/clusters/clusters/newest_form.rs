//! Converts a cluster document from API version 2023-02-01 to the newest version.

use serde_json::Value;

/// The specs of the nodes of a region.
const KINDS: [&str; 3] = ["electableSpecs", "readOnlySpecs", "analyticsSpecs"];

/// Repeats each replication spec `numShards` times, and moves the size of the disk to the nodes.
pub(super) fn convert(cluster: &mut Value) {
    let Some(fields) = cluster.as_object_mut() else {
        return;
    };
    let disk = fields.remove("diskSizeGB");
    let Some(Value::Array(specs)) = fields.get_mut("replicationSpecs") else {
        return;
    };
    let mut converted = Vec::new();
    for mut spec in std::mem::take(specs) {
        let shards = spec
            .as_object_mut()
            .and_then(|spec| spec.remove("numShards"));
        let shards = shards
            .and_then(|shards| shards.as_u64())
            .unwrap_or(1)
            .max(1);
        for region in spec["regionConfigs"].as_array_mut().into_iter().flatten() {
            resize(region, disk.as_ref());
        }
        converted.extend(std::iter::repeat_n(
            spec,
            usize::try_from(shards).unwrap_or(1),
        ));
    }
    *specs = converted;
}

/// Sets the size of the disk of nodes without one.
fn resize(region: &mut Value, disk: Option<&Value>) {
    let Some(disk) = disk else { return };
    for kind in KINDS {
        if let Some(nodes) = region.get_mut(kind).and_then(Value::as_object_mut) {
            nodes.entry("diskSizeGB").or_insert_with(|| disk.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn shards_are_repeated_and_the_disk_moves_to_the_nodes() {
        let mut cluster = json!({
            "diskSizeGB": 30,
            "replicationSpecs": [{
                "numShards": 2,
                "regionConfigs": [{"electableSpecs": {"instanceSize": "M30"}}],
            }],
        });

        convert(&mut cluster);

        let spec = json!({"regionConfigs": [{"electableSpecs": {"instanceSize": "M30", "diskSizeGB": 30}}]});
        assert_eq!(cluster, json!({"replicationSpecs": [spec, spec]}));
    }

    #[test]
    fn newest_form_is_unchanged() {
        let newest = json!({"replicationSpecs": [{"regionConfigs": []}], "name": "a"});
        let mut cluster = newest.clone();

        convert(&mut cluster);

        assert_eq!(cluster, newest);
    }
}
