//! Colours of the labels on stderr.

use anstyle::{AnsiColor, Style};

/// Style of the label `error`.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// Style of the label `warning`.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// Style of the label `hint`.
pub(crate) const HINT: Style = AnsiColor::Cyan.on_default().bold();
