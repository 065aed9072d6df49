//! Builds the HTTP client: timeouts, trusted certificates, redirects and the proxy.
//!
//! Encryption is rustls with the platform's roots. `connection/proxy.rs` chooses the proxy.

mod proxy;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::Certificate;
use reqwest::redirect::Policy;

use crate::base_url::BaseUrl;
use crate::error::{Error, ErrorKind, Result};
use proxy::Route;

/// The variable that names a file of certificates which are trusted besides the platform's.
const CA_FILE: &str = "ATLAS_CA_FILE";

/// The connection options.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The maximum time to establish a connection.
    pub(crate) connect_timeout: Duration,
    /// The maximum time without a byte from the server. A response as a whole has no limit:
    /// downloads of logs take as long as they take.
    pub(crate) idle_timeout: Duration,
    /// Certificates in PEM that are trusted besides the platform's.
    pub(crate) ca: Vec<Ca>,
    /// The proxy, or none.
    route: Route,
}

/// A source of certificates.
#[derive(Clone, Debug)]
pub(crate) enum Ca {
    File(PathBuf),
    Pem(Vec<u8>),
}

impl Settings {
    /// Adds the certificates and sets the proxy that the environment names for a base URL.
    ///
    /// # Errors
    ///
    /// Returns a configuration error if the address of the proxy is malformed.
    pub(crate) fn read_environment(
        &mut self,
        read: impl Fn(&str) -> Option<String>,
        base_url: &BaseUrl,
    ) -> Result<()> {
        let file = read(CA_FILE).filter(|file| !file.trim().is_empty());
        self.ca.extend(file.map(|file| Ca::File(file.into())));
        self.route = Route::from_environment(read, base_url)?;
        Ok(())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_mins(1),
            ca: Vec::new(),
            route: Route::Direct,
        }
    }
}

/// A client for this place.
pub(super) fn client(base_url: &BaseUrl, settings: &Settings) -> Result<reqwest::Client> {
    let mut trusted = Vec::new();
    for ca in &settings.ca {
        trusted.extend(certificates(ca)?);
    }
    let builder = reqwest::Client::builder()
        .connect_timeout(settings.connect_timeout)
        .read_timeout(settings.idle_timeout)
        .gzip(true)
        .https_only(base_url.is_encrypted())
        // a redirect could lead keys, or a changed method, anywhere
        .redirect(Policy::none())
        .referer(false);
    let builder = match (base_url.is_loopback(), base_url.is_encrypted()) {
        (false, _) => settings.route.apply(builder.tls_certs_merge(trusted))?,
        // a proxy runs on another machine, and this may be plain http
        (true, true) => builder.no_proxy().tls_certs_merge(trusted),
        // nothing is encrypted, and reading the platform's certificates takes longer than most answers
        (true, false) => builder.no_proxy().tls_certs_only(trusted),
    };
    builder.build().map_err(|source| {
        Error::new(
            ErrorKind::Tls,
            "this machine cannot make encrypted connections",
        )
        .with_hint("check that the system's root certificates are installed")
        .with_source(source)
    })
}

/// The certificates of one source.
fn certificates(ca: &Ca) -> Result<Vec<Certificate>> {
    let (pem, name) = match ca {
        Ca::File(path) => (read(path)?, format!("`{}`", path.display())),
        Ca::Pem(pem) => (pem.clone(), "what was given as certificates".to_owned()),
    };
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|source| {
        refused(format!("{name} does not hold certificates in PEM")).with_source(source)
    })?;
    if certificates.is_empty() {
        return Err(refused(format!("{name} holds no certificate")));
    }
    Ok(certificates)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|source| {
        let message = format!("the certificates in `{}` cannot be read", path.display());
        refused(message).with_source(source)
    })
}

fn refused(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message).with_hint(format!(
        "name a file of certificates in PEM (`-----BEGIN CERTIFICATE-----`), or unset `{CA_FILE}`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(ca: Ca) -> String {
        let settings = Settings {
            ca: vec![ca],
            ..Settings::default()
        };
        let error = client(&BaseUrl::default(), &settings).unwrap_err();
        assert!(error.is_configuration() && error.hint().is_some());
        error.to_string()
    }

    #[test]
    fn certificates_that_are_none_are_named() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

        assert_eq!(
            refusal(Ca::Pem(b"".into())),
            "what was given as certificates holds no certificate"
        );
        assert_eq!(
            refusal(Ca::File(file.into())),
            format!("`{file}` holds no certificate")
        );
        assert_eq!(
            refusal(Ca::File("/nowhere/ca.pem".into())),
            "the certificates in `/nowhere/ca.pem` cannot be read"
        );
        let broken = b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n".to_vec();
        assert_eq!(
            refusal(Ca::Pem(broken)),
            "what was given as certificates does not hold certificates in PEM"
        );
    }

    #[test]
    fn the_environment_may_name_certificates() {
        let mut settings = Settings::default();

        let mut read = |file: &'static str| {
            let read = |name: &str| (name == CA_FILE).then(|| file.to_owned());
            settings
                .read_environment(read, &BaseUrl::default())
                .unwrap();
            settings.ca.clone()
        };
        assert!(read(" ").is_empty());
        let ca = read("/ca.pem");
        assert!(matches!(&ca[..], [Ca::File(path)] if path.as_os_str() == "/ca.pem"));
    }
}
