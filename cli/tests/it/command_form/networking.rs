//! Tests of the commands for networks: `networking`, `privateEndpoints`, `customDns`, `cloudProviders`.

/// Resources that the examples name, as in `examples::PREPARATIONS`.
pub(super) const PREPARATIONS: &[(&str, &str)] = &[
    (
        "5f0c2a9e1b3d4e0001a2b601",
        "private-endpoints aws create --region eu-west-1 --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b602",
        "private-endpoints azure create --region EUROPE_NORTH --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b603",
        "private-endpoints gcp create --region WESTERN_EUROPE --project Storefront",
    ),
    (
        "vpce-0a1b2c3d4e5f60718 --endpoint-service-id",
        "private-endpoints aws interfaces create 5f0c2a9e1b3d4e0001a2b601 --private-endpoint-id vpce-0a1b2c3d4e5f60718 \
         --project Storefront",
    ),
    (
        "privateEndpoints/orders",
        "private-endpoints azure interfaces create 5f0c2a9e1b3d4e0001a2b602 --private-endpoint-id \
         /subscriptions/8c1f0b7d-2e3a-4c5b-8d9e-0f1a2b3c4d5e/resourceGroups/shop/providers/Microsoft.Network/privateEndpoints/orders \
         --private-endpoint-ip-address 10.0.0.4 --project Storefront",
    ),
    (
        "orders-group",
        "private-endpoints gcp interfaces create orders-group --endpoint-service-id 5f0c2a9e1b3d4e0001a2b603 \
         --gcp-project-id shop-network --endpoint orders-0@10.142.0.2 --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b604",
        "networking peering create azure --directory-id 3f2d9c1e-7a64-4b0f-9d1c-5e8a2b7c6d40 --subscription-id \
         8c1f0b7d-2e3a-4c5b-8d9e-0f1a2b3c4d5e --resource-group shop --vnet shop-vnet --region US_EAST_2 \
         --atlas-cidr-block 192.168.128.0/21 --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b605",
        "api createGroupContainer --project Storefront --field providerName=AWS --field regionName=SA_EAST_1 --field \
         atlasCidrBlock=192.168.64.0/21",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b606",
        "cloud-providers access-roles aws create --project Storefront",
    ),
];
