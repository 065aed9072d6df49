//! Compares operations by their rows in the table.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Kind, Subject};
use crate::operations::{Place, Row};

type Changes = BTreeSet<Change>;

/// Notes which operations and parameters came, went and changed.
pub(super) fn compare(old: &[Row], new: &[Row], changes: &mut Changes) {
    let (old, new) = (by_id(old), by_id(new));
    let gone: Vec<&Row> = missing(&old, &new);
    let mut came: Vec<&Row> = missing(&new, &old);
    for row in gone {
        let (kind, is) = match came.iter().position(|other| line(other) == line(row)) {
            Some(index) => (Kind::Renamed, format!("`{}`", came.swap_remove(index).id)),
            None => (Kind::Removed, String::new()),
        };
        note(changes, row, kind, line(row), is);
    }
    for row in came {
        note(changes, row, Kind::Added, String::new(), line(row));
    }
    for (id, row) in &new {
        if let Some(before) = old.get(id) {
            compare_rows(before, row, changes);
            compare_parameters(before, row, changes);
        }
    }
}

fn by_id(rows: &[Row]) -> BTreeMap<&str, &Row> {
    rows.iter().map(|row| (row.id.as_str(), row)).collect()
}

/// The rows of the first table whose ids the second lacks.
fn missing<'a>(rows: &BTreeMap<&str, &'a Row>, others: &BTreeMap<&str, &Row>) -> Vec<&'a Row> {
    let missing = rows.iter().filter(|(id, _)| !others.contains_key(*id));
    missing.map(|(_, row)| *row).collect()
}

/// Method and path, by which an operation is known when its id is another.
fn line(row: &Row) -> String {
    format!("`{} {}`", row.method, row.path)
}

/// Notes what is otherwise about an operation that both documents have.
fn compare_rows(old: &Row, new: &Row, changes: &mut Changes) {
    let newest = |row: &Row| row.versions.last().cloned().unwrap_or_default();
    let ((was, old_sunset), (is, new_sunset)) = (newest(old), newest(new));
    let mut unless_equal = |kind, was: String, is: String| {
        if was != is {
            note(changes, new, kind, was, is);
        }
    };
    if was == is {
        let day = |sunset: Option<String>| sunset.unwrap_or_else(|| "not announced".to_owned());
        unless_equal(Kind::Sunset, day(old_sunset), day(new_sunset));
    } else {
        unless_equal(Kind::ReVersioned, was, is);
    }
    let deprecated = |row: &Row| {
        if row.deprecated {
            "deprecated"
        } else {
            "in use"
        }
        .to_owned()
    };
    unless_equal(Kind::Deprecated, deprecated(old), deprecated(new));
    unless_equal(Kind::Changed, line(old), line(new));
    let tag = |row: &Row| format!("tag {}", row.tag);
    unless_equal(Kind::Changed, tag(old), tag(new));
    let paged = |row: &Row| if row.paged { "paged" } else { "not paged" }.to_owned();
    unless_equal(Kind::Changed, paged(old), paged(new));
    let roles = |row: &Row| match row.roles.as_slice() {
        [] => "no roles named".to_owned(),
        roles => format!("roles {}", roles.join(", ")),
    };
    unless_equal(Kind::Changed, roles(old), roles(new));
}

fn note(changes: &mut Changes, row: &Row, kind: Kind, was: String, is: String) {
    changes.insert(Change {
        subject: Subject::Operation,
        kind,
        name: row.id.clone(),
        was,
        is,
    });
}

/// Notes which parameters came, went or moved; their types are compared with the schemas.
fn compare_parameters(old: &Row, new: &Row, changes: &mut Changes) {
    let (before, after) = (described(old), described(new));
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    for name in names {
        let (was, is) = (before.get(name), after.get(name));
        let kind = match (was, is) {
            (Some(_), None) => Kind::Removed,
            (None, Some(_)) => Kind::Added,
            _ if was != is => Kind::Changed,
            _ => continue,
        };
        changes.insert(Change {
            subject: Subject::Parameter,
            kind,
            name: format!("{}({name})", new.id),
            was: was.cloned().unwrap_or_default(),
            is: is.cloned().unwrap_or_default(),
        });
    }
}

/// The parameters by name, each with its place and whether it must be given.
fn described(row: &Row) -> BTreeMap<&str, String> {
    let parameters = row.parameters.iter().map(|(name, place, required)| {
        let place = match place {
            Place::Path => "in the path",
            Place::Query => "in the query",
            Place::Header => "in a header",
        };
        let required = if *required { ", required" } else { "" };
        (name.as_str(), format!("{place}{required}"))
    });
    parameters.collect()
}
