//! The listener and the handler of all requests.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use super::connection::{Connection, CuttableListener};
use crate::http::control;
use crate::http::faults::{Interruption, delivery};
use crate::http::headers;
use crate::http::requests::target;
use crate::http::service::Service;
use crate::state::lock;

/// The maximum size of a request body.
const MAX_BODY_SIZE: usize = 4 * 1024 * 1024;

/// Binds a port of the loopback interface.
pub(super) fn listen(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Serves requests until `stopped` is ready.
pub(super) fn serve(
    runtime: &Runtime,
    listener: TcpListener,
    service: Arc<Service>,
    stopped: oneshot::Receiver<()>,
) {
    runtime.block_on(async {
        let listener = match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => CuttableListener::new(listener),
            Err(error) => {
                tracing::error!(%error, "cannot use the listener");
                return;
            }
        };
        let router = build_router(service).into_make_service_with_connect_info::<Connection>();

        tokio::select! {
            result = async { axum::serve(listener, router).await } => {
            if let Err(error) = result {
            tracing::error!(%error, "the server stopped");
                }
            }
            _ = stopped => {}
        }
    });
}

/// Routes all requests to one handler, since the OpenAPI document defines the routes.
fn build_router(service: Arc<Service>) -> Router {
    Router::new().fallback(handle).with_state(service)
}

async fn handle(
    State(service): State<Arc<Service>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    if service.is_controlled && parts.uri.path().starts_with(control::CONTROL_ROOT) {
        let body = to_bytes(body, MAX_BODY_SIZE).await.unwrap_or_default();
        return control::respond(&service, &parts, &body);
    }
    service.clock.on_request();
    let number = lock(&service.requests).record(&parts);
    let body = to_bytes(body, MAX_BODY_SIZE).await.unwrap_or_default();
    if let Some(recorded) = lock(&service.requests).find(number) {
        recorded.body = body.clone();
    }

    let interruption = lock(&service.faults).interruption(&parts);
    let delivery = lock(&service.faults).delivery(&parts);
    let mut response = match interruption {
        Some(Interruption::DropConnection) => {
            connection.cut();
            return Response::default();
        }
        Some(Interruption::Response(fault)) => headers::build_injected(fault),
        None => headers::adapt_to_method(&parts.method, service.respond(&parts, body)),
    };
    headers::add_date(&mut response, service.clock.now());
    let status = response.status().as_u16();
    tracing::debug!(method = %parts.method, target = target(&parts), status, "responded");
    if let Some(recorded) = lock(&service.requests).find(number) {
        recorded.status = Some(status);
    }
    delivery::deliver(response, delivery).await
}
