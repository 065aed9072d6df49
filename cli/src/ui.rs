//! The one place that writes: data to stdout, talk to stderr.

use std::io::Write;

use anstyle::Style;
use clap::error::Error as ClapError;

use crate::{
    error::{CliError, Place},
    exit::Exit,
    style,
    terminal::printable,
};

/// Where output goes.
pub(crate) struct Ui {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
}

impl Ui {
    /// The output of the process.
    pub(crate) fn of_process() -> Self {
        Self {
            out: Box::new(anstream::stdout()),
            err: Box::new(anstream::stderr()),
        }
    }

    /// Writes data; it is complete, with its last line's end, and arrives at once.
    pub(crate) fn print(&mut self, data: &str) -> Result<(), CliError> {
        self.out.write_all(data.as_bytes())?;
        self.out.flush()?;
        Ok(())
    }

    /// Says what is wrong and how to cure it.
    pub(crate) fn report(&mut self, error: &CliError) {
        match error.place() {
            Place::Error => self.talk("error", style::ERROR, error.message()),
            // Where stdout cannot be written to, there is nobody to tell.
            Place::Output => drop(self.print(&format!("{}\n", error.message()))),
            Place::Nowhere => {}
        }
        if let Some(hint) = error.hint() {
            self.hint(hint);
        }
    }

    /// Says what looks wrong, but does not stop anything.
    pub(crate) fn warn(&mut self, message: &str) {
        self.talk("warning", style::WARNING, message);
    }

    /// Says what to do.
    pub(crate) fn hint(&mut self, hint: &str) {
        self.talk("hint", style::HINT, hint);
    }

    /// Says something that is ready to be read, to stderr.
    pub(crate) fn say(&mut self, text: &str) {
        // Talk that nobody can read must not change how the program ends.
        drop(self.err.write_all(text.as_bytes()));
        drop(self.err.flush());
    }

    /// Writes what the parser has to say: help to stdout, complaints to stderr.
    pub(crate) fn parsing(&mut self, error: &ClapError) -> Exit {
        let text = error.render().ansi().to_string();
        if error.use_stderr() {
            self.say(&text);
            return Exit::Usage;
        }
        match self.print(&text) {
            Ok(()) => Exit::Success,
            Err(error) => error.exit(),
        }
    }

    fn talk(&mut self, word: &str, style: Style, text: &str) {
        self.say(&format!("{style}{word}:{style:#} {}\n", printable(text)));
    }
}
