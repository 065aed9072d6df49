//! Handles Ctrl-C: ends the program immediately, except while a change is in flight.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::{error::CliError, exit::Exit, ui};

/// The hint for changes that were cut off.
const UNKNOWN_HINT: &str =
    "read the state before you repeat the command; `atlascli runs list` shows interrupted runs";

/// The number of changes that a message names.
const MAX_NAMED: usize = 5;

/// The interrupts of one command.
///
/// Without a change in flight, Ctrl-C ends the program. With a change in flight, the first Ctrl-C lets the program
/// receive and report the response; the second Ctrl-C ends the program and names the changes whose
/// outcome is unknown.
#[derive(Clone, Debug)]
pub(crate) struct Interrupts {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    count: watch::Sender<u32>,
    in_flight: Mutex<Vec<Activity>>,
    is_json: bool,
}

/// An activity that the first Ctrl-C does not interrupt.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Activity {
    /// A change, by its purpose, such as ``create cluster `a` ``.
    Change(String),
    /// A wait, which ends by itself after Ctrl-C and reports the state.
    Wait,
}

/// Protects a change or a wait until it is dropped.
#[derive(Debug)]
pub(crate) struct InFlight {
    shared: Arc<Shared>,
    activity: Activity,
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

    /// Protects a change from the first Ctrl-C. `purpose` names it in messages.
    pub(crate) fn protect_change(&self, purpose: String) -> InFlight {
        self.protect(Activity::Change(purpose))
    }

    /// Protects a wait, which has to end itself after [`Self::interrupted`].
    pub(crate) fn protect_wait(&self) -> InFlight {
        self.protect(Activity::Wait)
    }

    fn protect(&self, activity: Activity) -> InFlight {
        self.shared.lock().push(activity.clone());
        InFlight {
            shared: Arc::clone(&self.shared),
            activity,
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
    fn lock(&self) -> MutexGuard<'_, Vec<Activity>> {
        self.in_flight
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn interrupt(&self) {
        let in_flight = self.lock().clone();
        self.count.send_modify(|count| *count += 1);
        let changes = summarize(&in_flight);
        let is_first = *self.count.borrow() == 1;
        if changes.is_empty() {
            if in_flight.is_empty() || !is_first {
                ui::exit_interrupted("interrupted", None, self.is_json);
            }
        } else if is_first {
            let message =
                format!("interrupted; finishing: {changes}; press Ctrl-C again to end now");
            ui::write_notice("warning", &message, self.is_json);
        } else {
            let message = format!("interrupted; unknown outcome: {changes}");
            ui::exit_interrupted(&message, Some(UNKNOWN_HINT), self.is_json);
        }
    }
}

/// Returns the purposes of the changes; of many changes, those of the first ones and the number of the others.
fn summarize(in_flight: &[Activity]) -> String {
    let purposes = in_flight.iter().filter_map(|activity| match activity {
        Activity::Change(purpose) => Some(purpose.as_str()),
        Activity::Wait => None,
    });
    let purposes: Vec<_> = purposes.collect();
    match purposes.len().saturating_sub(MAX_NAMED) {
        0 => purposes.join(", "),
        others => format!("{}, {others} more", purposes[..MAX_NAMED].join(", ")),
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        let mut in_flight = self.shared.lock();
        if let Some(index) = in_flight
            .iter()
            .position(|activity| *activity == self.activity)
        {
            in_flight.swap_remove(index);
        }
    }
}
