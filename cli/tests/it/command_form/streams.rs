//! Tests of the commands for stream processing.

/// Files that the examples name.
pub(super) const FILES: &[(&str, &str)] = &[
    (
        "connection.json",
        r#"{"type": "Kafka", "bootstrapServers": "kafka.example.com:9092", "security": {"protocol": "SASL_PLAINTEXT"},
            "authentication": {"mechanism": "PLAIN", "username": "shop", "password": "made-up"}}"#,
    ),
    (
        "private-link.json",
        r#"{"region": "US_EAST_2", "dnsDomain": "shop.servicebus.windows.net", "vendor": "EVENTHUB", "serviceEndpointId":
            "/subscriptions/8c1f0b7d-2e3a-4c5b-8d9e-0f1a2b3c4d5e/resourceGroups/shop/providers/Microsoft.EventHub/namespaces/shop"}"#,
    ),
];

/// Resources that the examples name, as in `examples::PREPARATIONS`.
pub(super) const PREPARATIONS: &[(&str, &str)] = &[
    (
        "shop-stream",
        "streams instances create shop-stream --region VIRGINIA_USA --project Storefront",
    ),
    (
        " orders --instance",
        "streams connections create orders --instance shop-stream --file connection.json --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b607",
        "streams private-links create --file private-link.json --project Storefront",
    ),
];
