//! `--debug`: log lines on stderr in the format of Python's `logging`.

use std::{
    fmt::{self, Write as _},
    io,
};

use jiff::ZonedDateTime;
use tracing::{Event, Level, Subscriber, field::Field};
use tracing_subscriber::{
    filter::Targets,
    fmt::{FmtContext, FormatEvent, FormatFields, format::Writer},
    layer::{Layer, SubscriberExt},
    registry::LookupSpan,
    util::SubscriberInitExt,
};

use crate::terminal::printable;

/// Name of Python's root logger.
const ROOT: &str = "root";

/// Enables all log lines, for `--debug`.
pub(crate) fn turn_on() {
    install(Level::DEBUG);
    tracing::debug!(target: ROOT, "logging is on at DEBUG level");
}

/// Enables log lines about changes and retries, for `--verbose`.
pub(crate) fn turn_on_verbose() {
    install(Level::INFO);
}

fn install(level: Level) {
    // Events of other crates may contain secrets.
    let targets = Targets::new()
        .with_target(ROOT, level)
        .with_target("atlascli", level)
        .with_target("mongodbatlas", level);
    let lines = tracing_subscriber::fmt::layer()
        .event_format(PythonLines)
        .with_writer(io::stderr)
        .with_filter(targets);
    // Fails only if a subscriber is already set.
    drop(tracing_subscriber::registry().with(lines).try_init());
}

/// Formats an event as `%(asctime)s - %(name)s - %(levelname)s - %(message)s`.
struct PythonLines;

impl<S, N> FormatEvent<S, N> for PythonLines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let metadata = event.metadata();
        let mut message = Message::default();
        event.record(&mut message);
        let time = ZonedDateTime::now()
            .strftime("%Y-%m-%d %H:%M:%S,%3f")
            .to_string();
        writeln!(
            writer,
            "{time} - {} - {} - {}",
            metadata.target().replace("::", "."),
            metadata.level(),
            printable(message.0.trim_end()),
        )
    }
}

/// Message of an event, followed by its other fields.
#[derive(Default)]
struct Message(String);

impl tracing::field::Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0.insert_str(0, &format!("{value:?} "));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(self.0, "{field}={value:?} ");
        }
    }
}
