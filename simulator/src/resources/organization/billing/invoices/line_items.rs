//! Line items of invoices: servers and storage of each cluster.

use std::sync::LazyLock;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::schema::behaviour::{behaviour, parse};
use crate::state::clock::format_time;
use crate::state::{Cluster, Project, State};

static PRICES: LazyLock<Prices> = LazyLock::new(|| parse(behaviour!("prices.toml")));

/// Prices in dollars per hour.
#[derive(Default, Deserialize)]
struct Prices {
    flex: Vec<Price>,
    storage: Vec<Price>,
    instance: Vec<InstancePrice>,
}

#[derive(Deserialize)]
struct Price {
    price: f64,
}

/// Price of three nodes of an instance size.
#[derive(Deserialize)]
struct InstancePrice {
    size: String,
    price: f64,
}

/// Returns the price of the first entry, or 0 if the list is empty.
fn build_line(prices: &[Price]) -> f64 {
    prices.first().map_or(0.0, |price| price.price)
}

const HOUR: f64 = 3600.0;

/// Returns the line items of a period.
pub(super) fn build_lines(state: &State, from: Timestamp, to: Timestamp) -> Vec<Value> {
    let projects = state.projects().iter();
    projects
        .flat_map(|project| project_lines(project, from, to))
        .collect()
}

fn project_lines(project: &Project, from: Timestamp, to: Timestamp) -> Vec<Value> {
    let clusters = project.clusters.iter();
    let dedicated = clusters.flat_map(|cluster| cluster_lines(project, cluster, from, to));
    let flex = project.flex_clusters.iter().filter_map(|cluster| {
        let sku = format!("ATLAS_FLEX_{}", cluster.provider);
        let period = (cluster.created.max(from), to);
        line(
            project,
            &cluster.name,
            &cluster.provider,
            &sku,
            ("server hours", 1.0, build_line(&PRICES.flex)),
            period,
        )
    });
    dedicated.chain(flex).collect()
}

/// Returns the line items of a cluster: servers until a pause, and storage for the whole period.
fn cluster_lines(
    project: &Project,
    cluster: &Cluster,
    from: Timestamp,
    to: Timestamp,
) -> Vec<Value> {
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
        (
            disks,
            ("GB hours", cluster.disk_size, build_line(&PRICES.storage)),
            to,
        ),
    ];
    let costs = costs.into_iter();
    costs
        .filter_map(|(sku, cost, end)| {
            line(project, &cluster.name, provider, &sku, cost, (start, end))
        })
        .collect()
}

/// Returns the instance size of a cluster and its price in dollars per hour, or `None` if the
/// cluster is free.
#[expect(clippy::cast_precision_loss, reason = "clusters have few nodes")]
fn price(cluster: &Cluster) -> Option<(&str, f64)> {
    let size = cluster.first_region()?.instance_size();
    let general_size = size
        .split('_')
        .next()
        .unwrap_or_default()
        .replacen('R', "M", 1);
    let mut prices = PRICES.instance.iter();
    let price = prices.find(|price| price.size == general_size)?;
    Some((size, price.price * cluster.node_count() as f64 / 3.0))
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
        "created": format_time(end),
        "discountCents": 0,
        "endDate": format_time(end),
        "groupId": project.id,
        "groupName": project.name,
        "quantity": quantity,
        "sku": sku,
        "startDate": format_time(start),
        "totalPriceCents": (quantity * price * 100.0).round() as i64,
        "unit": unit,
        "unitPriceDollars": price,
    }))
}

/// Returns the line items that match a search request, in the format of search results.
pub(super) fn search(lines: &Value, request: &Value) -> Vec<Value> {
    let filters = &request["filters"];
    let is_one_of = |field: &str, value: &Value| {
        let allowed_values = filters[field].as_array();
        allowed_values.is_none_or(|allowed_values| {
            allowed_values.is_empty() || allowed_values.contains(value)
        })
    };
    let day = |field: &str| filters[field].as_str();
    let lines = lines.as_array().into_iter().flatten();
    let mut matches: Vec<&Value> = lines
        .filter(|line| {
            let used = line["startDate"].as_str().unwrap_or_default();
            is_one_of("groupIds", &line["groupId"])
                && day("usageStartDate").is_none_or(|from| used >= from)
                && day("usageEndDate").is_none_or(|to| used < to)
                && (filters["includeZeroCentLineItems"] == true || line["totalPriceCents"] != 0)
        })
        .collect();
    if request["sortField"] == "TOTAL_PRICE_CENTS" {
        matches.sort_by_key(|line| line["totalPriceCents"].as_i64());
    }
    if request["sortOrder"] == "DESCENDING" {
        matches.reverse();
    }
    let line_items = matches.into_iter().map(|line| {
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
    line_items.collect()
}

/// Formats line items as CSV. Values with commas are quoted.
pub(super) fn format_csv(lines: &Value) -> String {
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
    fn prices_name_instance_sizes_of_the_document() {
        let document_json = include_str!("../../../../../openapi/atlas-admin-v2.json");
        for price in &PRICES.instance {
            // Low-CPU sizes, such as `R700`, have the price of the general size.
            let low_cpu = price.size.replace('M', "R");
            let is_known = |size: &str| document_json.contains(&format!("\"{size}\""));
            assert!(
                is_known(&price.size) || is_known(&low_cpu),
                "{}",
                price.size
            );
        }
        assert!(build_line(&PRICES.flex) > build_line(&PRICES.storage));
    }

    #[test]
    fn csv_quotes_values_with_commas() {
        let lines = json!([{ "groupName": "sensors, \"edge\"", "totalPriceCents": 12 }]);

        let text = format_csv(&lines);

        assert!(text.contains(r#","sensors, ""edge""","#), "{text}");
    }
}
