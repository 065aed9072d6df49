//! `invoices`: the invoices of an organization.

use mongodbatlas::operation;
use serde_json::Value;

use super::{logs, parts};
use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Example, Future, Input, Literal, Noun, Target, argument, column, flag,
            path, query,
        },
        steps::download::Destination,
    },
    error::CliError,
};

/// The command group `invoices`.
pub(crate) static NOUN: Noun = Noun::new("invoices", "Show the invoices of an organization")
    .aliases(&["invoice"])
    .commands(&[&LIST, &PENDING, &DESCRIBE, &DOWNLOAD]);

const INVOICE: Input =
    argument("invoice-id", path("invoiceId"), "Id of the invoice").value_name("INVOICE_ID");

/// Amounts are in US dollars.
const COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("STATUS", "statusName").state(),
    column("START", "startDate").day(),
    column("END", "endDate").day(),
    column("SUBTOTAL", "subtotalCents").cents(),
    column("CREDITS", "creditsCents").cents(),
    column("TAX", "salesTaxCents").cents(),
    column("BILLED", "amountBilledCents").cents(),
    column("PAID", "amountPaidCents").cents(),
];

/// The fields of the columns, for a command whose response is a list of invoices.
const FIELDS: &[&str] = &[
    "id",
    "statusName",
    "startDate",
    "endDate",
    "subtotalCents",
    "creditsCents",
    "salesTaxCents",
    "amountBilledCents",
    "amountPaidCents",
];

static LIST: Command = Command::list(
    operation::LIST_ORG_INVOICES,
    "List invoices, the newest first",
)
.details("Amounts in tables are in US dollars, those in JSON in cents.")
.flags(&[
    flag(
        "status",
        query("statusNames"),
        "Only invoices with one of these states",
    )
    .list()
    .choices(&[
        "PENDING", "CLOSED", "FORGIVEN", "FAILED", "PAID", "FREE", "PREPAID", "INVOICED",
    ]),
    flag("from", query("fromDate"), "First day, as 2026-01-31").parser(date),
    flag("to", query("toDate"), "Last day, as 2026-01-31").parser(date),
    flag(
        "no-linked",
        query("viewLinkedInvoices"),
        "Without the invoices of linked organizations",
    )
    .sends(Literal::Bool(false)),
    flag(
        "sort-by",
        query("sortBy"),
        "Date to sort by. Default: END_DATE",
    )
    .choices(&["START_DATE", "END_DATE"]),
    flag(
        "order",
        query("orderBy"),
        "Order of the dates. Default: desc",
    )
    .choices(&["asc", "desc"]),
])
.columns(COLUMNS)
.examples(&[
    Example {
        line: "invoices list",
        task: "List all invoices of the organization",
    },
    Example {
        line: "invoices list --status PAID --from 2026-01-01 -o csv",
        task: "Print the paid invoices of a year as CSV",
    },
]);

static PENDING: Command = Command::new(
    "pending",
    operation::LIST_ORG_INVOICE_PENDING,
    "Show the invoices of the current month",
)
.action("show the pending invoices")
.columns(COLUMNS)
.computed(FIELDS)
.run(parts::list_results)
.examples(&[Example {
    line: "invoices pending",
    task: "Show what this month costs so far",
}]);

static DESCRIBE: Command = Command::describe(operation::GET_ORG_INVOICE, "Show an invoice")
    .details("Amounts in tables are in US dollars. `-o json` has the line items, in cents.")
    .arguments(&[INVOICE])
    .columns(COLUMNS)
    .examples(&[
        Example {
            line: "invoices describe 5f0c2a9e1b3d4e0001a2b8a1",
            task: "Show the amounts of an invoice",
        },
        Example {
            line: "invoices describe 5f0c2a9e1b3d4e0001a2b8a1 --jq '[.lineItems[].totalPriceCents] | add'",
            task: "Add up the line items of an invoice, in cents",
        },
    ]);

static DOWNLOAD: Command = Command::new(
    "download",
    operation::GET_ORG_INVOICE_CSV,
    "Download the line items of an invoice as CSV",
)
.arguments(&[INVOICE])
.flags(&[
    flag(
        "out",
        Target::None,
        "File to write; `-` is standard output. Default: invoice-INVOICE_ID.csv",
    )
    .value_name("FILE"),
    logs::FORCE,
])
.run(download)
.examples(&[Example {
    line: "invoices download 5f0c2a9e1b3d4e0001a2b8a1 --out august.csv",
    task: "Download the line items of an invoice",
}]);

fn download<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let file = match (invocation.text("out"), invocation.text("invoice-id")) {
            (Some(file), _) => file.to_owned(),
            (None, id) => format!("invoice-{}.csv", id.unwrap_or_default()),
        };
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = invocation.request(operation::GET_ORG_INVOICE_CSV, scope)?;
        let destination = Destination {
            file: &file,
            is_decompressed: false,
        };
        invocation
            .download_file(
                &request,
                &destination,
                "Download of {invoice-id} completed.",
            )
            .await
    })
}

/// Parses a day.
fn date(text: &str) -> Result<Value, CliError> {
    match text.parse::<jiff::civil::Date>() {
        Ok(date) => Ok(date.to_string().into()),
        Err(_) => {
            Err(CliError::usage(format!("`{text}` is not a day")).with_hint("write `2026-01-31`"))
        }
    }
}
