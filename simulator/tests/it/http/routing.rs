//! Paths, methods, empty query parameters, links behind a proxy, and the private endpoints.

use atlas_simulator::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Atlas, LATEST, Response};

const GROUPS: &str = "/api/atlas/v2/groups";
const IP_INFO: &str = "/api/private/ipinfo";

async fn send(atlas: &Atlas, method: Method, path: &str) -> Response {
    atlas.call(method, path, LATEST, None).await
}

fn self_link(response: &Response) -> String {
    response.field("/links/0/href").as_str().unwrap().to_owned()
}

#[tokio::test]
async fn trailing_slash_is_ignored() {
    let atlas = Atlas::demo().await;
    let organization = format!("/api/atlas/v2/orgs/{}", atlas.simulator.organization_id());

    for path in [
        GROUPS,
        &organization,
        "/api/atlas/v2",
        "/api/atlas/v1.0/orgs",
    ] {
        let plain = atlas.get(path).await;
        let with_slash = atlas.get(&format!("{path}/")).await;
        assert_eq!((plain.status, with_slash.status), (200, 200), "{path}");
        assert_eq!(plain.json(), with_slash.json(), "{path}");
    }
}

#[tokio::test]
async fn head_has_the_headers_of_get_without_the_body() {
    let atlas = Atlas::demo().await;

    let get = atlas.get(GROUPS).await;
    let head = send(&atlas, Method::HEAD, GROUPS).await;
    let missing = send(&atlas, Method::HEAD, &format!("{GROUPS}/xyz")).await;

    assert_eq!((head.status, head.text.as_str()), (200, ""));
    for name in ["content-type", "content-length", "x-java-method", "vary"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    assert_eq!((missing.status, missing.text.as_str()), (404, ""));
    assert_eq!(missing.header("x-error-code"), "INVALID_GROUP_ID");
}

#[tokio::test]
async fn wrong_method_is_405_with_the_allowed_methods() {
    let atlas = Atlas::demo().await;

    for (method, path, allowed) in [
        (Method::PUT, GROUPS, "GET, POST, HEAD, OPTIONS"),
        (Method::TRACE, GROUPS, "GET, POST, HEAD, OPTIONS"),
        (
            Method::DELETE,
            "/api/atlas/v1.0/orgs",
            "GET, POST, HEAD, OPTIONS",
        ),
        (Method::POST, IP_INFO, "GET, HEAD"),
    ] {
        let response = send(&atlas, method, path).await;
        response.assert_error(405, "METHOD_NOT_ALLOWED");
        assert_eq!(response.header("allow"), allowed, "{path}");
    }
    let unknown = send(&atlas, Method::PUT, "/api/atlas/v2/nowhere").await;
    unknown.assert_error(404, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn options_lists_the_methods_of_a_path() {
    let atlas = Atlas::demo().await;

    let known_path = send(&atlas, Method::OPTIONS, GROUPS).await;
    let unknown_path = send(&atlas, Method::OPTIONS, "/api/atlas/v2/nowhere").await;

    assert_eq!((known_path.status, known_path.text.as_str()), (204, ""));
    assert_eq!(known_path.header("allow"), "GET, POST, HEAD, OPTIONS");
    assert_eq!(unknown_path.status, 404);
}

#[tokio::test]
async fn empty_query_parameters_count_as_missing() {
    let atlas = Atlas::demo().await;
    let organization = atlas.simulator.organization_id();
    let invites = format!("/api/atlas/v2/orgs/{organization}/invites");
    let invitation = json!({ "username": "ada@example.com", "roles": ["ORG_MEMBER"] });
    atlas.post(&invites, invitation).await;

    let project = json!({ "name": "fresh", "orgId": organization });
    let created = atlas
        .post(&format!("{GROUPS}?projectOwnerId="), project)
        .await;
    let invitations = atlas.get(&format!("{invites}?username=")).await;
    let page = atlas
        .get(&format!("{GROUPS}?itemsPerPage=&pageNum=&includeCount="))
        .await;

    assert_eq!(created.status, 201, "{created:?}");
    assert_eq!(invitations.field("/0/username"), "ada@example.com");
    assert_eq!(page.field("/totalCount"), 9);
}

#[tokio::test]
async fn links_follow_forwarded_headers_and_the_public_url() {
    let forwarded = [
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "atlas.example"),
    ];
    let atlas = Atlas::demo().await;
    let direct = atlas.get(GROUPS).await;
    let proxied = atlas.get_with_headers(GROUPS, &forwarded).await;
    let public = Options::new().with_public_url("https://public.example/");
    let public = Atlas::with(public).await;
    let fixed = public.get_with_headers(GROUPS, &forwarded).await;

    assert!(self_link(&direct).starts_with(&atlas.simulator.base_url()));
    let link = self_link(&proxied);
    assert!(
        link.starts_with("https://atlas.example/api/atlas/v2/groups?"),
        "{link}"
    );
    let project = proxied.field("/results/0/links/0/href");
    let project = project.as_str().unwrap().to_owned();
    assert!(project.starts_with("https://atlas.example/"), "{project}");
    let link = self_link(&fixed);
    assert!(
        link.starts_with("https://public.example/api/atlas/v2/groups?"),
        "{link}"
    );
}

#[tokio::test]
async fn ip_info_requires_credentials_and_default_version_does_not() {
    let atlas = Atlas::demo().await;
    let version = "/api/private/unauth/nds/defaultMongoDBMajorVersion";

    let address = atlas.get_as(IP_INFO, "application/json").await;
    let anonymous = atlas.send(Method::GET, IP_INFO, "*/*", None, None).await;
    let version = atlas.send(Method::GET, version, "*/*", None, None).await;

    assert_eq!(address.json(), json!({ "currentIpv4Address": "127.0.0.1" }));
    assert_eq!(address.header("content-type"), "application/json");
    assert_eq!(anonymous.unwrap().status, 401);
    let version = version.unwrap();
    assert_eq!((version.status, version.text.as_str()), (200, "8.0"));
}

#[tokio::test]
async fn times_in_a_query_need_no_zone() {
    let atlas = Atlas::demo().await;
    let project = atlas.project("Storefront");
    let processes = format!("{GROUPS}/{project}/processes");
    let process = atlas.get(&processes).await.field("/results/0/id");
    let path = format!("{processes}/{}/measurements", process.as_str().unwrap());
    let range = async |start: &str, end: &str| {
        let query = format!("granularity=PT1H&m=CONNECTIONS&start={start}&end={end}");
        let response = atlas.get(&format!("{path}?{query}")).await;
        assert_eq!(response.status, 200, "{start}: {}", response.text);
        (response.field("/start"), response.field("/end"))
    };
    let expected: (Value, Value) = (json!("2026-08-31T00:00:00Z"), json!("2026-09-01T00:00:00Z"));

    for (start, end) in [
        ("2026-08-31T00:00:00Z", "2026-09-01T00:00:00Z"),
        ("2026-08-31T00:00:00", "2026-09-01T00:00:00.000000"),
        ("2026-08-31", "2026-09-01"),
        ("2026-08-31T02:00:00+02:00", "2026-09-01T00:00:00%2B00:00"),
    ] {
        assert_eq!(range(start, end).await, expected, "{start}");
    }
}

#[tokio::test]
async fn binary_and_empty_responses_have_the_content_types_of_atlas() {
    let atlas = Atlas::demo().await;
    let project = format!("{GROUPS}/{}", atlas.project("Storefront"));
    let window = format!("{project}/maintenanceWindow");

    let updated = atlas
        .patch(&window, json!({ "dayOfWeek": 2, "hourOfDay": 4 }))
        .await;
    let reset = atlas.delete(&window).await;
    let archives = format!("{project}/clusters/shop-staging/onlineArchives");
    let logs = atlas
        .get_as(
            &format!("{archives}/queryLogs.gz"),
            "application/vnd.atlas.2023-01-01+gzip",
        )
        .await;

    for response in [&updated, &reset] {
        assert_eq!(response.text, "", "{response:?}");
        assert_eq!(response.header("content-type"), "");
    }
    assert_eq!(logs.status, 200);
    assert_eq!(logs.header("content-type"), "application/gzip");
}

#[tokio::test]
async fn unknown_value_in_a_path_is_rejected() {
    let atlas = Atlas::demo().await;
    let project = format!("{GROUPS}/{}", atlas.project("Storefront"));

    let provider = atlas
        .get(&format!("{project}/privateEndpoint/MOON/endpointService"))
        .await;
    let limit = atlas.get(&format!("{project}/limits/nope")).await;

    assert_eq!(
        provider.assert_error(400, "INVALID_PATH_PARAMETER"),
        "Invalid path parameter MOON specified."
    );
    limit.assert_error(404, "RESOURCE_NOT_FOUND");
}
