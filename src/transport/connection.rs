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
use crate::error::{Error, ErrorKind, Result, sources};
use proxy::Route;

/// The variable with the path of additional trusted certificates.
const CA_FILE: &str = "ATLAS_CA_FILE";

/// A part of the message of rustls if the platform has no root certificates.
const NO_ROOTS_MESSAGE: &str = "No CA certificates";

/// The connection options.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Timeout for establishing a connection.
    pub(crate) connect_timeout: Duration,
    /// Timeout for the next byte from the server. The duration of a whole response is not limited,
    /// because downloads of logs can take long.
    pub(crate) idle_timeout: Duration,
    /// Certificates that are trusted in addition to those of the platform.
    pub(crate) ca: Vec<Ca>,
    /// The route to the base URL: direct or through a proxy.
    route: Route,
}

/// A source of certificates.
#[derive(Clone, Debug)]
pub(crate) enum Ca {
    File(PathBuf),
    Pem(Vec<u8>),
}

impl Settings {
    /// Adds the certificates and sets the proxy from the environment.
    ///
    /// # Errors
    ///
    /// Returns a configuration error if the proxy address is malformed.
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

impl Settings {
    /// Returns the name of the proxy for errors, if the client of a base URL uses one.
    pub(super) fn proxy_name(&self, base_url: &BaseUrl) -> Option<String> {
        self.route.proxy_name().filter(|_| !base_url.is_loopback())
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

/// Builds the HTTP client for a base URL.
pub(super) fn client(base_url: &BaseUrl, settings: &Settings) -> Result<reqwest::Client> {
    let mut trusted = Vec::new();
    for ca in &settings.ca {
        trusted.extend(load_certificates(ca)?);
    }
    let builder = reqwest::Client::builder()
        .connect_timeout(settings.connect_timeout)
        .read_timeout(settings.idle_timeout)
        .gzip(true)
        .https_only(base_url.is_encrypted())
        // a redirect could send credentials to another host, or change the method
        .redirect(Policy::none())
        .referer(false);
    let uses_tls = base_url.is_encrypted() || settings.route.uses_tls();
    let builder = match (base_url.is_loopback(), uses_tls) {
        (false, true) => settings.route.apply(builder.tls_certs_merge(trusted))?,
        // without TLS, missing root certificates of the platform are not an error
        (false, false) => settings.route.apply(builder.tls_certs_only(trusted))?,
        // a proxy cannot reach a loopback address of this machine
        (true, true) => builder.no_proxy().tls_certs_merge(trusted),
        // no certificates are needed, and reading those of the platform takes longer than most requests
        (true, false) => builder.no_proxy().tls_certs_only(trusted),
    };
    builder.build().map_err(tls_error)
}

/// Creates the error for a client that cannot be built.
fn tls_error(source: reqwest::Error) -> Error {
    let has_no_roots = sources(&source).any(|source| source.to_string().contains(NO_ROOTS_MESSAGE));
    let message = if has_no_roots {
        "no root certificates found on this machine"
    } else {
        "cannot set up TLS on this machine"
    };
    Error::new(ErrorKind::Tls, message)
        .with_hint(format!(
            "install the package `ca-certificates`, or set `SSL_CERT_FILE` or `{CA_FILE}` to a file \
             with root certificates in PEM"
        ))
        .with_source(source)
}

/// Reads the certificates of one source.
fn load_certificates(ca: &Ca) -> Result<Vec<Certificate>> {
    let (pem, name) = match ca {
        Ca::File(path) => (read_file(path)?, format!("`{}`", path.display())),
        Ca::Pem(pem) => (pem.clone(), "the PEM data".to_owned()),
    };
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|source| {
        invalid_ca_error(format!("{name} contains an invalid certificate")).with_source(source)
    })?;
    if certificates.is_empty() {
        return Err(invalid_ca_error(format!("{name} contains no certificate")));
    }
    Ok(certificates)
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|source| {
        let message = format!("cannot read the certificates in `{}`", path.display());
        invalid_ca_error(message).with_source(source)
    })
}

fn invalid_ca_error(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message).with_hint(format!(
        "use a file with certificates in PEM (`-----BEGIN CERTIFICATE-----`), or unset `{CA_FILE}`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_message(ca: Ca) -> String {
        let settings = Settings {
            ca: vec![ca],
            ..Settings::default()
        };
        let error = client(&BaseUrl::default(), &settings).unwrap_err();
        assert!(error.is_configuration() && error.hint().is_some());
        error.to_string()
    }

    #[test]
    fn invalid_certificates_are_named() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

        assert_eq!(
            error_message(Ca::Pem(b"".into())),
            "the PEM data contains no certificate"
        );
        assert_eq!(
            error_message(Ca::File(file.into())),
            format!("`{file}` contains no certificate")
        );
        assert_eq!(
            error_message(Ca::File("/nowhere/ca.pem".into())),
            "cannot read the certificates in `/nowhere/ca.pem`"
        );
        let invalid = b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n".to_vec();
        assert_eq!(
            error_message(Ca::Pem(invalid)),
            "the PEM data contains an invalid certificate"
        );
    }

    #[test]
    fn reads_certificate_file_from_environment() {
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
