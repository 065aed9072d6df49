//! Compares the operations tables.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Kind, Subject};
use crate::operations::{Location, Row};

type Changes = BTreeSet<Change>;

/// Adds the changes of operations and parameters.
pub(super) fn compare(old: &[Row], new: &[Row], changes: &mut Changes) {
    let (old, new) = (index_by_id(old), index_by_id(new));
    let removed: Vec<&Row> = list_missing(&old, &new);
    let mut added: Vec<&Row> = list_missing(&new, &old);
    for row in removed {
        let renamed = added
            .iter()
            .position(|candidate| request_line(candidate) == request_line(row));
        let (kind, new_value) = match renamed {
            Some(index) => (Kind::Renamed, format!("`{}`", added.swap_remove(index).id)),
            None => (Kind::Removed, String::new()),
        };
        add_change(changes, row, kind, request_line(row), new_value);
    }
    for row in added {
        add_change(changes, row, Kind::Added, String::new(), request_line(row));
    }
    for (id, row) in &new {
        if let Some(before) = old.get(id) {
            compare_rows(before, row, changes);
            compare_parameters(before, row, changes);
        }
    }
}

fn index_by_id(rows: &[Row]) -> BTreeMap<&str, &Row> {
    rows.iter().map(|row| (row.id.as_str(), row)).collect()
}

/// Returns the rows whose ids the second table lacks.
fn list_missing<'a>(rows: &BTreeMap<&str, &'a Row>, others: &BTreeMap<&str, &Row>) -> Vec<&'a Row> {
    let missing = rows.iter().filter(|(id, _)| !others.contains_key(*id));
    missing.map(|(_, row)| *row).collect()
}

/// Returns method and path, which identify a renamed operation.
fn request_line(row: &Row) -> String {
    format!("`{} {}`", row.method, row.path)
}

/// Adds the changes of an operation that both documents contain.
fn compare_rows(old: &Row, new: &Row, changes: &mut Changes) {
    let newest = |row: &Row| row.versions.last().cloned().unwrap_or_default();
    let ((old_value, old_sunset), (new_value, new_sunset)) = (newest(old), newest(new));
    let mut compare = |kind, old_value: String, new_value: String| {
        if old_value != new_value {
            add_change(changes, new, kind, old_value, new_value);
        }
    };
    if old_value == new_value {
        let date = |sunset: Option<String>| sunset.unwrap_or_else(|| "not announced".to_owned());
        compare(Kind::Sunset, date(old_sunset), date(new_sunset));
    } else {
        compare(Kind::ReVersioned, old_value, new_value);
    }
    let deprecated = |row: &Row| {
        if row.deprecated {
            "deprecated"
        } else {
            "in use"
        }
        .to_owned()
    };
    compare(Kind::Deprecated, deprecated(old), deprecated(new));
    compare(Kind::Changed, request_line(old), request_line(new));
    let tag = |row: &Row| format!("tag {}", row.tag);
    compare(Kind::Changed, tag(old), tag(new));
    let paged = |row: &Row| if row.paged { "paged" } else { "not paged" }.to_owned();
    compare(Kind::Changed, paged(old), paged(new));
    let roles = |row: &Row| match row.roles.as_slice() {
        [] => "no roles".to_owned(),
        roles => format!("roles {}", roles.join(", ")),
    };
    compare(Kind::Changed, roles(old), roles(new));
}

fn add_change(changes: &mut Changes, row: &Row, kind: Kind, old_value: String, new_value: String) {
    changes.insert(Change {
        subject: Subject::Operation,
        kind,
        name: row.id.clone(),
        old_value,
        new_value,
    });
}

/// Adds the changes of parameters. Their types are compared with the schemas.
fn compare_parameters(old: &Row, new: &Row, changes: &mut Changes) {
    let (before, after) = (describe_parameters(old), describe_parameters(new));
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    for name in names {
        let (old_value, new_value) = (before.get(name), after.get(name));
        let kind = match (old_value, new_value) {
            (Some(_), None) => Kind::Removed,
            (None, Some(_)) => Kind::Added,
            _ if old_value != new_value => Kind::Changed,
            _ => continue,
        };
        changes.insert(Change {
            subject: Subject::Parameter,
            kind,
            name: format!("{}({name})", new.id),
            old_value: old_value.cloned().unwrap_or_default(),
            new_value: new_value.cloned().unwrap_or_default(),
        });
    }
}

/// Returns location and requirement of each parameter, by name.
fn describe_parameters(row: &Row) -> BTreeMap<&str, String> {
    let parameters = row.parameters.iter().map(|(name, location, required)| {
        let location = match location {
            Location::Path => "in the path",
            Location::Query => "in the query",
            Location::Header => "in a header",
        };
        let required = if *required { ", required" } else { "" };
        (name.as_str(), format!("{location}{required}"))
    });
    parameters.collect()
}
