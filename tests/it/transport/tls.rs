//! Trusted certificates.

use std::sync::Arc;

use mongodbatlas::{Builder, Error, ErrorKind, RetryPolicy};
use rcgen::{CertificateParams, IsCa, Issuer, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::docs::examples::binary;
use crate::support::builder_with;
use crate::support::raw_server::cluster;

/// A server with a certificate of an unknown authority.
struct TlsServer {
    url: String,
    /// The certificate of the authority.
    ca: String,
}

impl TlsServer {
    async fn start() -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let ca = params.self_signed(&key).unwrap().pem();
        let issuer = Issuer::new(params, key);
        let server_key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
        let certificate = certificate.signed_by(&server_key, &issuer).unwrap();
        let secret = PrivateKeyDer::Pkcs8(server_key.serialize_der().into());
        let config = ServerConfig::builder().with_no_client_auth();
        let config = config
            .with_single_cert(vec![certificate.der().clone()], secret)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, TlsAcceptor::from(Arc::new(config))));
        Self { url, ca }
    }

    fn builder(&self, variables: &[(&str, &str)]) -> Builder {
        let keys = [
            ("ATLAS_PUBLIC_KEY", "zmmrboas"),
            ("ATLAS_PRIVATE_KEY", "1111-2222"),
        ];
        let builder = builder_with(&[&keys, variables].concat());
        builder
            .with_base_url(&*self.url)
            .with_retries(RetryPolicy::none())
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor) {
    while let Ok((stream, _)) = listener.accept().await {
        // a client that does not trust the certificate closes the connection
        let Ok(mut stream) = acceptor.accept(stream).await else {
            continue;
        };
        assert_ne!(stream.read(&mut [0; 4096]).await.unwrap(), 0);
        stream.write_all(cluster(false).as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
    }
}

async fn call(builder: Builder) -> Result<(), Error> {
    let project = "32b6e34b3d91647abb20e7b8".parse()?;
    builder
        .build()?
        .cluster(&project, "demo")
        .get()
        .await
        .map(drop)
}

#[tokio::test]
async fn rejects_unknown_authority() {
    let server = TlsServer::start().await;

    let error = call(server.builder(&[])).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn accepts_added_authority() {
    let server = TlsServer::start().await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("ca.pem");
    std::fs::write(&file, &server.ca).unwrap();
    let variable = [("ATLAS_CA_FILE", file.to_str().unwrap())];

    call(server.builder(&[]).with_ca_pem(server.ca.clone()))
        .await
        .unwrap();
    call(server.builder(&[]).with_ca_file(&file)).await.unwrap();
    call(server.builder(&variable)).await.unwrap();
}

#[tokio::test]
async fn rejects_certificate_of_another_authority() {
    let (server, other) = (TlsServer::start().await, TlsServer::start().await);

    let error = call(server.builder(&[]).with_ca_pem(other.ca))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Tls, "{error:?}");
}

/// Runs an example on a machine without root certificates.
async fn run_without_roots(base_url: &str, variables: &[(&str, &str)]) -> String {
    let mut example = Command::new(binary("blocking"));
    example
        .arg("32b6e34b3d91647abb20e7b8")
        .env_clear()
        .env("ATLAS_PUBLIC_KEY", "zmmrboas")
        .env("ATLAS_PRIVATE_KEY", "1111-2222")
        .env("ATLAS_BASE_URL", base_url)
        .env("SSL_CERT_FILE", "/nonexistent/roots.pem")
        .envs(variables.iter().copied());
    let output = example.output().await.unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn missing_root_certificates_are_named() {
    let output = run_without_roots("https://127.0.0.1:1", &[]).await;

    for part in [
        "no root certificates",
        "`ca-certificates`",
        "`SSL_CERT_FILE`",
        "`ATLAS_CA_FILE`",
    ] {
        assert!(output.contains(part), "{output}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn added_certificates_suffice() {
    let server = TlsServer::start().await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("ca.pem");
    std::fs::write(&file, &server.ca).unwrap();
    let variable = [("ATLAS_CA_FILE", file.to_str().unwrap())];

    let output = run_without_roots("https://127.0.0.1:1", &variable).await;

    assert!(output.contains("cannot reach"), "{output}");
}

#[test]
fn builds_plain_http_client() {
    let builder = builder_with(&[
        ("ATLAS_PUBLIC_KEY", "zmmrboas"),
        ("ATLAS_PRIVATE_KEY", "1111-2222"),
    ]);

    builder
        .with_base_url("http://192.0.2.1")
        .with_plain_http()
        .build()
        .unwrap();
}

/// Runs [`builds_plain_http_client`] in a process without root certificates.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn plain_http_needs_no_root_certificates() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "transport::tls::builds_plain_http_client"])
        .env("SSL_CERT_FILE", "/nonexistent/roots.pem")
        .output()
        .await
        .unwrap();

    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success() && stdout.contains("1 passed"),
        "{stdout}"
    );
}
