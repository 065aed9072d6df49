//! Invoices, async and blocking.

use jiff::civil::Date;
use mongodbatlas::{InvoiceStatus, LineItemFilter};

use crate::support::Local;

#[tokio::test]
async fn lists_fetches_and_downloads_invoices() {
    let local = Local::demo();
    let organization = local.organization();

    let listed = organization.invoices().collect().await.unwrap();
    let first = listed.first().expect("an invoice");
    let fetched = first.handle().get().await.unwrap();
    let pending = organization.pending_invoices().collect().await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("invoice.csv");
    let csv = first.download_csv().await.unwrap().into_bytes().await;
    let bytes = first.download_csv_to(&file).await.unwrap();

    assert_eq!(fetched.id(), first.id());
    assert_eq!(fetched.status(), first.status());
    assert_eq!(fetched.amount_billed_cents(), first.amount_billed_cents());
    assert!(
        pending
            .iter()
            .all(|invoice| invoice.status() == InvoiceStatus::Pending)
    );
    let csv = csv.unwrap();
    assert!(csv.contains(&b','), "{csv:?}");
    assert_eq!(std::fs::read(&file).unwrap(), csv);
    assert_eq!(bytes, csv.len() as u64);
}

#[test]
fn blocking_lists_fetches_and_downloads_invoices() {
    let local = Local::demo();
    let organization = local.blocking().organization(&local.organization_id());

    let first = organization.invoices().next().unwrap().unwrap();
    let mut csv = Vec::new();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("invoice.csv");

    assert_eq!(first.handle().get().unwrap().id(), first.id());
    assert!(
        organization
            .pending_invoices()
            .all(|invoice| invoice.is_ok())
    );
    assert_eq!(first.download_csv(&mut csv).unwrap(), csv.len() as u64);
    assert_eq!(first.download_csv_to(&file).unwrap(), csv.len() as u64);
    assert_eq!(std::fs::read(&file).unwrap(), csv);
    let mut items = first.handle().line_items(&LineItemFilter::new());
    assert!(items.next().unwrap().unwrap().total_cents().is_some());
}

#[tokio::test]
async fn line_item_filter_selects_day_and_project() {
    let local = Local::demo();
    let organization = local.organization();
    let invoice = organization.invoices().try_next().await.unwrap().unwrap();
    let start: Date = invoice.start().unwrap().to_string()[..10].parse().unwrap();

    let all = invoice.handle().line_items(&LineItemFilter::new());
    let all = all.collect().await.unwrap();
    let earlier = LineItemFilter::new().until(start.yesterday().unwrap());
    let earlier = invoice
        .handle()
        .line_items(&earlier)
        .collect()
        .await
        .unwrap();
    let project_id = all[0].project_id().expect("a project");
    let project_items = LineItemFilter::new().since(start).with_project(&project_id);
    let project_items = invoice.handle().line_items(&project_items);
    let project_items = project_items.collect().await.unwrap();

    assert!(
        all.iter()
            .all(|item| item.total_cents().is_some() && item.used().is_some())
    );
    assert_eq!(earlier.len(), 0);
    assert!(!project_items.is_empty() && project_items.len() <= all.len());
    assert!(
        project_items
            .iter()
            .all(|item| item.project_id() == Some(project_id.clone()))
    );
}

#[tokio::test]
async fn line_item_filter_with_start_ends_today() {
    let local = Local::demo();
    let organization = local.organization();
    let invoice = organization.invoices().try_next().await.unwrap().unwrap();
    let filter = LineItemFilter::new().since("2026-09-01".parse().unwrap());

    let today = || jiff::Timestamp::now().to_string()[..10].to_owned();
    let before = today();
    invoice.line_items(&filter).collect().await.unwrap();
    let after = today();

    let requests = local.simulator.requests();
    let body = requests.last().unwrap().text();
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    let end = body["filters"]["usageEndDate"].as_str().unwrap();
    assert!(end == before || end == after, "{body}");
}
