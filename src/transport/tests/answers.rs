//! What comes back, and what is made of it.

use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::server::{Server, answer, document};
use super::{PATH, call, get, text, transport};
use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind};
use crate::operations::Answer;
use crate::transport::Received;

const PAGE: &str = "<html><head><title>Sign in</title></head></html>";

async fn json(reply: String) -> Result<Received, Error> {
    call(&Server::always(reply).await, Method::GET, Answer::Json).await
}

#[tokio::test]
async fn returns_document_and_request_verbatim() {
    let received = json(answer(200, "etag: 1\r\n", " {\"a\" : 1.0}\n"))
        .await
        .unwrap();

    assert_eq!(received.headers["etag"], "1");
    assert_eq!(
        (received.method.as_str(), received.path.as_str()),
        ("GET", PATH)
    );
    assert_eq!(received.status, 200);
    assert_eq!(received.bytes(), b" {\"a\" : 1.0}\n");
}

#[tokio::test]
async fn a_page_is_no_success() {
    let error = json(answer(200, "content-type: text/html\r\n", PAGE))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
    assert_eq!(
        error.to_string(),
        format!("GET {PATH}: 200: an HTML page where JSON was expected: `Sign in`")
    );
    assert!(error.hint().unwrap().contains("proxy"));
}

#[tokio::test]
async fn nothing_is_no_document() {
    let error = json(answer(200, "", "")).await.unwrap_err();

    assert_eq!(
        error.to_string(),
        format!("GET {PATH}: 200: an empty answer where JSON was expected")
    );
}

#[tokio::test]
async fn half_a_document_is_none() {
    let reply = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\nconnection: close\r\n\r\n{\"a\":";

    let error = json(reply.to_owned()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
    assert!(error.to_string().contains("cut short"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn a_deletion_needs_no_body_but_believes_no_page() {
    for reply in [answer(204, "", ""), answer(202, "", "{}")] {
        let server = Server::always(reply).await;
        let answer = call(&server, Method::DELETE, Answer::Nothing)
            .await
            .unwrap();
        assert_eq!(text(answer).await, "");
    }

    let server = Server::always(answer(200, "", PAGE)).await;
    let error = call(&server, Method::DELETE, Answer::Nothing)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
}

#[tokio::test]
async fn a_file_is_passed_on_but_a_page_is_none() {
    let server = Server::always(answer(200, "content-type: text/csv\r\n", "<a>,b")).await;
    let answered = call(&server, Method::GET, Answer::Bytes).await.unwrap();
    assert_eq!(text(answered).await, "<a>,b");

    let server = Server::always(answer(200, "content-type: Text/HTML\r\n", PAGE)).await;
    let error = call(&server, Method::GET, Answer::Bytes).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidResponse);
}

#[tokio::test]
async fn error_of_atlas_names_its_request() {
    let body = r#"{"error" : 404, "errorCode" : "CLUSTER_NOT_FOUND", "parameters":null}"#;

    let error = json(answer(404, "x-error-code: CLUSTER_NOT_FOUND\r\n", body))
        .await
        .unwrap_err();

    assert_eq!(error.status(), Some(404));
    assert_eq!(error.error_code(), Some("CLUSTER_NOT_FOUND"));
    assert_eq!((error.method(), error.path()), (Some("GET"), Some(PATH)));
}

#[tokio::test]
async fn error_page_becomes_an_error_with_its_title() {
    let page = "<html><title>502 Bad Gateway</title>";

    let error = json(answer(
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
        format!("GET {PATH}: 502: an HTML page: `502 Bad Gateway`")
    );
    assert_eq!(error.retry_after().unwrap().as_secs(), 7);
}

#[tokio::test]
async fn redirects_are_named_and_not_followed() {
    let location = "location: https://evil.example/login?token=secret\r\n";
    let server = Server::always(answer(302, location, "")).await;

    let error = call(&server, Method::GET, Answer::Json).await.unwrap_err();

    assert_eq!(
        error.to_string(),
        format!("GET {PATH}: 302: a redirect to `evil.example`, which is never followed")
    );
    assert!(error.hint().unwrap().contains("`https://evil.example`"));
    assert!(!format!("{error:?}").contains("secret"));
    assert_eq!(server.seen().len(), 1);
}

/// Answers one request with these bytes, which are said to be compressed.
async fn compressed(packed: &'static [u8]) -> Result<Received, Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = BaseUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert_ne!(
            stream.read(&mut [0; 4096]).await.unwrap(),
            0,
            "a request comes first"
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
    get(&transport(&base_url)).await
}

#[tokio::test]
async fn compressed_documents_are_handed_on_unpacked() {
    let answer = compressed(&[
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0,
    ])
    .await
    .unwrap();

    assert!(!answer.headers.contains_key("content-encoding"));
    assert_eq!(answer.bytes(), b"{}");
}

#[tokio::test]
async fn malformed_compression_is_an_invalid_response() {
    let error = compressed(b"{\"a\":1}").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidResponse, "{error:?}");
    assert!(error.to_string().contains("cannot be read"), "{error}");
}

#[tokio::test]
async fn a_server_that_falls_silent_is_given_up() {
    let first = AtomicBool::new(true);
    let server = Server::start(move |_| first.swap(false, Ordering::Relaxed).then(document)).await;
    let transport = transport(&server.base_url);
    get(&transport).await.unwrap();

    // the connection stands, so nothing but the silence is left to wait for
    tokio::time::pause();
    let error = get(&transport).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
}

#[tokio::test]
async fn a_host_that_nobody_serves_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let base_url = BaseUrl::parse(&format!("http://{address}")).unwrap();

    let error = get(&transport(&base_url)).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Connection, "{error:?}");
    assert_eq!(
        error.to_string(),
        format!("GET {PATH}: cannot reach `{address}`")
    );
    assert!(
        !format!("{error:?}").contains("b=1"),
        "the query is nobody's business"
    );
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = BaseUrl::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let reply = b"HTTP/1.1 400 Bad Request\r\n\r\n";
        tokio::io::AsyncWriteExt::write_all(&mut stream, reply)
            .await
            .unwrap();
        tokio::io::copy(&mut stream, &mut tokio::io::sink())
            .await
            .unwrap();
    });

    let error = get(&transport(&base_url)).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
}
