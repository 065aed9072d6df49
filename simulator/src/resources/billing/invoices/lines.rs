//! What is on an invoice: a line for each cluster that ran, and one for what it stores.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::state::clock::written;
use crate::state::{Cluster, Project, State};

/// Dollars an hour for three nodes of a size.
const PRICES: [(&str, f64); 12] = [
    ("M10", 0.08),
    ("M20", 0.20),
    ("M30", 0.54),
    ("M40", 1.04),
    ("M50", 2.00),
    ("M60", 3.95),
    ("M80", 7.30),
    ("M140", 10.99),
    ("M200", 14.59),
    ("M300", 21.85),
    ("M400", 22.40),
    ("M700", 33.26),
];
/// Dollars an hour for a flex cluster at its lowest rate.
const FLEX_PRICE: f64 = 0.011;
/// Dollars an hour for a gigabyte of disk, used or not.
const STORAGE_PRICE: f64 = 0.000_111;
const HOUR: f64 = 3600.0;

/// The lines for what ran within a time.
pub(super) fn of(state: &State, from: Timestamp, to: Timestamp) -> Vec<Value> {
    let projects = state.projects().iter();
    projects
        .flat_map(|project| of_project(project, from, to))
        .collect()
}

fn of_project(project: &Project, from: Timestamp, to: Timestamp) -> Vec<Value> {
    let clusters = project.clusters.iter();
    let dedicated = clusters.flat_map(|it| of_cluster(project, it, from, to));
    let flex = project.flex_clusters.iter().filter_map(|cluster| {
        let sku = format!("ATLAS_FLEX_{}", cluster.provider);
        let ran = (cluster.created.max(from), to);
        line(
            project,
            &cluster.name,
            &cluster.provider,
            &sku,
            ("server hours", 1.0, FLEX_PRICE),
            ran,
        )
    });
    dedicated.chain(flex).collect()
}

/// The servers until a pause, which ends what they cost, and the disks all the time.
fn of_cluster(project: &Project, cluster: &Cluster, from: Timestamp, to: Timestamp) -> Vec<Value> {
    let (Some((size, price)), Some(region)) = (price(cluster), cluster.first_region()) else {
        return Vec::new();
    };
    let start = cluster.created.max(from);
    let paused = cluster.lifecycle.paused_at().unwrap_or(to).min(to);
    let provider = &region.provider;
    let servers = format!("ATLAS_{provider}_INSTANCE_{size}");
    let disks = format!("ATLAS_{provider}_STORAGE_STANDARD");
    let costs = [
        (servers, ("server hours", 1.0, price), paused),
        (disks, ("GB hours", cluster.disk_size, STORAGE_PRICE), to),
    ];
    let costs = costs.into_iter();
    costs
        .filter_map(|(sku, cost, end)| {
            line(project, &cluster.name, provider, &sku, cost, (start, end))
        })
        .collect()
}

/// The size of a cluster that costs something, and dollars an hour for all of it.
#[expect(clippy::cast_precision_loss, reason = "clusters have few nodes")]
fn price(cluster: &Cluster) -> Option<(&str, f64)> {
    let size = cluster.first_region()?.instance_size();
    let bare = size
        .split('_')
        .next()
        .unwrap_or_default()
        .replacen('R', "M", 1);
    let (_, price) = PRICES.iter().find(|(it, _)| *it == bare)?;
    Some((size, price * cluster.node_count() as f64 / 3.0))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "amounts of a month are small"
)]
fn line(
    project: &Project,
    cluster: &str,
    provider: &str,
    sku: &str,
    (unit, amount, price): (&str, f64, f64),
    (start, end): (Timestamp, Timestamp),
) -> Option<Value> {
    let hours = (end.as_second() - start.as_second()) as f64 / HOUR;
    if hours <= 0.0 {
        return None;
    }
    let quantity = (hours * amount * 100.0).round() / 100.0;
    Some(json!({
        "cloudProvider": provider,
        "clusterName": cluster,
        "created": written(end),
        "discountCents": 0,
        "endDate": written(end),
        "groupId": project.id,
        "groupName": project.name,
        "quantity": quantity,
        "sku": sku,
        "startDate": written(start),
        "totalPriceCents": (quantity * price * 100.0).round() as i64,
        "unit": unit,
        "unitPriceDollars": price,
    }))
}

/// The lines a search asks for, in its form.
pub(super) fn search(lines: &Value, asked: &Value) -> Vec<Value> {
    let filters = &asked["filters"];
    let is_one_of = |field: &str, value: &Value| {
        let wanted = filters[field].as_array();
        wanted.is_none_or(|wanted| wanted.is_empty() || wanted.contains(value))
    };
    let day = |field: &str| filters[field].as_str();
    let lines = lines.as_array().into_iter().flatten();
    let mut found: Vec<&Value> = lines
        .filter(|line| {
            let used = line["startDate"].as_str().unwrap_or_default();
            is_one_of("groupIds", &line["groupId"])
                && day("usageStartDate").is_none_or(|from| used >= from)
                && day("usageEndDate").is_none_or(|to| used < to)
                && (filters["includeZeroCentLineItems"] == true || line["totalPriceCents"] != 0)
        })
        .collect();
    if asked["sortField"] == "TOTAL_PRICE_CENTS" {
        found.sort_by_key(|line| line["totalPriceCents"].as_i64());
    }
    if asked["sortOrder"] == "DESCENDING" {
        found.reverse();
    }
    let shown = found.into_iter().map(|line| {
        json!({
            "billDate": line["endDate"],
            "cloudProvider": line["cloudProvider"],
            "clusterName": line["clusterName"],
            "description": line["sku"],
            "groupId": line["groupId"],
            "quantity": line["quantity"],
            "totalPriceCents": line["totalPriceCents"],
            "unitPriceDollars": line["unitPriceDollars"],
            "usageDate": line["startDate"],
        })
    });
    shown.collect()
}

/// The lines as comma-separated values; names with commas are quoted.
pub(super) fn csv(lines: &Value) -> String {
    const COLUMNS: [&str; 8] = [
        "startDate",
        "endDate",
        "groupName",
        "clusterName",
        "sku",
        "quantity",
        "unitPriceDollars",
        "totalPriceCents",
    ];
    let lines = lines.as_array().into_iter().flatten();
    let rows = lines.map(|line| COLUMNS.map(|column| field(&line[column])).join(","));
    let rows = std::iter::once(COLUMNS.join(",")).chain(rows);
    rows.collect::<Vec<_>>().join("\n") + "\n"
}

fn field(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_commas_are_quoted() {
        let lines = json!([{ "groupName": "sensors, \"edge\"", "totalPriceCents": 12 }]);

        let text = csv(&lines);

        assert!(text.contains(r#","sensors, ""edge""","#), "{text}");
    }
}
