//! The pipeline against a server on a loopback socket.

mod authorization;
mod responses;
mod retrying;
mod server;

use reqwest::{Method, Request};

use super::{Options, Received, RetryPolicy, Transport};
use crate::auth::ApiKey;
use crate::base_url::BaseUrl;
use crate::error::Result;
use crate::operations::{Operation, ResponseKind};
use server::{PRIVATE_KEY, PUBLIC_KEY, Server};

const REQUEST_PATH: &str = "/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8";

fn operation(kind: ResponseKind) -> Operation {
    Operation {
        id: "getExample",
        method_name: "get_example",
        method: "GET",
        path: "/api/atlas/v2/groups/{groupId}",
        tag: "Examples",
        versions: &[],
        accept: "application/vnd.atlas.2024-08-05+json",
        content_type: Some("application/vnd.atlas.2023-01-01+json"),
        success: 200,
        response_kind: kind,
        paged: false,
        roles: &[],
        parameters: &[],
        server_owned: &[],
        request_fields: &[],
        response_fields: &[],
        secrets: &["wrapped"],
        request: None,
        response: None,
        rate_limit: None,
    }
}

fn new_transport(base_url: &BaseUrl) -> Transport {
    let key = ApiKey::new(PUBLIC_KEY, PRIVATE_KEY).unwrap();
    Transport::new(base_url.clone(), key.into(), Some("test/1"), no_retries()).unwrap()
}

/// Returns options without retries.
fn no_retries() -> Options {
    Options {
        retries: RetryPolicy::none(),
        ..Options::default()
    }
}

fn new_request(base_url: &BaseUrl, method: Method) -> Request {
    Request::new(
        method,
        format!("{base_url}{REQUEST_PATH}?b=1&a=2").parse().unwrap(),
    )
}

async fn get(transport: &Transport) -> Result<Received> {
    let request = new_request(transport.base_url(), Method::GET);
    execute(transport, request, ResponseKind::Json).await
}

async fn call(server: &Server, method: Method, kind: ResponseKind) -> Result<Received> {
    let request = new_request(&server.base_url, method);
    execute(&new_transport(&server.base_url), request, kind).await
}

/// Returns the body of a response as text.
async fn text(received: Received) -> String {
    let mut stream = received.into_stream();
    let mut content = String::new();
    while let Some(chunk) = stream.try_next().await.unwrap() {
        content.push_str(std::str::from_utf8(&chunk).unwrap());
    }
    content
}

/// Returns the status of a response or an error.
fn status(result: &Result<Received>) -> u16 {
    match result {
        Ok(received) => received.status.as_u16(),
        Err(error) => error.status().expect("an error with a status"),
    }
}

async fn execute(transport: &Transport, request: Request, kind: ResponseKind) -> Result<Received> {
    Box::pin(transport.execute(request, &operation(kind), false)).await
}

#[test]
fn every_request_has_user_agent_accept_and_content_type() {
    let base_url = BaseUrl::default();
    let mut request = new_request(&base_url, Method::POST);
    *request.body_mut() = Some("{}".into());
    request
        .headers_mut()
        .insert("content-type", "application/json".parse().unwrap());

    new_transport(&base_url)
        .prepare(&mut request, &operation(ResponseKind::Json))
        .unwrap();

    let headers = request.headers();
    assert_eq!(
        headers["user-agent"],
        concat!("mongodbatlas/", env!("CARGO_PKG_VERSION"), " test/1")
    );
    assert_eq!(headers["accept"], "application/vnd.atlas.2024-08-05+json");
    assert_eq!(
        headers["content-type"],
        "application/vnd.atlas.2023-01-01+json"
    );
}

#[test]
fn request_without_body_has_no_content_type() {
    let base_url = BaseUrl::default();
    let mut request = new_request(&base_url, Method::GET);
    request
        .headers_mut()
        .insert("content-type", "application/json".parse().unwrap());

    new_transport(&base_url)
        .prepare(&mut request, &operation(ResponseKind::Json))
        .unwrap();

    assert!(!request.headers().contains_key("content-type"));
}

#[test]
fn rejects_unsendable_user_agent() {
    let key = ApiKey::new(PUBLIC_KEY, PRIVATE_KEY).unwrap();

    let error =
        Transport::new(BaseUrl::default(), key.into(), Some("a\nb"), no_retries()).unwrap_err();

    assert!(error.is_configuration());
}

#[test]
fn debug_output_omits_the_private_key() {
    let debug_output = format!("{:?}", new_transport(&BaseUrl::default()));

    assert!(
        debug_output.contains("https://cloud.mongodb.com"),
        "{debug_output}"
    );
    assert!(
        debug_output.contains(PUBLIC_KEY) && debug_output.contains("[REDACTED]"),
        "{debug_output}"
    );
    assert!(!debug_output.contains(PRIVATE_KEY), "{debug_output}");
}
