//! Arguments cannot change the path or the headers of a request.

use mongodbatlas::Atlas;

use crate::support::raw_server::{RawServer, cluster, respond_with};

const PROJECT_ID: &str = "32b6e34b3d91647abb20e7b8";

/// Values with special characters, and their encoding in a path.
const ROUTE_CHANGING_VALUES: &[(&str, &str)] = &[
    ("../x", "..%2Fx"),
    ("../../..", "..%2F..%2F.."),
    (
        r"..\..\ffffffffffffffffffffffff\clusters\victim",
        "..%5C..%5Cffffffffffffffffffffffff%5Cclusters%5Cvictim",
    ),
    ("%2e%2e", "%252e%252e"),
    ("%2f..", "%252f.."),
    ("a/b", "a%2Fb"),
    ("a?b=c", "a%3Fb%3Dc"),
    ("a#b", "a%23b"),
    ("a&b;c", "a%26b%3Bc"),
    ("demo:pause", "demo%3Apause"),
    ("ünï", "%C3%BCn%C3%AF"),
    (
        "a\r\nX-Evil: 1\r\n\r\nGET /x HTTP/1.1",
        "a%0D%0AX-Evil%3A%201%0D%0A%0D%0AGET%20%2Fx%20HTTP%2F1.1",
    ),
    ("a\tb\0c", "a%09b%00c"),
];

async fn start_server() -> RawServer {
    RawServer::start(vec![respond_with(cluster(false))]).await
}

/// Sends requests with a value in the path.
async fn send_both(atlas: &Atlas, name: &str) -> [mongodbatlas::Result<()>; 2] {
    let handle = atlas.cluster(&PROJECT_ID.parse().unwrap(), name);
    [
        handle.get().await.map(drop),
        handle.resume().await.map(drop),
    ]
}

#[tokio::test]
async fn path_values_are_encoded() {
    for (value, encoded) in ROUTE_CHANGING_VALUES {
        let server = start_server().await;

        for result in send_both(&server.atlas(), value).await {
            result.unwrap();
        }

        let expected = format!("/api/atlas/v2/groups/{PROJECT_ID}/clusters/{encoded}");
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert!(
            requests.iter().all(|request| request.target() == expected),
            "{requests:?}"
        );
        assert!(
            requests
                .iter()
                .all(|request| !request.head.contains("X-Evil:"))
        );
    }
}

#[tokio::test]
async fn rejects_values_that_change_the_route() {
    for value in ["", ".", ".."] {
        let server = start_server().await;

        for result in send_both(&server.atlas(), value).await {
            let error = result.unwrap_err();
            assert!(
                error.is_invalid_input() && error.hint().is_some(),
                "{error:?}"
            );
        }

        assert!(server.requests().is_empty(), "{value:?}");
    }
}

#[tokio::test]
async fn query_values_are_encoded() {
    for value in ["a&pageNum=9", "a#b", "a\r\nX-Evil: 1", "é %26", "a+b"] {
        let server = start_server().await;

        let call = server.atlas();
        let call = call.api().list_rate_limits().name(value).send();
        drop(call.await);

        let request = server.requests().remove(0);
        let url = format!("http://h.example{}", request.target());
        let pairs: Vec<(String, String)> = url
            .parse::<reqwest::Url>()
            .unwrap()
            .query_pairs()
            .into_owned()
            .collect();
        assert_eq!(pairs, [("name".to_owned(), value.to_owned())]);
        assert!(!request.head.contains("X-Evil:"), "{}", request.head);
    }
}

#[tokio::test]
async fn rejects_unsendable_header_values() {
    let server = start_server().await;

    let error = server
        .builder()
        .with_user_agent("a\r\nX-Evil: 1")
        .build()
        .unwrap_err();

    assert!(error.is_configuration());
}

#[tokio::test]
async fn plain_http_requires_loopback_or_opt_in() {
    let server = start_server().await;
    let builder = || server.builder().with_base_url("http://192.0.2.1");

    assert!(builder().build().unwrap_err().is_configuration());
    builder().with_plain_http().build().unwrap();
}

#[test]
fn debug_output_of_created_key_omits_private_key() {
    let body = r#"{"publicKey": "zmmrboas", "privateKey": "7ac3d6b1-52f0"}"#;

    let key: mongodbatlas::api::types::ApiKeyUserDetails = serde_json::from_str(body).unwrap();

    assert!(!format!("{key:?} {key:#?}").contains("52f0"), "{key:?}");
    assert_eq!(key.private_key.unwrap().expose(), "7ac3d6b1-52f0");
}
