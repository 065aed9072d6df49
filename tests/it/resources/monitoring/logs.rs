//! Downloads of logs, async and blocking.

use std::{
    fs,
    io::{self, Read, Write},
};

use atlas_simulator::Fault;
use flate2::read::GzDecoder;
use mongodbatlas::{LogName, LogRequest};

use crate::{
    support::{
        Local,
        raw_server::{RawServer, Step},
    },
    transport::faults::log_file,
};

/// Response headers of a log of 99 bytes.
const LOG_RESPONSE_HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.atlas.2023-02-01+gzip\r\n\
                    content-length: 99\r\n\r\n";

/// A gzip file without content.
const EMPTY_GZIP: &[u8] = &[
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

/// Returns a fault that responds to one log download.
fn log_response(body: impl Into<Vec<u8>>) -> Fault {
    let gzip = "application/vnd.atlas.2023-02-01+gzip";
    Fault::answer(200, gzip, body.into())
        .when_authorized()
        .times(1)
}

/// Returns the names of the files in a directory.
fn files(directory: &tempfile::TempDir) -> Vec<String> {
    let entries = fs::read_dir(directory.path()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
}

#[tokio::test]
async fn download_log_streams_gzip() {
    let local = Local::demo();
    let project = local.project();
    let process = project.processes().try_next().await.unwrap().unwrap();
    let log = LogRequest::new(process.hostname(), LogName::Mongod)
        .since("2026-09-01T07:00:00Z".parse().unwrap())
        .until("2026-09-01T08:00:00Z".parse().unwrap());

    let download = project.download_log(&log).await.unwrap();
    let bytes = download.into_bytes().await.unwrap();

    let mut log = String::new();
    GzDecoder::new(&bytes[..]).read_to_string(&mut log).unwrap();
    assert!(!log.is_empty());
    let requests = local.successes();
    let range = "startDate=1788246000&endDate=1788249600";
    assert!(
        requests.iter().any(|request| request.ends_with(range)),
        "{requests:?}"
    );
}

#[tokio::test]
async fn log_request_accepts_port_and_extension() {
    let local = Local::demo();
    let project = local.project();
    let process = project.processes().try_next().await.unwrap().unwrap();

    for (host, log) in [
        (process.hostname(), "mongodb"),
        (process.hostname(), "mongodb.gz"),
        (process.process_id(), "mongodb.gz"),
    ] {
        let download = project.download_log(&LogRequest::new(host, log)).await;
        download.unwrap().into_bytes().await.unwrap();
    }

    let path = format!("/clusters/{}/logs/mongodb.gz", process.hostname());
    let requests = local.successes();
    let downloads = requests.iter().filter(|request| request.ends_with(&path));
    assert_eq!(downloads.count(), 3, "{requests:?}");
}

#[tokio::test]
async fn since_without_until_ends_now() {
    let local = Local::demo();
    let project = local.project();
    let process = project.processes().try_next().await.unwrap().unwrap();
    let since = "2026-09-01T07:00:00Z".parse().unwrap();
    let log = LogRequest::new(process.hostname(), LogName::Mongod).since(since);

    let download = project.download_log(&log).await.unwrap();
    download.into_bytes().await.unwrap();

    let requests = local.successes();
    let range = "startDate=1788246000&endDate=";
    assert!(
        requests.iter().any(|request| request.contains(range)),
        "{requests:?}"
    );
}

#[tokio::test]
async fn until_without_since_starts_a_day_earlier() {
    let local = Local::demo();
    let project = local.project();
    let process = project.processes().try_next().await.unwrap().unwrap();
    let until = "2026-09-01T07:00:00Z".parse().unwrap();
    let log = LogRequest::new(process.hostname(), LogName::Mongod).until(until);

    let download = project.download_log(&log).await.unwrap();
    download.into_bytes().await.unwrap();

    let requests = local.successes();
    let range = "startDate=1788159600&endDate=1788246000";
    assert!(
        requests.iter().any(|request| request.contains(range)),
        "{requests:?}"
    );
}

#[tokio::test]
async fn download_replaces_file_when_complete() {
    let local = Local::demo();
    let project = local.project();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("mongodb.gz");
    fs::write(&file, "previous log").unwrap();
    local.simulator.inject(log_response("next log"));

    let bytes = project
        .download_log_to(&LogRequest::new("host.example", "mongodb"), &file)
        .await
        .unwrap();

    assert_eq!(bytes, 8);
    assert_eq!(fs::read(&file).unwrap(), b"next log");
    assert_eq!(files(&directory), ["mongodb.gz"]);
}

#[tokio::test]
async fn broken_download_leaves_existing_file() {
    let broken = vec![
        Step::Read,
        Step::Write(format!("{LOG_RESPONSE_HEAD}half").into()),
        Step::Deliver,
        Step::Reset,
    ];
    let server = RawServer::start(vec![broken]).await;
    let call = log_file(&server.atlas()).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("mongodb.gz");
    fs::write(&file, "previous log").unwrap();

    let error = call.download_to(&file).await.unwrap_err();

    assert!(error.is_connection(), "{error}");
    assert!(
        error.to_string().ends_with("(after 4 of 99 bytes)"),
        "{error}"
    );
    assert_eq!(fs::read(&file).unwrap(), b"previous log");
    assert_eq!(files(&directory), ["mongodb.gz"]);
}

#[tokio::test]
async fn empty_log_writes_no_file() {
    let local = Local::demo();
    let project = local.project();
    let directory = tempfile::tempdir().unwrap();
    let log = LogRequest::new("host.example", "mongodb");

    for body in [&[][..], EMPTY_GZIP] {
        local.simulator.inject(log_response(body));
        let file = directory.path().join("mongodb.gz");
        let bytes = project.download_log_to(&log, &file).await.unwrap();
        assert_eq!(bytes, 0);
    }

    assert!(files(&directory).is_empty());
}

#[tokio::test]
async fn error_document_with_status_200_is_error() {
    let local = Local::demo();
    let project = local.project();
    let directory = tempfile::tempdir().unwrap();
    let document = r#"{"error": 404, "errorCode": "HOST_NOT_FOUND", "detail": "No such host."}"#;
    local.simulator.inject(log_response(document));

    let log = LogRequest::new("host.example", "mongodb");
    let file = directory.path().join("mongodb.gz");
    let error = project.download_log_to(&log, &file).await.unwrap_err();

    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.error_code(), Some("HOST_NOT_FOUND"));
    assert_eq!(error.method(), Some("GET"));
    assert!(files(&directory).is_empty());
}

#[tokio::test]
async fn unwritable_file_is_reported_with_its_path() {
    let local = Local::demo();
    let project = local.project();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("missing").join("mongodb.gz");
    local.simulator.inject(log_response("log"));

    let log = LogRequest::new("host.example", "mongodb");
    let error = project.download_log_to(&log, &file).await.unwrap_err();

    assert!(error.is_invalid_input() && error.hint().is_some());
    assert_eq!(
        error.to_string(),
        format!("cannot write `{}`", file.display())
    );
}

/// A writer that fails as on a full disk.
struct FullDisk;

impl Write for FullDisk {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn blocking_download_log_reports_failing_writer() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());
    local.simulator.inject(log_response("log"));

    let log = LogRequest::new("host.example", "mongodb");
    let error = project.download_log(&log, &mut FullDisk, |_| {});

    let error = error.unwrap_err().to_string();
    assert_eq!(error, "cannot write the response body (after 0 bytes)");
}

#[test]
fn blocking_download_log_writes_to_writer_and_file() {
    let local = Local::demo();
    let project = local.blocking().project(&local.first_project());
    let process = project.processes().next().unwrap().unwrap();
    let log = LogRequest::new(process.hostname(), LogName::Mongod)
        .since("2026-09-01T07:00:00Z".parse().unwrap())
        .until("2026-09-01T08:00:00Z".parse().unwrap());
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("mongodb.gz");

    let (mut body, mut progress) = (Vec::new(), Vec::new());
    let bytes = project.download_log(&log, &mut body, |total| progress.push(total));
    let file_bytes = project.download_log_to(&log, &file).unwrap();

    assert_eq!(bytes.unwrap(), body.len() as u64);
    assert_eq!(progress.last(), Some(&(body.len() as u64)));
    assert!(progress.is_sorted());
    assert_eq!(fs::read(&file).unwrap().len() as u64, file_bytes);
}
