//! Values in paths: encoded so that each stays one segment, and checked once more on the way out.

use std::fmt::Write as _;

use reqwest::{Request, Url};

use crate::error::{Error, ErrorKind, Result};
use crate::operations::Operation;

/// Percent-encodes a value for one segment of a path: everything but letters, digits and `-._~`.
///
/// A backslash counts as a slash to URL parsers, so it is among what is encoded. What no encoding can
/// protect, an empty value, `.` and `..`, is refused by [`check`].
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

/// Refuses a request whose path is not its operation's: one of the values was empty, `.` or `..`, and
/// the request would have gone to another operation.
pub(super) fn check(request: &Request, operation: &Operation) -> Result<()> {
    let template = operation.path.split('/');
    let path = request.url().path();
    if template.clone().count() == path.split('/').count()
        && template
            .zip(path.split('/'))
            .all(|(wanted, segment)| fits(wanted, segment))
    {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::InvalidInput,
        format!("a value does not fit into `{}`", operation.path),
    )
    .with_hint("an id or a name is empty, `.` or `..`, which would address something else")
    .with_request(request.method().as_str(), operation.path))
}

/// The value of a parameter of the path.
pub(super) fn parameter<'a>(url: &'a Url, operation: &Operation, name: &str) -> Option<&'a str> {
    let mut segments = operation.path.split('/');
    let index = segments.position(|wanted| {
        let inner = wanted
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        inner == Some(name)
    })?;
    url.path().split('/').nth(index)
}

/// Whether a segment can stand for this segment of a template, which may hold a parameter and a
/// fixed ending, as in `{clusterName}:pinFeatureCompatibilityVersion`.
fn fits(wanted: &str, segment: &str) -> bool {
    let Some((before, rest)) = wanted.split_once('{') else {
        return wanted == segment;
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

    fn request(group: &str, cluster: &str) -> Request {
        let (group, cluster) = (encode(group), encode(cluster));
        let url = format!("https://h.example/api/atlas/v2/groups/{group}/clusters/{cluster}?a=b");
        Request::new(Method::GET, url.parse().unwrap())
    }

    fn get_cluster() -> &'static Operation {
        Operation::by_id("getGroupCluster").unwrap()
    }

    #[test]
    fn values_stay_in_their_segment() {
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
            let request = request("g", value);
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
            let error = check(&request(group, cluster), get_cluster()).unwrap_err();

            assert!(error.is_invalid_input());
            assert_eq!(
                error.to_string(),
                "GET /api/atlas/v2/groups/{groupId}/clusters/{clusterName}: a value does not fit \
                 into `/api/atlas/v2/groups/{groupId}/clusters/{clusterName}`"
            );
        }
    }

    #[test]
    fn endings_belong_to_the_template() {
        assert!(fits("{clusterName}:pin", "demo:pin"));
        assert!(!fits("{clusterName}:pin", ":pin"));
        assert!(!fits("{clusterName}:pin", "demo"));
        assert!(!fits("clusters", "cluster"));
    }

    #[test]
    fn parameters_are_found_by_name() {
        let request = request("g1", "c/1");
        let value = |name| parameter(request.url(), get_cluster(), name);

        assert_eq!(value("groupId"), Some("g1"));
        assert_eq!(value("clusterName"), Some("c%2F1"));
        assert_eq!(value("orgId"), None);
    }

    proptest! {
        #[test]
        fn a_value_reaches_its_own_segment_or_nothing(
            group in r"[./\\%2eE?#@:\PC]{0,8}", cluster in r"(\.|/|\\|%2e|\PC){0,12}"
        ) {
            let request = request(&group, &cluster);
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
