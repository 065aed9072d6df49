//! Starts and stops a simulator: one thread, one runtime and one listener.

mod connection;
mod serve;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use serve::{listen, serve};

use crate::http::faults::Fault;
use crate::http::options::Options;
use crate::http::requests::RecordedRequest;
use crate::http::service::Service;
use crate::resources::{self, ServedOperation};
use crate::schema::document::Document;

/// The reason that a simulator did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The port is in use or not permitted.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Bind {
        /// The configured port.
        port: u16,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The thread or the runtime could not be created.
    #[error("cannot start the server")]
    Spawn(#[source] io::Error),
    /// The OpenAPI document in this crate is invalid.
    #[error("invalid API document in the simulator: {0}")]
    Document(&'static str),
}

/// A running simulator; dropping it stops it.
///
/// It runs on its own thread, so the caller may block.
pub struct Simulator {
    address: SocketAddr,
    service: Arc<Service>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Simulator {
    /// The default public key; see [`Options::with_keys`].
    pub const PUBLIC_KEY: &'static str = "simulate";
    /// The default private key; see [`Options::with_keys`].
    pub const PRIVATE_KEY: &'static str = "00000000-0000-4000-8000-000000000000";

    /// The default service account; see [`Options::with_service_account`].
    pub const CLIENT_ID: &'static str = "mdb_sa_id_000000000000000000000001";
    /// The secret of the default service account.
    pub const CLIENT_SECRET: &'static str = "mdb_sa_sk_simulate";

    /// Starts a simulator.
    ///
    /// # Errors
    ///
    /// Fails if the port is in use or the thread cannot be created.
    #[expect(
        clippy::unused_async,
        reason = "keeps the start of a simulator open to asynchronous work"
    )]
    pub async fn start(options: Options) -> Result<Self, StartError> {
        Self::start_blocking(options)
    }

    /// Starts a simulator without an async runtime.
    ///
    /// # Errors
    ///
    /// Fails if the port is in use or the thread cannot be created.
    pub fn start_blocking(options: Options) -> Result<Self, StartError> {
        let document = Document::vendored().map_err(StartError::Document)?;
        let port = options.port;
        let (listener, address) =
            listen(port).map_err(|source| StartError::Bind { port, source })?;
        let service = Arc::new(Service::new(options, document, address));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(StartError::Spawn)?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("atlas-simulator".to_owned())
            .spawn({
                let service = Arc::clone(&service);
                move || serve(&runtime, listener, service, stopped)
            })
            .map_err(StartError::Spawn)?;

        Ok(Self {
            address,
            service,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Returns all operations of a simulator, sorted by path and method.
    ///
    /// # Errors
    ///
    /// Fails if the OpenAPI document in this crate is invalid.
    pub fn operations() -> Result<Vec<ServedOperation>, StartError> {
        let document = Document::vendored().map_err(StartError::Document)?;
        Ok(resources::served_operations(document))
    }

    /// Returns the base URL, such as `http://127.0.0.1:27080`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the accepted public key.
    pub fn public_key(&self) -> &str {
        &self.service.keys().public
    }

    /// Returns the accepted private key.
    pub fn private_key(&self) -> &str {
        &self.service.keys().private
    }

    /// Returns the id of the accepted service account.
    pub fn client_id(&self) -> &str {
        &self.service.account().id
    }

    /// Returns the secret of the accepted service account.
    pub fn client_secret(&self) -> &str {
        &self.service.account().secret
    }

    /// Returns the environment variables that configure a client for this simulator.
    pub fn environment(&self) -> [(&'static str, String); 3] {
        [
            ("ATLAS_BASE_URL", self.base_url()),
            ("ATLAS_PUBLIC_KEY", self.public_key().to_owned()),
            ("ATLAS_PRIVATE_KEY", self.private_key().to_owned()),
        ]
    }

    /// Returns the id of the seeded organization.
    pub fn organization_id(&self) -> String {
        self.service.organization_id()
    }

    /// Returns the id and the name of each project, in the order of the project list.
    pub fn projects(&self) -> Vec<(String, String)> {
        self.service.projects()
    }

    /// Advances the virtual clock.
    pub fn advance(&self, by: Duration) {
        self.service.advance(by);
    }

    /// Opens an alert in a project, identified by its id or name, and returns the id of the alert.
    ///
    /// `event` is the name of an event such as `NO_PRIMARY`. Returns `None` if the project does not
    /// exist or has no enabled alert configuration for the event.
    pub fn open_alert(&self, project: &str, event: &str) -> Option<String> {
        self.service.open_alert(project, event, None)
    }

    /// Closes an alert. Returns `false` if no open alert has this id.
    pub fn close_alert(&self, id: &str) -> bool {
        self.service.close_alert(id)
    }

    /// Returns the latest 10,000 requests in order of arrival.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.service.requests()
    }

    /// Clears the recorded requests.
    pub fn clear_requests(&self) {
        self.service.clear_requests();
    }

    /// Injects a fault; faults that were injected earlier take precedence.
    pub fn inject(&self, fault: Fault) {
        self.service.inject(fault);
    }

    /// Removes every pending fault.
    pub fn clear_faults(&self) {
        self.service.clear_faults();
    }
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Simulator")
            .field("address", &self.address)
            .field("keys", self.service.keys())
            .field("service_account", self.service.account())
            .finish_non_exhaustive()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only if the server has already stopped.
            stop.send(()).ok();
        }
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}
