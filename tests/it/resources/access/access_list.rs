//! The IP access list of a project, async and blocking.

use mongodbatlas::{AccessListEntryStatus, NewAccessListEntry};
use serde_json::json;

use crate::support::Local;

#[tokio::test]
async fn adds_lists_and_deletes_entry() {
    let local = Local::demo();
    let project = local.project();
    let office = NewAccessListEntry::new("203.0.113.0/24").with_comment("office");
    let expiry = "2026-09-01T16:00:00Z".parse().unwrap();
    let today = NewAccessListEntry::new("198.51.100.7").with_expiry(expiry);

    project.allow(&office).await.unwrap();
    let added = project.create_access_list_entries(&[&today]).await.unwrap();
    let listed = project.access_list().collect().await.unwrap();
    let entry = project.access_list_entry("203.0.113.0/24");
    let fetched = entry.get().await.unwrap();
    let status = entry.status().await.unwrap();
    fetched.handle().delete().await.unwrap();

    assert_eq!(
        (fetched.value(), fetched.comment()),
        ("203.0.113.0/24", "office")
    );
    let documented = [
        AccessListEntryStatus::Pending,
        AccessListEntryStatus::Active,
    ];
    assert!(documented.contains(&status.status()), "{status:?}");
    let today = added
        .iter()
        .find(|entry| entry.ip_address() == Some("198.51.100.7"));
    assert_eq!(today.unwrap().expires(), Some(expiry));
    assert!(listed.iter().any(|entry| entry.value() == "203.0.113.0/24"));
    assert!(entry.get().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn allow_rejects_invalid_address() {
    let local = Local::demo();
    let project = local.project();

    let error = project.allow(&NewAccessListEntry::new("office")).await;

    assert!(error.unwrap_err().is_bad_request());
}

#[test]
fn new_entry_serializes_value_by_kind() {
    let document = |value: &str| serde_json::to_value(NewAccessListEntry::new(value)).unwrap();

    assert_eq!(document("10.0.0.1"), json!({"ipAddress": "10.0.0.1"}));
    assert_eq!(document("10.0.0.0/8"), json!({"cidrBlock": "10.0.0.0/8"}));
    assert_eq!(document("2001:db8::7"), json!({"ipAddress": "2001:db8::7"}));
    assert_eq!(
        document("2001:db8::/32"),
        json!({"cidrBlock": "2001:db8::/32"})
    );
    assert_eq!(document("sg-0123"), json!({"awsSecurityGroup": "sg-0123"}));
    let group = "123456789012/sg-0123";
    assert_eq!(document(group), json!({"awsSecurityGroup": group}));
}

#[test]
fn blocking_adds_lists_and_deletes_entry() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());

    project
        .allow(&NewAccessListEntry::new("203.0.113.0/24"))
        .unwrap();
    let documents = json!([{"ipAddress": "198.51.100.7"}, {"ipAddress": "198.51.100.8"}]);
    let added = project.create_access_list_entries(&documents).unwrap();
    let entry = project.access_list_entry("203.0.113.0/24");
    let count = project.access_list().count();

    assert_eq!(entry.get().unwrap().cidr_block(), Some("203.0.113.0/24"));
    assert!(!entry.status().unwrap().status().as_str().is_empty());
    assert_eq!(added.len(), count);
    entry.delete().unwrap();
    assert_eq!(project.access_list().count(), count - 1);
}

#[tokio::test]
async fn entries_are_security_groups_and_ipv6_blocks() {
    let local = Local::demo();
    let project = local.project();

    for value in ["2001:db8::/32", "sg-0a1b2c3d4e5f6a7b8", "2001:db8::7/128"] {
        project
            .allow(&NewAccessListEntry::new(value))
            .await
            .unwrap();

        let entry = project.access_list_entry(value);
        let fetched = entry.get().await.unwrap();
        let status = entry.status().await.unwrap();
        entry.delete().await.unwrap();

        assert_eq!(fetched.value(), value);
        assert!(!status.status().as_str().is_empty(), "{value}");
        assert!(entry.get().await.unwrap_err().is_not_found(), "{value}");
    }
}
