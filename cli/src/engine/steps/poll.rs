//! Waits for the state of a resource.

use std::time::{Duration, Instant};

use mongodbatlas::Document;

use crate::engine::{Invocation, definition::WaitFor, request::Request, value};
use crate::{error::CliError, exit::Exit, output::render, ui::progress::Progress};

/// The interval before the second poll. The interval doubles until it reaches [`LAST_INTERVAL`].
pub(crate) const FIRST_INTERVAL: Duration = Duration::from_millis(250);
/// The longest interval between polls.
pub(crate) const LAST_INTERVAL: Duration = Duration::from_secs(10);
/// The default timeout of a wait.
const TIMEOUT: Duration = Duration::from_hours(1);
/// The number of consecutive failed polls that a wait tolerates.
pub(crate) const FAILURES: u32 = 5;

impl Invocation<'_> {
    /// Returns `true` if the command line requests a wait.
    pub(crate) fn has_wait(&self) -> bool {
        self.values.has("wait") || self.is_on("watch") || self.values.has("watch-timeout")
    }

    /// Returns the timeout of a wait.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if the duration is malformed.
    pub(crate) fn wait_timeout(&self) -> Result<Duration, CliError> {
        match (self.values.text("wait"), self.values.text("watch-timeout")) {
            (Some(text), _) if !text.is_empty() => value::duration(text),
            (_, Some(text)) => value::duration(text),
            _ => Ok(TIMEOUT),
        }
    }

    /// Polls a resource until it reaches one of the states of the definition. Returns the last document, or `None` if
    /// the resource is deleted.
    ///
    /// # Errors
    ///
    /// Fails on a timeout, if the resource reaches a failure state, or if a request fails.
    pub(crate) async fn poll(
        &self,
        wait: &WaitFor,
        request: &Request,
    ) -> Result<Option<Document>, CliError> {
        let action = self.action();
        let failure = std::cell::Cell::new(false);
        let state_of = |document: Option<&Document>| {
            let value = document.map(Document::to_value).unwrap_or_default();
            render::at(&value, wait.field)
                .map(render::text)
                .unwrap_or_default()
        };
        let document = self
            .poll_until(request, &action, |document| {
                // the newest version of some operations returns an object without fields instead of 404
                if document.is_none_or(|document| document.as_str() == "{}") {
                    return (wait.until.is_empty(), "gone".to_owned());
                }
                let state = state_of(document);
                failure.set(wait.failed.contains(&state.as_str()));
                (failure.get() || wait.until.contains(&state.as_str()), state)
            })
            .await?;
        if failure.get() {
            let state = state_of(document.as_ref());
            return Err(CliError::failure(format!("{action}: state is {state}")));
        }
        Ok(document)
    }

    /// Polls a resource until `check` returns `true`. `check` receives the document, or `None` if the resource is
    /// deleted, and also returns the state for messages.
    ///
    /// # Errors
    ///
    /// Fails on a timeout, or if a request fails. A few consecutive retryable failures are tolerated.
    pub(crate) async fn poll_until(
        &self,
        request: &Request,
        action: &str,
        check: impl Fn(Option<&Document>) -> (bool, String),
    ) -> Result<Option<Document>, CliError> {
        let atlas = self.session.atlas().await?;
        let timeout = self.wait_timeout()?;
        let interrupts = &self.session.interrupts;
        let _protected = interrupts.protect_wait();
        let mut progress = Progress::start(self.session.format.is_human_readable());
        let subject = self.first_argument().unwrap_or(&self.words);
        let started = Instant::now();
        let mut interval = FIRST_INTERVAL;
        let mut failures = 0;
        let mut state = "unknown".to_owned();
        loop {
            let response = tokio::select! {
                response = async { request.call(&atlas).send().await } => response,
                () = interrupts.interrupted() => return Err(interrupted(action, &state)),
            };
            match response {
                Ok(response) => {
                    failures = 0;
                    let (is_reached, current) = check(response.document());
                    if is_reached {
                        return Ok(response.document().cloned());
                    }
                    state = current;
                }
                Err(error) if error.is_not_found() && check(None).0 => return Ok(None),
                Err(error) if error.is_retryable() && failures < FAILURES => failures += 1,
                Err(error) => return Err(CliError::from_request_error(&error, action)),
            }
            if started.elapsed() + interval > timeout {
                return Err(timed_out(action, timeout, &state));
            }
            let line = format!("{subject}: {state}");
            tokio::select! {
                () = progress.sleep(interval, &line) => {}
                () = interrupts.interrupted() => return Err(interrupted(action, &state)),
            }
            interval = (interval * 2).min(LAST_INTERVAL);
        }
    }
}

/// Returns the error of a wait that timed out.
pub(crate) fn timed_out(action: &str, timeout: Duration, state: &str) -> CliError {
    CliError::failure(format!(
        "{action}: timed out after {} s, state is {state}",
        timeout.as_secs()
    ))
    .with_exit(Exit::TimedOut)
    .with_hint("the change continues on the server; wait again with a longer timeout")
}

/// Returns the error of a wait that Ctrl-C ended.
pub(crate) fn interrupted(action: &str, state: &str) -> CliError {
    CliError::failure(format!("{action}: wait interrupted, state is {state}"))
        .with_exit(Exit::Interrupted)
        .with_hint("the change continues on the server")
}
