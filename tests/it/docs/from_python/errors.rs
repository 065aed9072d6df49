//! Errors

use mongodbatlas::{ErrorKind, Result, blocking};
use serde_json::json;

use super::demo;

/// `AtlasError` → `Error`
///
/// One type for all errors, with the request, the status, and Atlas's code and detail. A proxy's error page was a
/// `JSONDecodeError`; the error now contains its status and title.
#[test]
fn atlas_error() {
    let (_simulator, atlas) = demo();

    let unknown = "32b6e34b3d91647abb20e7b8".parse().unwrap();
    let error = atlas.project(&unknown).get().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(
        error
            .to_string()
            .starts_with("GET /api/atlas/v2/groups/32b6"),
        "{error}"
    );
}

/// `AtlasError.text` → `Error::detail`, `Error::error_code`, `Error::hint`
#[test]
fn text() {
    let (simulator, atlas) = demo();

    let project = simulator.projects()[0].0.parse().unwrap();
    let error = atlas.cluster(&project, "unknown").get().unwrap_err();
    assert_eq!(error.error_code(), Some("CLUSTER_NOT_FOUND"));
    assert!(error.detail().unwrap().contains("unknown"));
}

/// `AtlasAuthenticationError` → `Error::is_unauthorized`
///
/// Python never raised it.
#[test]
fn authentication_error() -> Result<()> {
    let (simulator, _) = demo();

    let wrong = mongodbatlas::ApiKey::new("zmmrboas", "7ac3d6b1-52f0")?;
    let builder = blocking::Atlas::builder().with_api_key(wrong);
    let atlas = builder
        .with_base_url(simulator.base_url())
        .build_blocking()?;
    assert!(atlas.this_organization().unwrap_err().is_unauthorized());
    Ok(())
}

/// `AtlasGetError`, `AtlasPostError`, `AtlasPatchError`, `AtlasDeleteError` → `Error::method`
#[test]
fn errors_by_method() {
    let (simulator, atlas) = demo();

    let project = simulator.projects()[0].0.parse().unwrap();
    let cluster = atlas.cluster(&project, "unknown");
    let method = |error: mongodbatlas::Error| error.method().unwrap().to_owned();
    assert_eq!(method(cluster.get().unwrap_err()), "GET");
    assert_eq!(
        method(cluster.update(&json!({"backupEnabled": true})).unwrap_err()),
        "PATCH"
    );
    assert_eq!(method(cluster.delete().unwrap_err()), "DELETE");
    let result = atlas
        .this_organization()
        .unwrap()
        .handle()
        .create_project("Storefront");
    assert_eq!(method(result.unwrap_err()), "POST");
}

/// `AtlasEnvironmentError` → `Error::is_configuration`
#[test]
fn environment_error() {
    let builder = blocking::Atlas::builder().with_environment(|_| None);
    assert!(builder.build_blocking().unwrap_err().is_configuration());
}

/// `AtlasInitialisationError` → `Error::is_configuration`, or no error
///
/// A page size outside of 1 to 500 is clamped.
#[test]
fn initialisation_error() {
    let (simulator, atlas) = demo();

    assert_eq!(
        atlas.projects().with_page_size(0).count(),
        simulator.projects().len()
    );
}
