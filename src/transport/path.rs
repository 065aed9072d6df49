//! Path parameters: encoding into one segment, and the check of the final path.

use std::fmt::Write as _;

use reqwest::{Request, Url};

use crate::error::{Error, ErrorKind, Result};
use crate::operations::Operation;

/// Percent-encodes a value for one segment of a path: all characters except letters, digits and `-._~`.
///
/// This includes the backslash, which URL parsers treat as a slash. Encoding cannot protect an empty
/// value, `.` and `..`; [`check`] rejects them.
pub(crate) fn encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // writing to a string cannot fail
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Rejects a request whose path does not match its operation: a path parameter is empty, `.` or `..`, and
/// the request would reach another operation.
pub(super) fn check(request: &Request, operation: &Operation) -> Result<()> {
    let template = operation.path.split('/');
    let path = request.url().path();
    if template.clone().count() == path.split('/').count()
        && template
            .zip(path.split('/'))
            .all(|(template, segment)| matches_segment(template, segment))
    {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::InvalidInput,
        format!("invalid path parameter for `{}`", operation.path),
    )
    .with_hint("an id or a name must not be empty, `.` or `..`")
    .with_request(request.method().as_str(), operation.path))
}

/// Returns the encoded value of a path parameter.
pub(super) fn parameter<'a>(url: &'a Url, operation: &Operation, name: &str) -> Option<&'a str> {
    let mut segments = operation.path.split('/');
    let index = segments.position(|segment| {
        let inner = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        inner == Some(name)
    })?;
    url.path().split('/').nth(index)
}

/// Returns `true` if a segment matches a segment of the template, which may contain a parameter and a
/// suffix, as in `{clusterName}:pinFeatureCompatibilityVersion`.
fn matches_segment(template: &str, segment: &str) -> bool {
    let Some((before, rest)) = template.split_once('{') else {
        return template == segment;
    };
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    segment
        .strip_prefix(before)
        .and_then(|value| value.strip_suffix(after))
        .is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reqwest::Method;

    use super::*;

    fn new_request(group: &str, cluster: &str) -> Request {
        let (group, cluster) = (encode(group), encode(cluster));
        let url = format!("https://h.example/api/atlas/v2/groups/{group}/clusters/{cluster}?a=b");
        Request::new(Method::GET, url.parse().unwrap())
    }

    fn get_cluster() -> &'static Operation {
        Operation::by_id("getGroupCluster").unwrap()
    }

    #[test]
    fn values_are_encoded_into_one_segment() {
        let cases = [
            ("demo-0", "demo-0"),
            ("../x", "..%2Fx"),
            (r"..\..\g\clusters\c", "..%5C..%5Cg%5Cclusters%5Cc"),
            ("%2f", "%252f"),
            ("%2e%2e", "%252e%252e"),
            ("a?b#c", "a%3Fb%23c"),
            ("é ;:@&=+$,", "%C3%A9%20%3B%3A%40%26%3D%2B%24%2C"),
            ("a\r\nHost: b\t\0", "a%0D%0AHost%3A%20b%09%00"),
            ("...", "..."),
        ];

        for (value, segment) in cases {
            assert_eq!(encode(value), segment);
            let request = new_request("g", value);
            assert_eq!(
                request.url().path(),
                format!("/api/atlas/v2/groups/g/clusters/{segment}")
            );
            check(&request, get_cluster()).unwrap();
        }
    }

    #[test]
    fn rejects_paths_of_other_operations() {
        for (group, cluster) in [
            ("g", ""),
            ("g", "."),
            ("g", ".."),
            ("", "c"),
            ("..", ".."),
            (".", "c"),
        ] {
            let error = check(&new_request(group, cluster), get_cluster()).unwrap_err();

            assert!(error.is_invalid_input());
            assert_eq!(
                error.to_string(),
                "GET /api/atlas/v2/groups/{groupId}/clusters/{clusterName}: invalid path \
                 parameter for `/api/atlas/v2/groups/{groupId}/clusters/{clusterName}`"
            );
        }
    }

    #[test]
    fn template_suffix_must_match() {
        assert!(matches_segment("{clusterName}:pin", "demo:pin"));
        assert!(!matches_segment("{clusterName}:pin", ":pin"));
        assert!(!matches_segment("{clusterName}:pin", "demo"));
        assert!(!matches_segment("clusters", "cluster"));
    }

    #[test]
    fn finds_parameter_by_name() {
        let request = new_request("g1", "c/1");
        let value = |name| parameter(request.url(), get_cluster(), name);

        assert_eq!(value("groupId"), Some("g1"));
        assert_eq!(value("clusterName"), Some("c%2F1"));
        assert_eq!(value("orgId"), None);
    }

    proptest! {
        #[test]
        fn encoded_values_never_change_the_route(
            group in r"[./\\%2eE?#@:\PC]{0,8}", cluster in r"(\.|/|\\|%2e|\PC){0,12}"
        ) {
            let request = new_request(&group, &cluster);
            if check(&request, get_cluster()).is_ok() {
                prop_assert_eq!(request.url().host_str(), Some("h.example"));
                prop_assert_eq!(request.url().query(), Some("a=b"));
                prop_assert_eq!(
                    request.url().path(),
                    format!("/api/atlas/v2/groups/{}/clusters/{}", encode(&group), encode(&cluster))
                );
            }
        }
    }
}
