//! Pagination: the requested items of a list and the links to its other pages.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call, Query};

/// Query parameters that are common to all operations.
pub(crate) const COMMON_PARAMETERS: [&str; 5] = [
    "envelope",
    "pretty",
    "includeCount",
    "itemsPerPage",
    "pageNum",
];

const DEFAULT_PAGE_SIZE: u64 = 100;
const MAX_PAGE_SIZE: u64 = 500;
/// The parameter that omits the total count.
const INCLUDE_COUNT: &str = "includeCount";
/// The characters that are escaped in a link: all except the unreserved characters of RFC 3986.
const RESERVED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A filter in page links, with its effective value.
pub(crate) type Filter<'a> = (&'a str, &'a str);

/// Returns the requested page of `items`. Renders only the items of that page.
pub(crate) fn respond<T>(
    call: &Call,
    filters: &[Filter<'_>],
    items: &[T],
    render: impl Fn(&T) -> Value,
) -> Result<ApiResponse, ApiError> {
    let page = Page::read(&call.query)?;
    let total = items.len() as u64;
    let source = call.page_faults.source(page.number);
    let start = source.number.saturating_sub(1).saturating_mul(page.size);
    let results: Vec<Value> = if source.is_empty {
        Vec::new()
    } else {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let size = usize::try_from(page.size).unwrap_or(usize::MAX);
        items.iter().skip(start).take(size).map(render).collect()
    };
    let consumed = if source.is_empty {
        start
    } else {
        start.saturating_add(page.size)
    };
    let has_next = consumed < total;

    let mut document = json!({ "links": page.links(call, filters, has_next) });
    document["results"] = Value::Array(results);
    if page.includes_count {
        document["totalCount"] = json!(total);
    }
    Ok(ApiResponse::page(document))
}

/// Rejects an invalid page number or page size.
pub(crate) fn check(query: &Query) -> Result<(), ApiError> {
    Page::read(query).map(drop)
}

/// The page that a query requests.
#[derive(Debug)]
struct Page {
    number: u64,
    size: u64,
    includes_count: bool,
}

impl Page {
    fn read(query: &Query) -> Result<Self, ApiError> {
        let size = number(query, "itemsPerPage", DEFAULT_PAGE_SIZE, 1)?;
        if size > MAX_PAGE_SIZE {
            return Err(ApiError::invalid_query_parameter("itemsPerPage"));
        }
        // Page 0 is page 1.
        let number = number(query, "pageNum", 1, 0)?.max(1);
        Ok(Self {
            number,
            size,
            includes_count: query.flag(INCLUDE_COUNT).unwrap_or(true),
        })
    }

    /// Returns the links in Atlas's order: self, previous, next.
    fn links(&self, call: &Call, filters: &[Filter<'_>], has_next: bool) -> Vec<Value> {
        let number = self.number;
        let size = self.size;
        let shared = self.shared_query(call, filters);
        let to = |number: u64| format!("{shared}itemsPerPage={size}&pageNum={number}");
        let current = format!("{shared}pageNum={number}&itemsPerPage={size}");

        let mut links = vec![link(call, None, &current, "self")];
        let other_host = call.page_faults.link_host.as_deref();
        if number > 1 {
            links.push(link(call, other_host, &to(number - 1), "previous"));
        }
        if has_next {
            links.push(link(call, other_host, &to(number + 1), "next"));
        }
        links
    }

    /// Returns the query parameters that all links have in common, sorted by name.
    fn shared_query(&self, call: &Call, filters: &[Filter<'_>]) -> String {
        let mut pairs = effective_filters(call);
        for (name, value) in filters {
            if !pairs.iter().any(|(known, _)| known == name) {
                pairs.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
        if has_parameter(call, INCLUDE_COUNT) {
            pairs.push((INCLUDE_COUNT.to_owned(), self.includes_count.to_string()));
        }
        pairs.sort_by(|(left, _), (right, _)| left.cmp(right));
        pairs.iter().fold(String::new(), |query, (name, value)| {
            query + name + "=" + &encode(value) + "&"
        })
    }
}

/// Returns `true` if a list supports a query parameter. Lists of the unversioned API support all of
/// them.
fn has_parameter(call: &Call, name: &str) -> bool {
    call.operation.is_none_or(|operation| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|parameter| parameter.is_query && parameter.name == name)
    })
}

/// Returns the filters of a query, with the defaults of boolean parameters.
fn effective_filters(call: &Call) -> Vec<(String, String)> {
    let parameters = call
        .operation
        .iter()
        .flat_map(|operation| &operation.parameters);
    let filters = parameters.filter(|parameter| {
        parameter.is_query && !COMMON_PARAMETERS.contains(&parameter.name.as_str())
    });
    filters
        .flat_map(|parameter| {
            let values = call.query.all(&parameter.name);
            let mut values: Vec<_> = values.into_iter().map(str::to_owned).collect();
            let default = parameter.schema.get("default").and_then(Value::as_bool);
            if values.is_empty() {
                values.extend(default.map(|default| default.to_string()));
            }
            values
                .into_iter()
                .map(|value| (parameter.name.clone(), value))
        })
        .collect()
}

fn link(call: &Call, host: Option<&str>, query: &str, relation: &str) -> Value {
    let origin = host.unwrap_or(&call.origin);
    json!({ "href": format!("{origin}{}?{query}", call.request_path), "rel": relation })
}

/// Parses a numeric query parameter of at least `minimum`.
fn number(query: &Query, name: &str, default: u64, minimum: u64) -> Result<u64, ApiError> {
    let Some(text) = query.get(name) else {
        return Ok(default);
    };
    text.parse()
        .ok()
        .filter(|number| (minimum..=u64::from(u32::MAX)).contains(number))
        .ok_or_else(|| ApiError::invalid_query_parameter(name))
}

/// Percent-encodes a query value.
fn encode(value: &str) -> String {
    utf8_percent_encode(value, &RESERVED).to_string()
}
