//! Ctrl-C: ends the program at once, except while a change is in flight.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::{error::CliError, exit::Exit, ui};

/// The interrupts of one command.
///
/// Without a change in flight, Ctrl-C ends the program. With one, the first Ctrl-C lets the program
/// receive the response and report it; the second one ends the program and names the changes whose
/// outcome is unknown.
#[derive(Clone, Debug)]
pub(crate) struct Interrupts {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    count: watch::Sender<u32>,
    in_flight: Mutex<Vec<String>>,
    is_json: bool,
}

/// A change or a wait that the first Ctrl-C does not cut off. Dropping it ends the protection.
#[derive(Debug)]
pub(crate) struct InFlight {
    shared: Arc<Shared>,
    purpose: String,
}

impl Interrupts {
    /// Creates the interrupts of a command. `is_json` selects JSON lines for messages.
    pub(crate) fn new(is_json: bool) -> Self {
        Self {
            shared: Arc::new(Shared {
                count: watch::Sender::new(0),
                in_flight: Mutex::default(),
                is_json,
            }),
        }
    }

    /// Listens for Ctrl-C until the runtime ends.
    pub(crate) fn listen(&self) {
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                shared.interrupt();
            }
        });
    }

    /// Protects a change or a wait from the first Ctrl-C.
    pub(crate) fn protect(&self, purpose: String) -> InFlight {
        self.shared.lock().push(purpose.clone());
        InFlight {
            shared: Arc::clone(&self.shared),
            purpose,
        }
    }

    /// Returns `true` after a Ctrl-C.
    pub(crate) fn is_interrupted(&self) -> bool {
        *self.shared.count.borrow() > 0
    }

    /// Waits for a Ctrl-C.
    pub(crate) async fn interrupted(&self) {
        let mut count = self.shared.count.subscribe();
        if count.wait_for(|count| *count > 0).await.is_err() {
            // the sender lives as long as `self`
            std::future::pending::<()>().await;
        }
    }

    /// Fails after a Ctrl-C, so that no further request is sent.
    ///
    /// # Errors
    ///
    /// Fails if Ctrl-C was pressed.
    pub(crate) fn check(&self) -> Result<(), CliError> {
        if self.is_interrupted() {
            return Err(CliError::failure("interrupted").with_exit(Exit::Interrupted));
        }
        Ok(())
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        self.in_flight
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn interrupt(&self) {
        let in_flight = self.lock().join(", ");
        self.count.send_modify(|count| *count += 1);
        if in_flight.is_empty() {
            ui::exit_interrupted("interrupted", None, self.is_json);
        }
        if *self.count.borrow() > 1 {
            let hint = "read the state before you repeat a command; `atlascli runs list` shows interrupted runs";
            let message = format!("interrupted; unknown outcome: {in_flight}");
            ui::exit_interrupted(&message, Some(hint), self.is_json);
        }
        let message = format!("interrupted; finishing: {in_flight}; press Ctrl-C again to end now");
        ui::write_notice("warning", &message, self.is_json);
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        let mut in_flight = self.shared.lock();
        if let Some(index) = in_flight
            .iter()
            .position(|purpose| *purpose == self.purpose)
        {
            in_flight.swap_remove(index);
        }
    }
}
