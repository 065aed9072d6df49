//! Starting and stopping: one thread, one runtime and one listener for each simulator.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::http::connection::{Connection, CuttableListener};
use crate::http::control;
use crate::http::faults::delivery;
use crate::http::faults::{Fault, Interruption};
use crate::http::headers;
use crate::http::options::Options;
use crate::http::requests::{RecordedRequest, target};
use crate::http::service::Service;
use crate::resources::{self, ServedOperation};
use crate::schema::document::Document;
use crate::state::lock;

/// The largest body that is read.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// Why a simulator did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The port is taken or may not be used.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Bind {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The system refused a thread or a runtime to serve from.
    #[error("cannot start the server")]
    Spawn(#[source] io::Error),
    /// The API document this crate was built with cannot be read.
    #[error("the API document built into the simulator is unreadable: {0}")]
    Document(&'static str),
}

/// A running simulator; dropping it stops it.
///
/// It serves from a thread of its own, so it answers while the caller blocks.
pub struct Simulator {
    address: SocketAddr,
    service: Arc<Service>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Simulator {
    /// The public key that is accepted unless [`Options::with_keys`] chose another.
    pub const PUBLIC_KEY: &'static str = "simulate";
    /// The private key that is accepted unless [`Options::with_keys`] chose another.
    pub const PRIVATE_KEY: &'static str = "00000000-0000-4000-8000-000000000000";

    /// The service account that is accepted unless [`Options::with_service_account`] chose another.
    pub const CLIENT_ID: &'static str = "mdb_sa_id_000000000000000000000001";
    /// The secret that is accepted unless [`Options::with_service_account`] chose another.
    pub const CLIENT_SECRET: &'static str = "mdb_sa_sk_simulate";

    /// Starts a simulator.
    ///
    /// # Errors
    ///
    /// Fails when the port is taken or the system refuses a thread.
    #[expect(
        clippy::unused_async,
        reason = "async callers may not depend on how it starts"
    )]
    pub async fn start(options: Options) -> Result<Self, StartError> {
        Self::start_blocking(options)
    }

    /// Starts a simulator from outside of any runtime.
    ///
    /// # Errors
    ///
    /// Fails when the port is taken or the system refuses a thread.
    pub fn start_blocking(options: Options) -> Result<Self, StartError> {
        let document = Document::vendored().map_err(StartError::Document)?;
        let port = options.port;
        let (listener, address) =
            listen(port).map_err(|source| StartError::Bind { port, source })?;
        let service = Arc::new(Service::new(options, document));
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

    /// Returns all operations that a simulator serves, sorted by path and method.
    ///
    /// # Errors
    ///
    /// Fails when the API document in this crate is unreadable.
    pub fn operations() -> Result<Vec<ServedOperation>, StartError> {
        let document = Document::vendored().map_err(StartError::Document)?;
        Ok(resources::served_operations(document))
    }

    /// Where it listens, as `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The public key it accepts.
    pub fn public_key(&self) -> &str {
        &self.service.keys().public
    }

    /// The private key it accepts.
    pub fn private_key(&self) -> &str {
        &self.service.keys().private
    }

    /// The id of the service account it accepts.
    pub fn client_id(&self) -> &str {
        &self.service.account().id
    }

    /// The secret of the service account it accepts.
    pub fn client_secret(&self) -> &str {
        &self.service.account().secret
    }

    /// The environment that points a client at it.
    pub fn environment(&self) -> [(&'static str, String); 3] {
        [
            ("ATLAS_BASE_URL", self.base_url()),
            ("ATLAS_PUBLIC_KEY", self.public_key().to_owned()),
            ("ATLAS_PRIVATE_KEY", self.private_key().to_owned()),
        ]
    }

    /// The id of its organization.
    pub fn organization_id(&self) -> String {
        self.service.organization_id()
    }

    /// The id and the name of each project, in listing order.
    pub fn projects(&self) -> Vec<(String, String)> {
        self.service.projects()
    }

    /// Moves the virtual clock forward.
    pub fn advance(&self, by: Duration) {
        self.service.advance(by);
    }

    /// Opens an alert in a project, given by its id or its name, and returns the alert's id.
    ///
    /// `event` is the name of an event such as `NO_PRIMARY`. Answers none when the project does not
    /// exist or has no enabled alert configuration for that event.
    pub fn open_alert(&self, project: &str, event: &str) -> Option<String> {
        self.service.open_alert(project, event, None)
    }

    /// Closes an open alert; whether there was one with this id.
    pub fn close_alert(&self, id: &str) -> bool {
        self.service.close_alert(id)
    }

    /// What it was sent so far, in order of arrival: the latest ten thousand requests.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.service.requests()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.service.clear_requests();
    }

    /// Makes it misbehave; faults injected earlier come first.
    pub fn inject(&self, fault: Fault) {
        self.service.inject(fault);
    }

    /// Takes back every fault that is still waiting.
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
            // The receiver is gone only when the server ended by itself.
            stop.send(()).ok();
        }
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn listen(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

fn serve(
    runtime: &Runtime,
    listener: TcpListener,
    service: Arc<Service>,
    stopped: oneshot::Receiver<()>,
) {
    runtime.block_on(async {
        let listener = match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => CuttableListener::new(listener),
            Err(error) => {
                tracing::error!(%error, "the listener cannot be served");
                return;
            }
        };
        let router = router(service).into_make_service_with_connect_info::<Connection>();

        tokio::select! {
            served = async { axum::serve(listener, router).await } => {
                if let Err(error) = served {
                    tracing::error!(%error, "the server ended");
                }
            }
            _ = stopped => {}
        }
    });
}

/// Routes all requests to one handler, since the API document has the routes.
fn router(service: Arc<Service>) -> Router {
    Router::new().fallback(handle).with_state(service)
}

async fn handle(
    State(service): State<Arc<Service>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    if service.is_controlled && parts.uri.path().starts_with(control::ROOT) {
        let body = to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
        return control::answer(&service, &parts, &body);
    }
    service.clock.on_request();
    let number = lock(&service.requests).arrive(&parts);
    let body = to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
    if let Some(recorded) = lock(&service.requests).find(number) {
        recorded.body = body.clone();
    }

    let interruption = lock(&service.faults).interruption(&parts);
    let delivery = lock(&service.faults).delivery(&parts);
    let response = match interruption {
        Some(Interruption::DropConnection) => {
            connection.cut();
            return Response::default();
        }
        Some(Interruption::Answer(answer)) => headers::injected(answer),
        None => headers::as_for(&parts.method, service.answer(&parts, body)),
    };
    let status = response.status().as_u16();
    tracing::debug!(method = %parts.method, target = target(&parts), status, "answered");
    if let Some(recorded) = lock(&service.requests).find(number) {
        recorded.status = Some(status);
    }
    delivery::deliver(response, delivery).await
}
