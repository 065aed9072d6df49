//! Invoices, async and blocking.

use crate::support::Local;

#[tokio::test]
async fn invoices_are_listed_fetched_and_downloaded() {
    let local = Local::demo();
    let organization = local.atlas.organization(&local.organization_id());

    let listed = organization.invoices().collect().await.unwrap();
    let first = listed.first().expect("an invoice");
    let fetched = first.handle().get().await.unwrap();
    let pending = organization.pending_invoices().collect().await.unwrap();
    let mut csv = Vec::new();
    let bytes = first.handle().download_csv(&mut csv).await.unwrap();

    assert_eq!(fetched.id(), first.id());
    assert_eq!(fetched.status(), first.status());
    assert_eq!(fetched.amount_billed_cents(), first.amount_billed_cents());
    assert!(pending.iter().all(|invoice| !invoice.status().is_empty()));
    assert_eq!(bytes, csv.len() as u64);
    assert!(bytes > 0);
}

#[test]
fn the_blocking_twins_do_the_same() {
    let local = Local::demo();
    let organization = local.blocking().organization(&local.organization_id());

    let first = organization.invoices().next().unwrap().unwrap();
    let mut csv = Vec::new();

    assert_eq!(first.handle().get().unwrap().id(), first.id());
    assert!(
        organization
            .pending_invoices()
            .all(|invoice| invoice.is_ok())
    );
    assert!(first.handle().download_csv(&mut csv).unwrap() > 0);
}
