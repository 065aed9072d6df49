//! Invoices, and who signed in to the databases.

use std::time::Duration;

use serde_json::json;

use crate::support::Atlas;

fn invoices(atlas: &Atlas) -> String {
    format!(
        "/api/atlas/v2/orgs/{}/invoices",
        atlas.simulator.organization_id()
    )
}

#[tokio::test]
async fn there_is_an_invoice_a_month_and_one_is_pending() {
    let atlas = Atlas::demo().await;
    let invoices = invoices(&atlas);

    let all = atlas.get(&invoices).await;
    let paid = atlas.get(&format!("{invoices}?statusNames=PAID")).await;
    let pending = atlas.get(&format!("{invoices}/pending")).await;

    assert_eq!(all.field("/totalCount"), 12);
    assert_eq!(all.field("/results/0/statusName"), "PENDING");
    assert_eq!(all.field("/results/0/startDate"), "2026-09-01T00:00:00Z");
    assert!(all.field("/results/0").get("lineItems").is_none());
    assert_eq!(paid.field("/totalCount"), 11);
    assert_eq!(pending.field("/results/0/id"), all.field("/results/0/id"));
}

#[tokio::test]
async fn an_invoice_adds_up() {
    let atlas = Atlas::demo().await;
    let invoices = invoices(&atlas);
    let last = atlas.get(&invoices).await.field("/results/1/id");
    let last = format!("{invoices}/{}", last.as_str().unwrap());

    let invoice = atlas.get(&last).await;
    let found = atlas.get(&format!("{last}/lineItems:search")).await;
    let csv = atlas
        .get_as(
            &format!("{last}/csv"),
            "application/vnd.atlas.2023-01-01+csv",
        )
        .await;

    let lines = invoice.field("/lineItems");
    let lines = lines.as_array().unwrap();
    let sum: i64 = lines
        .iter()
        .map(|it| it["totalPriceCents"].as_i64().unwrap())
        .sum();
    assert_eq!(invoice.field("/subtotalCents"), sum);
    assert!(sum > 0);
    assert_eq!(found.field("/totalCount"), lines.len());
    assert_eq!(csv.text.lines().count(), lines.len() + 1);
}

#[tokio::test]
async fn the_pending_invoice_grows_and_is_paid() {
    let atlas = Atlas::demo().await;
    let invoices = invoices(&atlas);
    let before = atlas.get(&invoices).await;

    atlas.simulator.advance(Duration::from_hours(24));
    let after = atlas.get(&invoices).await;
    atlas.simulator.advance(Duration::from_hours(30 * 24));
    let id = before.field("/results/0/id");
    let paid = atlas
        .get(&format!("{invoices}/{}", id.as_str().unwrap()))
        .await;

    let cents = |answer: &crate::support::Answer| answer.field("/results/0/subtotalCents");
    assert!(cents(&after).as_i64() > cents(&before).as_i64());
    assert_eq!(paid.field("/statusName"), "PAID");
}

#[tokio::test]
async fn database_users_sign_in_every_hour_and_fail_sometimes() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Älvsjö: sensors, edge");
    let group = format!("/api/atlas/v2/groups/{project}");
    let history = format!("{group}/dbAccessHistory/clusters/telemetry");
    let body = json!({
        "databaseName": "admin",
        "username": "reader",
        "password": "secret-enough",
        "roles": [{ "databaseName": "admin", "roleName": "read" }],
    });
    let empty = atlas.get(&history).await;
    atlas.post(&format!("{group}/databaseUsers"), body).await;
    atlas.simulator.advance(Duration::from_hours(12));

    let all = atlas.get(&history).await.field("/accessLogs");
    let failed = atlas.get(&format!("{history}?authResult=false")).await;
    let some = atlas.get(&format!("{history}?nLogs=3")).await;

    assert_eq!(empty.field("/accessLogs"), json!([]));
    assert_eq!(all.as_array().unwrap().len(), 12);
    assert_eq!(all[0]["username"], "reader");
    assert_eq!(failed.field("/accessLogs").as_array().unwrap().len(), 2);
    assert_eq!(some.field("/accessLogs").as_array().unwrap().len(), 3);
    let host = all[0]["hostname"].as_str().unwrap();
    let of_process = atlas
        .get(&format!("{group}/dbAccessHistory/processes/{host}"))
        .await;
    assert_eq!(of_process.field("/accessLogs"), all);
}

#[tokio::test]
async fn a_paused_cluster_costs_its_storage_alone() {
    let atlas = Atlas::demo().await;
    let invoices = invoices(&atlas);
    let pending = atlas.get(&invoices).await.field("/results/0/id");
    let pending = format!("{invoices}/{}", pending.as_str().unwrap());

    let lines = atlas.get(&pending).await.field("/lineItems");

    // September began while one of them was paused.
    let skus = |name: &str| -> Vec<String> {
        let lines = lines.as_array().unwrap().iter();
        let of_cluster = lines.filter(|it| it["clusterName"] == name);
        of_cluster
            .map(|it| it["sku"].as_str().unwrap().to_owned())
            .collect()
    };
    let storage = "ATLAS_AWS_STORAGE_STANDARD";
    assert_eq!(skus("reservations"), ["ATLAS_AWS_INSTANCE_M10", storage]);
    assert_eq!(skus("menu-archive"), [storage]);
    assert_eq!(skus("playground"), Vec::<String>::new());
}
