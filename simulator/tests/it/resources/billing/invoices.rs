//! Invoices.

use std::time::Duration;

use crate::support::Atlas;

fn invoices_path(atlas: &Atlas) -> String {
    format!(
        "/api/atlas/v2/orgs/{}/invoices",
        atlas.simulator.organization_id()
    )
}

#[tokio::test]
async fn one_invoice_per_month_and_one_pending() {
    let atlas = Atlas::demo().await;
    let invoices = invoices_path(&atlas);

    let all_invoices = atlas.get(&invoices).await;
    let paid = atlas.get(&format!("{invoices}?statusNames=PAID")).await;
    let pending = atlas.get(&format!("{invoices}/pending")).await;

    assert_eq!(all_invoices.field("/totalCount"), 12);
    assert_eq!(all_invoices.field("/results/0/statusName"), "PENDING");
    assert_eq!(
        all_invoices.field("/results/0/startDate"),
        "2026-09-01T00:00:00Z"
    );
    assert!(all_invoices.field("/results/0").get("lineItems").is_none());
    assert_eq!(paid.field("/totalCount"), 11);
    assert_eq!(
        pending.field("/results/0/id"),
        all_invoices.field("/results/0/id")
    );
}

#[tokio::test]
async fn invoice_total_equals_line_items() {
    let atlas = Atlas::demo().await;
    let invoices = invoices_path(&atlas);
    let last = atlas.get(&invoices).await.field("/results/1/id");
    let last = format!("{invoices}/{}", last.as_str().unwrap());

    let invoice = atlas.get(&last).await;
    let result = atlas.get(&format!("{last}/lineItems:search")).await;
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
        .map(|line| line["totalPriceCents"].as_i64().unwrap())
        .sum();
    assert_eq!(invoice.field("/subtotalCents"), sum);
    assert!(sum > 0);
    assert_eq!(result.field("/totalCount"), lines.len());
    assert_eq!(csv.text.lines().count(), lines.len() + 1);
}

#[tokio::test]
async fn pending_invoice_grows_and_is_paid() {
    let atlas = Atlas::demo().await;
    let invoices = invoices_path(&atlas);
    let before = atlas.get(&invoices).await;

    atlas.simulator.advance(Duration::from_hours(24));
    let after = atlas.get(&invoices).await;
    atlas.simulator.advance(Duration::from_hours(30 * 24));
    let id = before.field("/results/0/id");
    let paid = atlas
        .get(&format!("{invoices}/{}", id.as_str().unwrap()))
        .await;

    let cents = |response: &crate::support::Response| response.field("/results/0/subtotalCents");
    assert!(cents(&after).as_i64() > cents(&before).as_i64());
    assert_eq!(paid.field("/statusName"), "PAID");
}

#[tokio::test]
async fn paused_cluster_costs_storage_only() {
    let atlas = Atlas::demo().await;
    let invoices = invoices_path(&atlas);
    let pending = atlas.get(&invoices).await.field("/results/0/id");
    let pending = format!("{invoices}/{}", pending.as_str().unwrap());

    let lines = atlas.get(&pending).await.field("/lineItems");

    // The invoice covers September, when `menu-archive` was paused.
    let skus = |name: &str| -> Vec<String> {
        let lines = lines.as_array().unwrap().iter();
        let cluster_lines = lines.filter(|line| line["clusterName"] == name);
        cluster_lines
            .map(|line| line["sku"].as_str().unwrap().to_owned())
            .collect()
    };
    let storage = "ATLAS_AWS_STORAGE_STANDARD";
    assert_eq!(skus("reservations"), ["ATLAS_AWS_INSTANCE_M10", storage]);
    assert_eq!(skus("menu-archive"), [storage]);
    assert_eq!(skus("playground"), Vec::<String>::new());
}
