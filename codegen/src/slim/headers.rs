//! Headers that the SDK's transport sets anyway.
//!
//! Progenitor has every call say which media type it takes and which version of the API it is for.
//! The transport knows both better, from the operations table, and would replace the one and remove
//! the other.

use std::borrow::Cow;

const VERSION: &str = "header_map.append(::reqwest::header::HeaderName::from_static(\"api-version\"), \
     ::reqwest::header::HeaderValue::from_static(super::Client::api_version()),);";
const MAP_OF_ONE: &str =
    "let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);";
const SENDING_MAP: &str = ".headers(header_map)";
const ACCEPT: &str = ".header(::reqwest::header::ACCEPT, ";
const ACCEPT_END: &str = ",),)";

/// Leaves them out of the calls, as [`print`](crate::print) writes them, a statement a line.
pub(crate) fn without_those_of_transport(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut has_map = true;
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        let is_version = |line: &str| line.trim() == VERSION;
        if is_version(line) {
            continue;
        }
        if line.trim() == MAP_OF_ONE && lines.next_if(|next| is_version(next)).is_some() {
            has_map = false;
            continue;
        }
        let mut line = without_accept(line);
        if !has_map && line.contains(SENDING_MAP) {
            line = line.replacen(SENDING_MAP, "", 1).into();
            has_map = true;
        }
        kept.push_str(&line);
        kept.push('\n');
    }
    kept
}

fn without_accept(line: &str) -> Cow<'_, str> {
    let without = line.split_once(ACCEPT).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(ACCEPT_END)?;
        Some(format!("{before}{after}").into())
    });
    without.unwrap_or_else(|| line.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_set_the_headers_of_their_own_parameters_alone() {
        let accept = r#".header(::reqwest::header::ACCEPT, ::reqwest::header::HeaderValue::from_static("application/json",),)"#;
        let two = MAP_OF_ONE.replace("1usize", "2usize");
        let own = "header_map.append(\"Use-Fields\", value);";

        let code = format!(
            "{MAP_OF_ONE}\n{VERSION}\nclient.get(url){accept}.headers(header_map).build()?;\n\
             {two}\n{own}\n{VERSION}\nclient.put(url){accept}.headers(header_map).build()?;\n\
             {MAP_OF_ONE}\n{VERSION}\nclient.get(file).headers(header_map).build()?;\n"
        );

        assert_eq!(
            without_those_of_transport(&code),
            format!(
                "client.get(url).build()?;\n\
                 {two}\n{own}\nclient.put(url).headers(header_map).build()?;\n\
                 client.get(file).build()?;\n"
            )
        );
    }
}
