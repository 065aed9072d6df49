//! Classification of responses.

use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::server::{Server, document, response};
use super::{REQUEST_PATH, call, get, new_transport, text};
use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind};
use crate::operations::ResponseKind;
use crate::transport::Received;

const HTML_PAGE: &str = "<html><head><title>Sign in</title></head></html>";

async fn json(response_text: String) -> Result<Received, Error> {
    call(
        &Server::always(response_text).await,
        Method::GET,
        ResponseKind::Json,
    )
    .await
}

#[tokio::test]
async fn returns_document_and_request_verbatim() {
    let received = json(response(200, "etag: 1\r\n", " {\"a\" : 1.0}\n"))
        .await
        .unwrap();

    assert_eq!(received.headers["etag"], "1");
    assert_eq!(
        (received.method.as_str(), received.path.as_str()),
        ("GET", REQUEST_PATH)
    );
    assert_eq!(received.status, 200);
    assert_eq!(received.bytes(), b" {\"a\" : 1.0}\n");
}

#[tokio::test]
async fn html_page_is_an_error() {
    let error = json(response(200, "content-type: text/html\r\n", HTML_PAGE))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(
        error.to_string(),
        format!("GET {REQUEST_PATH}: 200: expected JSON, got an HTML page: `Sign in`")
    );
    assert!(error.hint().unwrap().contains("proxy"));
}

#[tokio::test]
async fn empty_response_is_an_error() {
    let error = json(response(200, "", "")).await.unwrap_err();

    assert_eq!(
        error.to_string(),
        format!("GET {REQUEST_PATH}: 200: expected JSON, got an empty body")
    );
}

#[tokio::test]
async fn truncated_document_is_a_connection_error() {
    let response_text = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\nconnection: close\r\n\r\n{\"a\":";

    let error = json(response_text.to_owned()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
    assert!(error.to_string().contains("truncated"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn delete_ignores_body_but_rejects_html() {
    for response_text in [response(204, "", ""), response(202, "", "{}")] {
        let server = Server::always(response_text).await;
        let received = call(&server, Method::DELETE, ResponseKind::Empty)
            .await
            .unwrap();
        assert_eq!(text(received).await, "");
    }

    let server = Server::always(response(200, "", HTML_PAGE)).await;
    let error = call(&server, Method::DELETE, ResponseKind::Empty)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
}

#[tokio::test]
async fn download_streams_file_but_rejects_html() {
    let server = Server::always(response(200, "content-type: text/csv\r\n", "<a>,b")).await;
    let received = call(&server, Method::GET, ResponseKind::Bytes)
        .await
        .unwrap();
    assert_eq!(text(received).await, "<a>,b");

    let server = Server::always(response(200, "content-type: Text/HTML\r\n", HTML_PAGE)).await;
    let error = call(&server, Method::GET, ResponseKind::Bytes)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
}

#[tokio::test]
async fn error_of_atlas_names_its_request() {
    let body = r#"{"error" : 404, "errorCode" : "CLUSTER_NOT_FOUND", "parameters":null}"#;

    let error = json(response(404, "x-error-code: CLUSTER_NOT_FOUND\r\n", body))
        .await
        .unwrap_err();

    assert_eq!(error.status(), Some(404));
    assert_eq!(error.error_code(), Some("CLUSTER_NOT_FOUND"));
    assert_eq!(
        (error.method(), error.path()),
        (Some("GET"), Some(REQUEST_PATH))
    );
}

#[tokio::test]
async fn error_page_becomes_an_error_with_its_title() {
    let page = "<html><title>502 Bad Gateway</title>";

    let error = json(response(
        502,
        "content-type: text/html\r\nretry-after: 7\r\n",
        page,
    ))
    .await
    .unwrap_err();

    assert!(error.is_server_error());
    assert_eq!(error.error_code(), None);
    assert_eq!(error.detail(), Some("502 Bad Gateway"));
    assert_eq!(
        error.to_string(),
        format!("GET {REQUEST_PATH}: 502: an HTML page: `502 Bad Gateway`")
    );
    assert_eq!(error.retry_after().unwrap().as_secs(), 7);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let location = "location: https://evil.example/login?token=secret\r\n";
    let server = Server::always(response(302, location, "")).await;

    let error = call(&server, Method::GET, ResponseKind::Json)
        .await
        .unwrap_err();

    assert_eq!(
        error.to_string(),
        format!("GET {REQUEST_PATH}: 302: redirect to `evil.example` not followed")
    );
    assert!(error.hint().unwrap().contains("`https://evil.example`"));
    assert!(!format!("{error:?}").contains("secret"));
    assert_eq!(server.requests().len(), 1);
}

/// Returns the response to a request with this compressed body.
async fn get_compressed(packed: &'static [u8]) -> Result<Received, Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = BaseUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert_ne!(
            stream.read(&mut [0; 4096]).await.unwrap(),
            0,
            "the request is read first"
        );
        let length = packed.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(packed).await.unwrap();
        tokio::io::copy(&mut stream, &mut tokio::io::sink())
            .await
            .unwrap();
    });
    get(&new_transport(&base_url)).await
}

#[tokio::test]
async fn compressed_documents_are_decompressed() {
    let received = get_compressed(&[
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0,
    ])
    .await
    .unwrap();

    assert!(!received.headers.contains_key("content-encoding"));
    assert_eq!(received.bytes(), b"{}");
}

#[tokio::test]
async fn malformed_compression_is_an_invalid_response() {
    let error = get_compressed(b"{\"a\":1}").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{error:?}");
    assert!(error.to_string().contains("cannot decompress"), "{error}");
}

#[tokio::test]
async fn silent_server_times_out() {
    let first = AtomicBool::new(true);
    let server = Server::start(move |_| first.swap(false, Ordering::Relaxed).then(document)).await;
    let transport = new_transport(&server.base_url);
    get(&transport).await.unwrap();

    // the connection is open, so only the response can time out
    tokio::time::pause();
    let error = get(&transport).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
}

#[tokio::test]
async fn unreachable_host_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let base_url = BaseUrl::parse(&format!("http://{address}")).unwrap();

    let error = get(&new_transport(&base_url)).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
    assert_eq!(
        error.to_string(),
        format!("GET {REQUEST_PATH}: cannot reach `{address}`")
    );
    assert!(
        !format!("{error:?}").contains("b=1"),
        "the query may contain secrets"
    );
}

#[tokio::test]
async fn server_without_tls_has_its_own_kind() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = BaseUrl::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let response_text = b"HTTP/1.1 400 Bad Request\r\n\r\n";
        tokio::io::AsyncWriteExt::write_all(&mut stream, response_text)
            .await
            .unwrap();
        tokio::io::copy(&mut stream, &mut tokio::io::sink())
            .await
            .unwrap();
    });

    let error = get(&new_transport(&base_url)).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
}
