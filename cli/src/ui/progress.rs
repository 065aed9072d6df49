//! Progress lines on stderr.

use std::{
    io::{self, IsTerminal as _, Write as _},
    time::{Duration, Instant},
};

use crate::{output::table::shorten, terminal};

/// The time before the first progress line.
const DELAY: Duration = Duration::from_millis(500);
/// The time between two progress lines.
pub(crate) const INTERVAL: Duration = Duration::from_millis(500);
/// The control sequence that moves to the first column and clears the line.
pub(super) const CLEAR_LINE: &str = "\r\x1b[K";

/// A line on stderr that is replaced by the next one. Dropping it clears the line.
///
/// Nothing is written unless stderr is a terminal that can clear a line.
#[derive(Debug)]
pub(crate) struct Progress {
    started: Instant,
    is_enabled: bool,
    is_visible: bool,
}

impl Progress {
    /// Starts the elapsed time of a progress line. `is_wanted` is `false` for output that programs read.
    pub(crate) fn start(is_wanted: bool) -> Self {
        Self {
            started: Instant::now(),
            is_enabled: is_wanted && can_clear_line(),
            is_visible: false,
        }
    }

    /// Returns `true` if lines are written.
    pub(crate) const fn is_enabled(&self) -> bool {
        self.is_enabled
    }

    /// Shows a line with the elapsed time, fitted to the width of the terminal.
    pub(crate) fn show(&mut self, line: &str) {
        let elapsed = self.started.elapsed();
        if !self.is_enabled || elapsed < DELAY {
            return;
        }
        self.is_visible = true;
        let line = format!("{}, {}", terminal::printable(line), duration(elapsed));
        // the last column stays free, because some terminals wrap after it
        let width = terminal::stderr_width().saturating_sub(1);
        write_stderr(&format!("{CLEAR_LINE}{}", shorten(&line, width)));
    }

    /// Sleeps while it shows a line with the elapsed time.
    pub(crate) async fn sleep(&mut self, duration: Duration, line: &str) {
        let end = Instant::now() + duration;
        while self.is_enabled && Instant::now() + INTERVAL < end {
            tokio::time::sleep(INTERVAL).await;
            self.show(line);
        }
        tokio::time::sleep_until(end.into()).await;
    }

    /// Clears the line.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.is_visible) {
            write_stderr(CLEAR_LINE);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Returns `true` if stderr is a terminal that can clear a line.
pub(super) fn can_clear_line() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !is_dumb && io::stderr().is_terminal()
}

fn write_stderr(text: &str) {
    let mut stderr = io::stderr().lock();
    // a closed stderr must not change the exit code
    drop(stderr.write_all(text.as_bytes()));
    drop(stderr.flush());
}

/// Returns a duration such as `75 s` or `12 min`.
fn duration(elapsed: Duration) -> String {
    match elapsed.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_durations_have_minutes() {
        assert_eq!(duration(Duration::from_millis(61_900)), "61 s");
        assert_eq!(duration(Duration::from_secs(754)), "12 min 34 s");
    }
}
