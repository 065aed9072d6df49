//! Spans, events and the redaction of secrets.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io;
use std::sync::Once;

use mongodbatlas::{Error, RetryPolicy};
use serde_json::json;
use tracing::Metadata;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry};

use crate::support::raw_server::{
    PRIVATE_KEY, RawServer, cluster, error_response, respond_with, response,
};
use crate::transport::faults;

/// The secret in all fixtures.
const SECRET: &str = "hunter2";

thread_local! {
    /// The log of this thread, while it is recorded.
    static LOG: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Records the log of this thread.
struct Log;

impl Log {
    /// Starts recording. All threads share one subscriber, because `tracing` caches the interest of
    /// subscribers for all threads.
    fn start() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let layer = tracing_subscriber::fmt::layer()
                .with_ansi(false)
                .with_span_events(FmtSpan::FULL)
                .with_writer(|| Writer)
                .with_filter(dynamic_filter_fn(is_recording));
            tracing_subscriber::registry().with(layer).init();
        });
        LOG.set(Some(Vec::new()));
    }

    fn end() -> String {
        String::from_utf8(LOG.take().unwrap_or_default()).unwrap()
    }
}

/// Returns `true` if this thread records its log.
fn is_recording(_: &Metadata<'_>, _: &Context<'_, Registry>) -> bool {
    LOG.with_borrow(Option::is_some)
}

struct Writer;

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.as_mut().map(|log| log.extend(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Asserts that a text contains no secret.
fn assert_no_secret(text: &str) {
    for secret in [
        SECRET,
        PRIVATE_KEY,
        &PRIVATE_KEY[..12],
        "response=",
        "cnonce=",
    ] {
        let line = text.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "`{secret}` in {line:?}");
    }
}

#[tokio::test]
async fn faults_log_no_secret() {
    Log::start();

    let errors = faults::run_all().await;

    let log = Log::end();
    assert!(
        log.contains("retry") && log.contains("response with body"),
        "the log is incomplete"
    );
    assert!(errors.len() > 40, "{}", errors.len());
    assert_no_secret(&log);
    for error in errors {
        assert_no_secret(&full_text(&error));
    }
}

/// Returns all text of an error, including its sources.
fn full_text(error: &Error) -> String {
    let mut output = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        write!(output, " {cause} {cause:?}").unwrap();
        source = cause.source();
    }
    output
}

#[tokio::test]
async fn secrets_in_bodies_headers_and_queries_are_redacted() {
    let with_secrets = response(
        200,
        &format!("set-cookie: {SECRET}\r\nx-token: {SECRET}\r\n"),
        &format!(
            r#"{{"name":"demo","privateKey":"{SECRET}","nested":[{{"clientSecret":"{SECRET}"}}],"password":{{"a":"{SECRET}"}}}}"#
        ),
    );
    let challenge = format!("www-authenticate: Digest realm=\"r\", nonce=\"{SECRET}\"\r\n");
    let challenge = error_response(401, &challenge, "UNEXPECTED_ERROR");
    let empty = response(200, "", r#"{"results":[]}"#);
    // a decoder quotes the value
    let invalid = response(200, "", &format!(r#"{{"results":"{SECRET}"}}"#));
    let script = [challenge, with_secrets, empty, invalid];
    let server = RawServer::start(script.into_iter().map(respond_with).collect()).await;
    let atlas = server
        .builder()
        .with_retries(RetryPolicy::none())
        .build()
        .unwrap();
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();
    Log::start();

    let document = json!({ "name": "demo", "password": SECRET, "tokens": [SECRET] });
    let cluster = atlas
        .project(&project)
        .create_cluster(&document)
        .await
        .unwrap();
    drop(atlas.api().list_rate_limits().name(SECRET).send().await);

    let log = Log::end();
    let clusters = atlas.project(&project).clusters().try_next().await;
    let undecodable = clusters.unwrap_err();
    assert!(log.contains(r#"\"password\":\"[REDACTED]\""#) && log.contains("name=[REDACTED]"));
    assert_no_secret(&log);
    assert_no_secret(&full_text(&undecodable));
    assert_no_secret(&format!("{:?} {atlas:?}", cluster.document()));
    assert!(
        cluster.document().as_str().contains(SECRET),
        "the caller receives the original document"
    );
}

#[tokio::test]
async fn secret_fields_of_the_document_are_redacted() {
    let document = format!(
        r#"{{"error":400,"errorCode":"INVALID_ATTRIBUTE","detail":"`{SECRET}{SECRET}` is no good.","parameters":["{SECRET}{SECRET}"]}}"#
    );
    let server = RawServer::start(vec![respond_with(response(400, "", &document))]).await;
    Log::start();

    let call = server.atlas().call("createGroupLogIntegration").unwrap();
    let call = call.with("groupId", "32b6e34b3d91647abb20e7b8");
    let header = json!({ "name": "x-api", "value": format!("{SECRET}{SECRET}") });
    let body = json!({ "type": "OTEL_LOG_EXPORT", "otelSuppliedHeaders": [header] });
    let error = call.with_body(body).send().await.unwrap_err();

    let log = Log::end();
    assert!(
        log.contains("OTEL_LOG_EXPORT") && log.contains(r#"\"value\":\"[REDACTED]\""#),
        "{log}"
    );
    assert_eq!(error.detail(), Some("`[REDACTED]` is no good."));
    assert_no_secret(&log);
    assert_no_secret(&full_text(&error));
}

#[tokio::test]
async fn call_is_a_span_with_opentelemetry_names() {
    let busy = error_response(429, "retry-after: 0\r\n", "RATE_LIMITED");
    let server = RawServer::start(vec![respond_with(busy), respond_with(cluster(false))]).await;
    Log::start();

    server.cluster().get().await.unwrap();

    let log = Log::end();
    for part in [
        "atlas.operation=\"getGroupCluster\"",
        "http.request.method=\"GET\"",
        "url.template=\"/api/atlas/v2/groups/{groupId}/clusters/{clusterName}\"",
        "server.address=\"127.0.0.1\"",
        "http.response.status_code=200",
        "http.request.resend_count=1",
        "retry",
        "reason=\"RATE_LIMITED\"",
    ] {
        assert!(log.contains(part), "{part}");
    }
}

#[tokio::test]
async fn warns_once_before_the_sunset_of_a_version() {
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * 30);
    let sunset = soon.strftime("%a, %-d %b %Y 00:00:00 GMT").to_string();
    let response = response(200, &format!("sunset: {sunset}\r\n"), "{\"name\":\"demo\"}");
    let server = RawServer::start(vec![respond_with(response)]).await;
    Log::start();

    let cluster = server.cluster();
    for _ in 0..3 {
        cluster.get().await.unwrap();
    }

    let log = Log::end();
    assert_eq!(log.matches("Atlas stops serving this version").count(), 1);
}

#[tokio::test]
async fn warns_of_a_response_in_another_version() {
    let unknown = error_response(406, "", "INVALID_VERSION_DATE");
    let server = RawServer::start(vec![respond_with(unknown), respond_with(cluster(false))]).await;
    Log::start();

    server.cluster().get().await.unwrap();

    let log = Log::end();
    assert!(
        log.contains("Atlas responded in another version"),
        "{}",
        log
    );
}
