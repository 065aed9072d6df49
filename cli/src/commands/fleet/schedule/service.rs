//! `schedule run`: a pass every few minutes.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use super::{FILE, apply, file};
use crate::{
    engine::{
        Invocation,
        definition::{Command, Example, Future, Target, flag},
    },
    error::CliError,
    exit::Exit,
    output::render::Data,
};

/// The number of intervals without a pass after which the service is unhealthy.
const MISSED_PASSES: i32 = 3;
/// The timeout for a request to the health endpoint.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);

/// The command `schedule run`.
pub(super) static RUN: Command = Command::local(
    "run",
    "Run passes until the program is stopped",
    run,
)
.details(
    "Reads the schedule file before each pass, and continues after failures. SIGTERM and Ctrl-C end it after the \
     pass in progress. `--health` serves the status as JSON: 200 while passes succeed, 503 otherwise.",
)
.flags(&[
    FILE,
    flag("interval", Target::None, "Minutes between passes")
        .integer()
        .value_name("MINUTES")
        .default("5"),
    flag("status-file", Target::None, "File for the status of the last pass, as JSON")
        .value_name("FILE"),
    flag("health", Target::None, "Address of the health endpoint, such as 127.0.0.1:8080")
        .value_name("ADDRESS"),
    flag("passes", Target::None, "Number of passes after which the program ends")
        .integer()
        .value_name("COUNT"),
])
.examples(&[Example {
    line: "schedule run --passes 1",
    task: "Run one pass as the service does",
}]);

/// The status that the file and the health endpoint show.
#[derive(Clone, Debug)]
struct Status {
    passes: i64,
    last_pass: Option<Timestamp>,
    interval: Duration,
    exit: Exit,
    message: Option<String>,
}

impl Status {
    fn json(&self) -> Value {
        json!({
            "healthy": self.is_healthy(Timestamp::now()),
            "passes": self.passes,
            "lastPass": self.last_pass.map(|time| time.to_string()),
            "exitCode": self.exit.code(),
            "message": self.message,
        })
    }

    /// Returns `true` if the last pass succeeded or partly succeeded, and is recent.
    fn is_healthy(&self, now: Timestamp) -> bool {
        let Some(last) = self.last_pass else {
            return false;
        };
        let age = now.duration_since(last);
        let longest = SignedDuration::try_from(self.interval * MISSED_PASSES.unsigned_abs());
        matches!(self.exit, Exit::Success | Exit::Partial)
            && longest.is_ok_and(|longest| age < longest)
    }
}

fn run<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        // The file and the credentials have to be valid at the start.
        file::read(invocation)?;
        let atlas = invocation.session.atlas().await?;
        let interval = number(invocation, "interval")?.unwrap_or(5);
        let interval = Duration::from_secs(interval * 60);
        let last = number(invocation, "passes")?;
        let status = Arc::new(Mutex::new(Status {
            passes: 0,
            last_pass: None,
            interval,
            exit: Exit::Success,
            message: None,
        }));
        if let Some(address) = invocation.text("health") {
            serve(address, Arc::clone(&status)).await?;
        }
        let _protection = invocation.session.interrupts.protect_wait();
        // A task of its own, so that a signal during a pass is not lost.
        let mut stop = tokio::spawn(stopped(invocation.session.interrupts.clone()));
        loop {
            let pass = match file::read(invocation) {
                Ok(file) => apply::run_pass(&atlas, &file).await,
                Err(error) => Err(error),
            };
            let current = {
                let mut status = status.lock().unwrap_or_else(PoisonError::into_inner);
                status.passes += 1;
                status.last_pass = Some(Timestamp::now());
                match &pass {
                    Ok(result) => (status.exit, status.message) = (result.exit, None),
                    Err(error) => {
                        status.exit = error.exit();
                        status.message = Some(error.message().to_owned());
                    }
                }
                status.clone()
            };
            match pass {
                Ok(result) => {
                    for warning in &result.warnings {
                        invocation.warn(warning);
                    }
                    if !result.list.items.is_empty() {
                        invocation.print(&Data::List(result.list))?;
                    }
                }
                Err(error) => invocation.warn(&format!("pass failed: {}", error.message())),
            }
            if let Err(error) = write_status(invocation, &current) {
                invocation.warn(error.message());
            }
            if last.is_some_and(|last| current.passes.unsigned_abs() >= last) {
                return Ok(current.exit);
            }
            tokio::select! {
                () = tokio::time::sleep(interval) => {}
                _ = &mut stop => return Ok(Exit::Success),
            }
        }
    })
}

/// Returns a flag that is a positive number.
fn number(invocation: &Invocation<'_>, name: &str) -> Result<Option<u64>, CliError> {
    let Some(text) = invocation.text(name) else {
        return Ok(None);
    };
    match text.parse() {
        Ok(number) if number > 0 => Ok(Some(number)),
        _ => Err(CliError::usage(format!(
            "`{text}` for `--{name}` is not a positive whole number"
        ))),
    }
}

/// Replaces the status file.
fn write_status(invocation: &Invocation<'_>, status: &Status) -> Result<(), CliError> {
    match invocation.text("status-file") {
        Some(path) => file::replace(path, &format!("{}\n", status.json())),
        None => Ok(()),
    }
}

/// Waits for Ctrl-C or a termination signal.
async fn stopped(interrupts: crate::engine::interrupt::Interrupts) {
    tokio::select! {
        () = interrupts.interrupted() => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};

    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(windows)]
async fn terminated() {
    use tokio::signal::windows::{ctrl_close, ctrl_shutdown};

    match (ctrl_close(), ctrl_shutdown()) {
        (Ok(mut close), Ok(mut shutdown)) => {
            tokio::select! {
                _ = close.recv() => {}
                _ = shutdown.recv() => {}
            }
        }
        _ => std::future::pending().await,
    }
}

/// Starts the health endpoint.
async fn serve(address: &str, status: Arc<Mutex<Status>>) -> Result<(), CliError> {
    let parsed: SocketAddr = address.parse().map_err(|_| {
        CliError::usage(format!("`{address}` for `--health` is not an address"))
            .with_hint("write HOST:PORT with an IP address, such as `127.0.0.1:8080`")
    })?;
    let listener = TcpListener::bind(parsed).await.map_err(|error| {
        CliError::failure(format!("cannot listen on `{address}`: {error}"))
            .with_hint("choose another port")
    })?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let status = Arc::clone(&status);
            tokio::spawn(async move {
                // Errors of a client connection are ignored.
                drop(tokio::time::timeout(REQUEST_TIMEOUT, respond(stream, &status)).await);
            });
        }
    });
    Ok(())
}

/// Reads the start of a request and sends the status for any path.
async fn respond(mut stream: TcpStream, status: &Mutex<Status>) -> std::io::Result<()> {
    let mut request = [0; 1024];
    if stream.read(&mut request).await? == 0 {
        return Ok(());
    }
    let (is_healthy, body) = {
        let status = status.lock().unwrap_or_else(PoisonError::into_inner);
        (
            status.is_healthy(Timestamp::now()),
            format!("{}\n", status.json()),
        )
    };
    let line = if is_healthy {
        "200 OK"
    } else {
        "503 Service Unavailable"
    };
    let response = format!(
        "HTTP/1.1 {line}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(response.as_bytes()).await?;
    stream.shutdown().await
}
