//! Generated types, built from outside the crate.

use mongodbatlas::api::{
    enums::{CloudProvider, ClusterType, OrganizationRole, RegionName},
    types::{
        CloudRegionConfig, ClusterDescription, CreateAtlasOrganizationApiKey, Group,
        ReplicationSpec, SystemStatus,
    },
};
use serde_json::{Map, json};

#[test]
fn builder_builds_a_request_with_nested_structs() {
    let region = CloudRegionConfig::builder()
        .provider_name(CloudProvider::Aws)
        .region_name(RegionName::EuWest1);
    let region: CloudRegionConfig = region.try_into().unwrap();
    let spec = ReplicationSpec::builder().region_configs(vec![region]);
    let spec: ReplicationSpec = spec.try_into().unwrap();

    let cluster = ClusterDescription::builder()
        .name("orders".to_owned())
        .cluster_type(ClusterType::Replicaset)
        .replication_specs(vec![spec]);
    let cluster: ClusterDescription = cluster.try_into().unwrap();

    assert_eq!(
        serde_json::to_value(cluster).unwrap(),
        json!({
            "name": "orders", "clusterType": "REPLICASET",
            "replicationSpecs": [{"regionConfigs": [{"providerName": "AWS", "regionName": "EU_WEST_1"}]}],
        })
    );
}

#[test]
fn builder_rejects_a_missing_required_field() {
    let key = CreateAtlasOrganizationApiKey::builder().desc("ci".to_owned());
    let missing: Result<CreateAtlasOrganizationApiKey, _> = key.clone().try_into();
    assert!(missing.unwrap_err().to_string().contains("roles"));

    let key = key.roles(vec![OrganizationRole::OrgMember]);
    let key: CreateAtlasOrganizationApiKey = key.try_into().unwrap();

    let key = serde_json::to_value(key).unwrap();
    assert_eq!(key, json!({"desc": "ci", "roles": ["ORG_MEMBER"]}));
}

#[test]
fn builder_takes_fields_that_the_type_does_not_declare() {
    let extra = Map::from_iter([("costCenter".to_owned(), json!(7))]);

    let group = Group::builder().name("shop".to_owned()).extra(extra);
    let group: Group = group.try_into().unwrap();

    let group = serde_json::to_value(group).unwrap();
    assert_eq!(group, json!({"name": "shop", "costCenter": 7}));
}

#[test]
fn default_builds_a_struct_of_responses() {
    let mut status = SystemStatus::default();
    status.build = Some("1".to_owned());

    assert_eq!(serde_json::to_value(status).unwrap(), json!({"build": "1"}));
}
