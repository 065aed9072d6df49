//! Monthly invoices, computed from the running time of the existing clusters.
//!
//! Prices are those of one region. Invoices do not contain deleted clusters.

mod line_items;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::{Route, render_link};
use crate::state::clock::format_time;
use crate::state::{Record, State, derived_id};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[
    ("listOrgInvoices", list),
    ("listOrgInvoicePending", list_pending),
    ("getOrgInvoice", get),
    ("getOrgInvoiceCsv", get),
    ("searchOrgInvoiceLineItems", search),
    ("listOrgInvoiceReports", reports),
    ("createOrgInvoiceReport", reports),
    ("getOrgInvoiceReport", reports),
];

/// Maximum number of invoices.
const MAX_INVOICES: usize = 12;

fn collection_path(organization: &str) -> String {
    format!("/orgs/{organization}/invoices")
}

/// Updates the invoices and returns the context of a call.
fn prepare<'a>(state: &mut State, call: &'a Call) -> Result<Context<'a>, ApiError> {
    let organization = call.organization.as_str();
    if call.path("orgId") == organization {
        let invoices = list_months(state, call.now);
        let invoices = invoices.map(|month| build_invoice(state, organization, month, call.now));
        let invoices: Vec<_> = invoices.collect();
        *state.store.list_mut(&collection_path(organization)) = invoices;
    }
    Context::prepare(state, call)
}

/// Returns the first days of the months with an invoice, the latest first.
fn list_months(state: &State, now: Timestamp) -> impl Iterator<Item = Date> + use<> {
    let day = |moment| TimeZone::UTC.to_datetime(moment).date().first_of_month();
    let oldest = state.projects().iter().map(|project| project.created).min();
    let oldest = day(oldest.unwrap_or(now));
    let earlier = |month: &Date| month.yesterday().ok().map(Date::first_of_month);
    let months = std::iter::successors(Some(day(now)), earlier);
    months
        .take_while(move |month| *month >= oldest)
        .take(MAX_INVOICES)
}

/// Computes the invoice of a month.
fn build_invoice(state: &State, organization: &str, month: Date, now: Timestamp) -> Record {
    let start = midnight(month);
    let end = month.last_of_month().tomorrow().map_or(now, midnight);
    let lines = line_items::build_lines(state, start, end.min(now));
    let cents: i64 = lines
        .iter()
        .filter_map(|line| line["totalPriceCents"].as_i64())
        .sum();
    let is_pending = end > now;
    let status = match cents {
        _ if is_pending => "PENDING",
        0 => "FREE",
        _ => "PAID",
    };
    let id = derived_id(&format!("invoice {organization} {month}"));
    let paid = if status == "PAID" { cents } else { 0 };
    let payment = json!({
        "amountBilledCents": cents,
        "amountPaidCents": paid,
        "created": format_time(end),
        "currency": "USD",
        "id": derived_id(&format!("payment {id}")),
        "salesTaxCents": 0,
        "statusName": "PAID",
        "subtotalCents": cents,
        "updated": format_time(end),
    });
    let payments = Some(payment).filter(|_| paid > 0);
    let document = json!({
        "amountBilledCents": cents,
        "amountPaidCents": paid,
        "created": format_time(start),
        "creditsCents": 0,
        "endDate": format_time(end),
        "id": id,
        "lineItems": lines,
        "linkedInvoices": [],
        "orgId": organization,
        "payments": payments.into_iter().collect::<Value>(),
        "refunds": [],
        "salesTaxCents": 0,
        "startDate": format_time(start),
        "startingBalanceCents": 0,
        "statusName": status,
        "subtotalCents": cents,
        "updated": format_time(end.min(now)),
    });
    Record::new(id, document, start)
}

fn midnight(day: Date) -> Timestamp {
    let midnight = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0));
    midnight.unwrap_or(Timestamp::MAX)
}

/// `GET /orgs/{orgId}/invoices`
///
/// Lists the invoices without line items and payments.
pub(crate) fn list(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    prepare(state, call)?;
    let statuses = call.query.all("statusNames");
    let (from, to) = (call.query.get("fromDate"), call.query.get("toDate"));
    let invoices = state
        .store
        .list(&collection_path(&call.organization))
        .iter();
    let mut matches: Vec<_> = invoices
        .filter(|invoice| {
            (statuses.is_empty() || statuses.contains(&invoice.string("statusName")))
                && from.is_none_or(|from| invoice.string("startDate") >= from)
                && to.is_none_or(|to| invoice.string("endDate") <= to)
        })
        .collect();
    if call.query.get("orderBy") == Some("asc") {
        matches.reverse();
    }
    page::respond(call, &[], &matches, |invoice| {
        let mut document = add_links(invoice, call);
        if let Some(document) = document.as_object_mut() {
            for field in ["lineItems", "payments", "refunds"] {
                document.remove(field);
            }
        }
        document
    })
}

/// `GET /orgs/{orgId}/invoices/pending`
pub(crate) fn list_pending(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    prepare(state, call)?;
    let invoices = state
        .store
        .list(&collection_path(&call.organization))
        .iter();
    let pending_invoices: Vec<_> = invoices
        .filter(|invoice| invoice.string("statusName") == "PENDING")
        .collect();
    page::respond(call, &[], &pending_invoices, |invoice| {
        add_links(invoice, call)
    })
}

/// `GET /orgs/{orgId}/invoices/{invoiceId}`
///
/// Returns an invoice as JSON or as CSV.
pub(crate) fn get(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    prepare(state, call)?;
    let invoice = find(state, call)?;
    if call.suffix == "csv" {
        return Ok(ApiResponse::file(line_items::format_csv(
            &invoice.document["lineItems"],
        )));
    }
    Ok(ApiResponse::ok(add_links(invoice, call)))
}

/// `GET /orgs/{orgId}/invoices/{invoiceId}/lineItems:search`
pub(crate) fn search(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let invoice = find(state, call)?;
    let line_items = line_items::search(&invoice.document["lineItems"], &body);
    page::respond(call, &[], &line_items, Value::clone)
}

/// Operations below `/orgs/{orgId}/invoices/{invoiceId}/reports`
pub(crate) fn reports(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    prepare(state, call)?;
    generic::respond(state, call)
}

/// Returns the invoice of the path.
fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Record, ApiError> {
    let id = call.path("invoiceId");
    let invoice = state
        .store
        .find(&collection_path(&call.organization), &["id"], id);
    invoice.ok_or_else(|| ApiError::named_not_found("INVOICE", id))
}

fn add_links(invoice: &Record, call: &Call) -> Value {
    let mut document = invoice.document.clone();
    let path = format!(
        "/api/atlas/v2/orgs/{}/invoices/{}",
        call.path("orgId"),
        invoice.key
    );
    document["links"] = json!([render_link(call, &path, "self")]);
    document
}
