//! The colours. Everything is readable without them.

use anstyle::{AnsiColor, Style};

/// For the word `error`.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// For the word `warning`.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// For the word `hint`.
pub(crate) const HINT: Style = AnsiColor::Cyan.on_default().bold();
