//! `AtlasKey`: keys and their sources

use mongodbatlas::{AccessToken, ApiKey, Result, blocking, obfuscate};

use super::demo;

/// `AtlasKey(public_key, private_key)` → `ApiKey::new`
///
/// Malformed keys are rejected immediately instead of by a 401.
#[test]
fn atlas_key() -> Result<()> {
    let key = ApiKey::new("zmmrboas", "7ac3d6b1-52f0-4b8e-9a4e-0f5d5a3c2b1e")?;
    let atlas = blocking::Atlas::builder()
        .with_api_key(key)
        .build_blocking()?;
    drop(atlas);
    Ok(())
}

/// `AtlasKey.public_key` → `ApiKey::public_key`
#[test]
fn public_key() -> Result<()> {
    let key = ApiKey::new("zmmrboas", "7ac3d6b1")?;
    assert_eq!(key.public_key(), "zmmrboas");
    Ok(())
}

/// `AtlasKey.private_key` → –
///
/// The private key cannot be read back.
#[test]
fn private_key() -> Result<()> {
    let private_key = "7ac3d6b1-52f0";
    let key = ApiKey::new("zmmrboas", private_key)?;
    assert!(!format!("{key:?}").contains(private_key));
    Ok(())
}

/// `AtlasKey.getenv(name)` → `Builder::with_environment`
///
/// Python's message named the private key for both variables; the error now names the missing variable.
#[test]
fn getenv() {
    let variables = |name: &str| (name == "ATLAS_PUBLIC_KEY").then(|| "zmmrboas".to_owned());
    let builder = blocking::Atlas::builder().with_environment(variables);
    let error = builder.build_blocking().unwrap_err();
    assert!(error.to_string().contains("ATLAS_PRIVATE_KEY"), "{error}");
}

/// `AtlasKey.get_from_env()` → `Atlas::from_env`
///
/// `ATLAS_PUBLIC_KEY` and `ATLAS_PRIVATE_KEY`, or service accounts and profiles of the official CLI.
#[test]
fn get_from_env() {
    match blocking::Atlas::from_env() {
        Ok(atlas) => drop(atlas),
        Err(error) => assert!(error.is_configuration(), "{error}"),
    }
}

/// `AtlasKey.obfuscate(s, show, hide_char)` → `obfuscate`
///
/// Python printed a text that is not longer than `show` unmasked; it is masked now.
#[test]
fn obfuscated() {
    assert_eq!(obfuscate("ABCDEFGH", 4), "xxxxABCD");
    assert_eq!(obfuscate("abc", 4), "xxx");
}

/// `repr(AtlasKey)`, `str(AtlasKey)` → `Debug` of `ApiKey`
///
/// Python printed four characters of the private key; `Debug` prints none.
#[test]
fn printed() -> Result<()> {
    let key = ApiKey::new("ABCDEFGH", "1111-2222")?;
    assert_eq!(
        format!("{key:?}"),
        r#"ApiKey { public_key: "ABCDEFGH", private_key: [REDACTED] }"#
    );
    Ok(())
}

/// `AtlasEnv.ATLAS_PUBLIC_KEY`, `AtlasEnv.ATLAS_PRIVATE_KEY` → the same variables
#[test]
fn atlas_env() -> Result<()> {
    let variables = |name: &str| match name {
        "ATLAS_PUBLIC_KEY" => Some("zmmrboas".to_owned()),
        "ATLAS_PRIVATE_KEY" => Some("7ac3d6b1-52f0".to_owned()),
        _ => None,
    };
    let builder = blocking::Atlas::builder().with_environment(variables);
    drop(builder.build_blocking()?);
    Ok(())
}

/// `HTTPDigestAuth` → built in
///
/// The client reuses the challenge, so only its first request costs a 401. Access tokens are also supported.
#[test]
fn digest() -> Result<()> {
    let (simulator, atlas) = demo();

    atlas.this_organization()?;
    atlas.this_organization()?;
    assert_eq!(simulator.requests().len(), 3); // one of them is the 401 with the challenge

    let token = AccessToken::new("eyJhbGciOi")?;
    drop(
        blocking::Atlas::builder()
            .with_credentials(token)
            .build_blocking()?,
    );
    Ok(())
}
