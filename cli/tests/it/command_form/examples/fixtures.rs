//! The files that examples name, and the commands that create the resources they name.

/// Files that examples name.
pub(super) const FILES: &[(&str, &str)] = &[
    (
        "atlas-schedule.toml",
        "timezone = \"Europe/Berlin\"\n\n[schedules.office-hours]\nselect = [\"*-staging\"]\n\
         running = [\"mon-fri 07:30-19:00\"]\nmode = \"enforce\"\n",
    ),
    ("key.txt", "0b6d1e1c-made-up\n"),
    ("service-key.txt", "5a1f8f6c2b7d4e0f9a3c6b1d8e2f7a40\n"),
    ("url.txt", "https://hooks.example.com/teams\n"),
    (
        "atlascli/config.toml",
        "[default]\ntelemetry_enabled = false\n",
    ),
    (
        "schedule.json",
        r#"{"referenceHourOfDay": 3, "restoreWindowDays": 2}"#,
    ),
    (
        "policy.json",
        r#"{"authorizedEmail": "ada@example.com", "authorizedUserFirstName": "Ada", "authorizedUserLastName": "Lin",
            "scheduledPolicyItems": [{"frequencyType": "daily", "frequencyInterval": 1, "retentionUnit": "days",
            "retentionValue": 7}]}"#,
    ),
    (
        "index.json",
        r#"{"db": "shop", "collection": "items", "keys": [{"name": "text"}], "options": {"name": "by_name"}}"#,
    ),
    (
        "archive.json",
        r#"{"dbName": "shop", "collName": "events", "criteria": {"type": "CUSTOM", "query": "{\"isClosed\": true}"}}"#,
    ),
    (
        "search.json",
        r#"{"database": "shop", "collectionName": "items", "name": "catalog",
            "definition": {"mappings": {"dynamic": true}}}"#,
    ),
    (
        "nodes.json",
        r#"{"specs": [{"instanceSize": "S20_HIGHCPU_NVME", "nodeCount": 2}]}"#,
    ),
    ("project.json", r#"{"name": "Shop front"}"#),
    (
        "invitation.json",
        r#"{"username": "new@example.com", "roles": ["ORG_MEMBER"]}"#,
    ),
    (
        "federation.json",
        r#"{"domainRestrictionEnabled": true, "domainAllowList": ["example.com"]}"#,
    ),
    (
        "audit.json",
        r#"{"atype": "authenticate", "param.db": "admin"}"#,
    ),
    (
        "ca.pem",
        "-----BEGIN CERTIFICATE-----\nMAdtYWRlIHVw\n-----END CERTIFICATE-----\n",
    ),
    (
        "alert.json",
        r#"{"eventTypeName": "NO_PRIMARY", "enabled": true, "notifications": [{"typeName": "GROUP", "intervalMin": 30,
            "emailEnabled": true}]}"#,
    ),
    (
        "cluster.json",
        r#"{"clusterType": "REPLICASET", "replicationSpecs": [{"numShards": 1, "regionConfigs": [{"priority": 7,
            "providerName": "AWS", "regionName": "US_EAST_1", "electableSpecs": {"instanceSize": "M10", "nodeCount": 3}}]}]}"#,
    ),
];

