//! The maximum size of a JSON response.

use mongodbatlas::{Builder, Error};

use crate::support::builder_with;
use crate::support::raw_server::{RawServer, respond_with, response};
use crate::transport::faults::log_file;

const KIBIBYTE: usize = 1024;
const MEBIBYTE: usize = 1024 * KIBIBYTE;

/// Starts a server with a document of about `size` bytes.
async fn start_server(size: usize) -> RawServer {
    let body = format!(r#"{{"name":"demo","filler":"{}"}}"#, "x".repeat(size));
    RawServer::start(vec![respond_with(response(
        200,
        "content-type: application/json\r\n",
        &body,
    ))])
    .await
}

/// Returns a builder whose environment sets the maximum size in MiB.
fn builder(server: &RawServer, mebibytes: &str) -> Builder {
    builder_with(&[
        ("ATLAS_PUBLIC_KEY", "zmmrboas"),
        ("ATLAS_PRIVATE_KEY", "1111-2222"),
        ("ATLAS_BASE_URL", &server.url()),
        ("ATLAS_MAX_RESPONSE_MIB", mebibytes),
    ])
}

async fn get(builder: Builder) -> Result<(), Error> {
    let project = "32b6e34b3d91647abb20e7b8".parse().unwrap();
    let atlas = builder.build()?;
    atlas.cluster(&project, "demo").get().await.map(drop)
}

#[tokio::test]
async fn large_response_error_names_the_limit_and_the_alternatives() {
    let server = start_server(2 * KIBIBYTE).await;
    let limited = server.builder().with_max_response_size(1500);

    let error = get(limited).await.unwrap_err();

    assert!(error.is_invalid_response() && !error.is_retryable());
    assert!(
        error
            .to_string()
            .ends_with("the response exceeds the limit of 1500 bytes"),
        "{error}"
    );
    for part in [
        "`ATLAS_MAX_RESPONSE_MIB`",
        "with_max_response_size",
        "page by page",
        "CSV",
    ] {
        assert!(error.hint().unwrap().contains(part), "{error:?}");
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn environment_sets_the_limit() {
    let large = start_server(2 * MEBIBYTE).await;

    let error = get(builder(&large, "1")).await.unwrap_err();
    assert!(error.to_string().ends_with("the limit of 1 MiB"), "{error}");

    get(builder(&large, " 3 ")).await.unwrap();
    get(builder(&large, "1").with_max_response_size(3 * MEBIBYTE))
        .await
        .unwrap();
}

#[tokio::test]
async fn malformed_limit_is_a_configuration_error() {
    let server = start_server(1).await;
    for text in ["0", "-1", "64MB", "99999999999999999999"] {
        let error = get(builder(&server, text)).await.unwrap_err();

        assert!(error.is_configuration(), "{error:?}");
        assert!(error.to_string().contains(&format!("`{text}`")), "{error}");
        assert!(
            error.hint().unwrap().contains("ATLAS_MAX_RESPONSE_MIB"),
            "{error:?}"
        );
    }
    get(builder(&server, " ")).await.unwrap();
}

#[tokio::test]
async fn downloads_are_not_limited() {
    let server = start_server(4 * KIBIBYTE).await;
    let atlas = server.builder().with_max_response_size(10).build().unwrap();

    let download = log_file(&atlas).unwrap().download().await.unwrap();

    assert!(download.into_bytes().await.unwrap().len() > 4 * KIBIBYTE);
}
