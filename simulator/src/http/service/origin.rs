//! The scheme and host of the links in responses.

use http::header::HOST;
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderMap, HeaderName};

use crate::http::requests::header_text;

const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Returns the origin of links: the public URL, or the scheme and host that the client used.
///
/// A proxy sends these as `X-Forwarded-Proto` and `X-Forwarded-Host`. `default_host` is for HTTP/1.0
/// requests without `Host`.
pub(super) fn origin(parts: &Parts, public_url: Option<&str>, default_host: &str) -> String {
    if let Some(url) = public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let headers = &parts.headers;
    let scheme = first_entry(headers, &FORWARDED_PROTO).unwrap_or("http");
    // In HTTP/2 the authority replaces `Host`.
    let authority = parts.uri.authority().map(Authority::as_str);
    let host = first_entry(headers, &FORWARDED_HOST)
        .or(authority)
        .or_else(|| header_text(headers, &HOST))
        .unwrap_or(default_host);
    format!("{scheme}://{host}")
}

/// Returns the first entry of a header; each proxy of a chain adds one.
fn first_entry<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let entry = header_text(headers, name)?.split(',').next()?.trim();
    (!entry.is_empty()).then_some(entry)
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn origin_of(headers: &[(&str, &str)], public_url: Option<&str>) -> String {
        let mut request = Request::builder().uri("/api/atlas/v2");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        origin(&parts, public_url, "127.0.0.1:27080")
    }

    #[test]
    fn forwarded_headers_override_the_host() {
        let host = ("host", "localhost:1");
        let forwarded = ("x-forwarded-host", "atlas.example, proxy.internal");

        assert_eq!(origin_of(&[host], None), "http://localhost:1");
        assert_eq!(
            origin_of(&[host, forwarded, ("x-forwarded-proto", "https")], None),
            "https://atlas.example"
        );
        assert_eq!(
            origin_of(&[host, ("x-forwarded-proto", "https")], None),
            "https://localhost:1"
        );
    }

    #[test]
    fn public_url_overrides_all_headers() {
        let forwarded = ("x-forwarded-host", "proxy.internal");
        let url = Some("https://atlas.example/base/");

        assert_eq!(origin_of(&[forwarded], url), "https://atlas.example/base");
    }

    #[test]
    fn request_without_a_host_uses_the_listening_address() {
        assert_eq!(origin_of(&[], None), "http://127.0.0.1:27080");
    }
}
