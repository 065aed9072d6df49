//! Paging: which items of a list a query asks for, and the links to its other pages.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{Call, Query, Reply};

/// Parameters every operation has and other modules read.
pub(crate) const COMMON: [&str; 5] = [
    "envelope",
    "pretty",
    "includeCount",
    "itemsPerPage",
    "pageNum",
];

const DEFAULT_ITEMS: u64 = 100;
const MAXIMUM_ITEMS: u64 = 500;
/// The parameter that leaves the total out.
const COUNT: &str = "includeCount";
/// What is escaped in a link: all that RFC 3986 does not call unreserved.
const RESERVED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A filter that takes part in the links, with the value in effect.
pub(crate) type Filter<'a> = (&'a str, &'a str);

/// Answers one page of `items`, rendering only those on it.
pub(crate) fn respond<T>(
    call: &Call,
    filters: &[Filter<'_>],
    items: &[T],
    render: impl Fn(&T) -> Value,
) -> Result<Reply, ApiError> {
    let page = Page::read(&call.query)?;
    let total = items.len() as u64;
    let cut = call.page_faults.cut(page.number);
    let start = cut.source.saturating_sub(1).saturating_mul(page.size);
    let results: Vec<Value> = if cut.is_empty {
        Vec::new()
    } else {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let size = usize::try_from(page.size).unwrap_or(usize::MAX);
        items.iter().skip(start).take(size).map(render).collect()
    };
    let consumed = if cut.is_empty {
        start
    } else {
        start.saturating_add(page.size)
    };
    let has_next = consumed < total;

    let mut document = json!({ "links": page.links(call, filters, has_next) });
    document["results"] = Value::Array(results);
    if page.counted {
        document["totalCount"] = json!(total);
    }
    Ok(Reply::page(document))
}

/// Refuses a query that asks for a page which there cannot be.
pub(crate) fn check(query: &Query) -> Result<(), ApiError> {
    Page::read(query).map(drop)
}

/// What a query asks for.
#[derive(Debug)]
struct Page {
    number: u64,
    size: u64,
    counted: bool,
}

impl Page {
    fn read(query: &Query) -> Result<Self, ApiError> {
        let size = number(query, "itemsPerPage", DEFAULT_ITEMS, 1)?;
        if size > MAXIMUM_ITEMS {
            return Err(ApiError::invalid_query_parameter("itemsPerPage"));
        }
        // The page before the first is the first.
        let number = number(query, "pageNum", 1, 0)?.max(1);
        Ok(Self {
            number,
            size,
            counted: query.flag(COUNT).unwrap_or(true),
        })
    }

    /// Links in the service's order: itself, the one before, the next one last.
    fn links(&self, call: &Call, filters: &[Filter<'_>], has_next: bool) -> Vec<Value> {
        let number = self.number;
        let size = self.size;
        let shared = self.shared_query(call, filters);
        let to = |number: u64| format!("{shared}itemsPerPage={size}&pageNum={number}");
        let own = format!("{shared}pageNum={number}&itemsPerPage={size}");

        let mut links = vec![link(call, None, &own, "self")];
        let other_host = call.page_faults.link_host.as_deref();
        if number > 1 {
            links.push(link(call, other_host, &to(number - 1), "previous"));
        }
        if has_next {
            links.push(link(call, other_host, &to(number + 1), "next"));
        }
        links
    }

    /// What all links repeat: the parameters in effect, by their names.
    fn shared_query(&self, call: &Call, filters: &[Filter<'_>]) -> String {
        let mut pairs = in_effect(call);
        for (name, value) in filters {
            if !pairs.iter().any(|(known, _)| known == name) {
                pairs.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
        if takes(call, COUNT) {
            pairs.push((COUNT.to_owned(), self.counted.to_string()));
        }
        pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        pairs.iter().fold(String::new(), |query, (name, value)| {
            query + name + "=" + &encoded(value) + "&"
        })
    }
}

/// Whether a list has a parameter; those of the old API have all that concern pages.
fn takes(call: &Call, name: &str) -> bool {
    let parameters = call.operation.map(|it| it.parameters.iter());
    parameters.is_none_or(|mut all| all.any(|it| it.is_query && it.name == name))
}

/// The filters of a query, and the switches that nobody set.
fn in_effect(call: &Call) -> Vec<(String, String)> {
    let parameters = call.operation.iter().flat_map(|it| &it.parameters);
    let filters = parameters.filter(|it| it.is_query && !COMMON.contains(&it.name.as_str()));
    filters
        .flat_map(|it| {
            let given = call.query.all(&it.name);
            let mut values: Vec<_> = given.into_iter().map(str::to_owned).collect();
            let switch = it.schema.get("default").and_then(Value::as_bool);
            if values.is_empty() {
                values.extend(switch.map(|it| it.to_string()));
            }
            values.into_iter().map(|value| (it.name.clone(), value))
        })
        .collect()
}

fn link(call: &Call, host: Option<&str>, query: &str, relation: &str) -> Value {
    let origin = host.unwrap_or(&call.origin);
    json!({ "href": format!("{origin}{}?{query}", call.request_path), "rel": relation })
}

/// A positive number of the query.
fn number(query: &Query, name: &str, default: u64, least: u64) -> Result<u64, ApiError> {
    let Some(text) = query.get(name) else {
        return Ok(default);
    };
    text.parse()
        .ok()
        .filter(|number| (least..=u64::from(u32::MAX)).contains(number))
        .ok_or_else(|| ApiError::invalid_query_parameter(name))
}

/// A query value with everything escaped that is not unreserved.
fn encoded(value: &str) -> String {
    utf8_percent_encode(value, &RESERVED).to_string()
}