/// Resources that examples name and that the demo organization does not have: a text of the example, and the command
/// that creates the resource. If the text is an id, the id of the created resource replaces it, or that of the first
/// item if the command is a list.
pub(super) const PREPARATIONS: &[(&str, &str)] = &[
    (
        "192.0.2.15 --project",
        "access-lists create 192.0.2.15 --project Storefront",
    ),
    (
        " auditor ",
        "custom-db-roles create auditor --privilege FIND@shop --project Storefront",
    ),
    (
        " reporting ",
        "dbusers create readAnyDatabase --username reporting --password env:APP_PASSWORD --project Storefront",
    ),
    (
        " --name Platform",
        "teams create Platform --username simulator@example.com",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3d1",
        "organizations api-keys create --desc nightly --role ORG_READ_ONLY",
    ),
    (
        "access-lists delete 192.0.2.15 --api-key",
        "organizations api-keys access-lists create --api-key 5f0c2a9e1b3d4e0001a2b3d1 --ip 192.0.2.15",
    ),
    (
        "projects api-keys delete",
        "projects api-keys assign 5f0c2a9e1b3d4e0001a2b3d1 --role GROUP_READ_ONLY --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3e1",
        "teams create Platform --username simulator@example.com",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b501",
        "backups snapshots create shop-production --desc nightly --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b501",
        "backups snapshots watch 5f0c2a9e1b3d4e0001a2b501 --cluster-name shop-production --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b502",
        "backups snapshots create shop-production --desc nightly --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b502",
        "backups restores start download --cluster-name shop-production --snapshot-id 5f0c2a9e1b3d4e0001a2b502 \
         --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b601",
        "clusters sample-data load shop-staging --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b602",
        "clusters online-archives create --cluster-name shop-production --db shop --collection orders \
         --date-field placedAt --archive-after 90 --project Storefront --wait",
    ),
    (
        "online-archives start 5f0c2a9e1b3d4e0001a2b602",
        "clusters online-archives pause 5f0c2a9e1b3d4e0001a2b602 --cluster-name shop-production --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b603",
        "clusters search indexes create --cluster-name shop-production --file search.json --project Storefront",
    ),
    (
        "search nodes list",
        "clusters search nodes create --cluster-name shop-production --file nodes.json --project Storefront --wait",
    ),
    (
        "search nodes update",
        "clusters search nodes create --cluster-name shop-production --file nodes.json --project Storefront --wait",
    ),
    (
        "search nodes delete",
        "clusters search nodes create --cluster-name shop-production --file nodes.json --project Storefront --wait",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b604",
        "live-migrations create --cluster-name shop-production --migration-host agent.example.com \
         --source-cluster-name legacy --source-project-id 5f0c2a9e1b3d4e0001a2b3f1 --source-managed-authentication \
         --project Storefront --yes",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b605",
        "live-migrations validation create --cluster-name shop-production --migration-host agent.example.com \
         --source-cluster-name legacy --source-project-id 5f0c2a9e1b3d4e0001a2b3f1 --source-managed-authentication \
         --project Storefront",
    ),
    ("live-migrations link delete", "live-migrations link create"),
    (
        "compliance-policy describe",
        "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada \
         --authorized-user-last-name Lin --project Storefront --yes",
    ),
    (
        "compliance-policy copy-protection",
        "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada \
         --authorized-user-last-name Lin --project Storefront --yes",
    ),
    (
        "compliance-policy encryption-at-rest",
        "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada \
         --authorized-user-last-name Lin --project Storefront --yes",
    ),
    (
        "compliance-policy point-in-time",
        "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada \
         --authorized-user-last-name Lin --project Storefront --yes",
    ),
    (
        "compliance-policy policies",
        "backups compliance-policy enable --authorized-email ada@example.com --authorized-user-first-name Ada \
         --authorized-user-last-name Lin --project Storefront --yes",
    ),
    (
        "CN=reports",
        "dbusers create readAnyDatabase --username CN=reports --x509-type MANAGED --project Storefront",
    ),
    (
        "projects teams update",
        "projects teams add 5f0c2a9e1b3d4e0001a2b3e1 --role GROUP_READ_ONLY --project Storefront",
    ),
    (
        "projects teams delete",
        "projects teams add 5f0c2a9e1b3d4e0001a2b3e1 --role GROUP_READ_ONLY --project Storefront",
    ),
    (
        "auth logout --profile nightly",
        "profile create nightly --public-key zmmrboas --private-key-file key.txt --no-check",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f1",
        "security ldap verify --hostname ldap.example.com --bind-username cn=atlas,dc=example,dc=com \
         --bind-password env:APP_PASSWORD --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f2",
        "federated-authentication federation-settings describe",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f3",
        "federated-authentication federation-settings identity-provider create oidc Workloads \
         --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2 --idp-type WORKLOAD --audience atlas \
         --authorization-type GROUP --desc Programs --groups-claim groups --issuer-uri https://tokens.example.com \
         --user-claim sub",
    ),
    (
        "connected-org-configs disconnect",
        "federated-authentication federation-settings connected-org-configs connect \
         --identity-provider-id 5f0c2a9e1b3d4e0001a2b3f3 --federation-settings-id 5f0c2a9e1b3d4e0001a2b3f2",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f4",
        "organizations invitations invite invited@example.com --role ORG_MEMBER",
    ),
    (
        "--email invited@example.com",
        "organizations invitations invite invited@example.com --role ORG_MEMBER",
    ),
    (
        "mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
        "service-accounts create nightly --desc Reports --role ORG_READ_ONLY",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f6",
        "service-accounts secrets create mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
    ),
    (
        "service-accounts access-lists delete 192.0.2.15 --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
        "service-accounts access-lists create --ip 192.0.2.15 --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5",
    ),
    (
        "service-accounts projects list",
        "service-accounts assign mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f5 --role GROUP_READ_ONLY --project Storefront",
    ),
    (
        "mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7",
        "projects service-accounts create nightly --desc Reports --role GROUP_OWNER --project Storefront",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b3f8",
        "projects service-accounts secrets create mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --project Storefront",
    ),
    (
        "service-accounts access-lists delete 192.0.2.15 --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7",
        "projects service-accounts access-lists create --ip 192.0.2.15 \
         --client-id mdb_sa_id_5f0c2a9e1b3d4e0001a2b3f7 --project Storefront",
    ),
    (
        "security customer-certs describe",
        "security customer-certs create --cas-file ca.pem --project Storefront",
    ),
    (
        "integrations describe DATADOG",
        "integrations create datadog --api-key-file service-key.txt --project Storefront",
    ),
    (
        "integrations delete DATADOG",
        "integrations create datadog --api-key-file service-key.txt --project Storefront",
    ),
    (
        "maintenance-windows defer",
        "maintenance-windows update --day-of-week 7 --hour-of-day 3 --project Storefront",
    ),
    (
        "auth logout --profile nightly",
        "profile create nightly --public-key zmmrboas --private-key-file key.txt --no-check",
    ),
    (
        "teams users delete",
        "teams users add 668093e67beae3c80a5fa19d --team-id 5f0c2a9e1b3d4e0001a2b3e1",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b8a1",
        "invoices list --from 2026-08-01",
    ),
    (
        "5f0c2a9e1b3d4e0001a2b701",
        "alerts settings list --project Storefront",
    ),
    (
        " reports ",
        "data-federation create reports --region DUBLIN_IRL --project Storefront",
    ),
    (
        "access-logs list",
        "dbusers create readAnyDatabase --username reporting --password env:APP_PASSWORD --project Storefront",
    ),
    (
        " vpce-0a1b2c3d4e5f60718 ",
        "data-federation private-endpoints create vpce-0a1b2c3d4e5f60718 --project Storefront",
    ),
];
