//! The one place that writes: data to stdout, talk to stderr.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use anstyle::Style;

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
    /// Where data goes instead of to `out`.
    file: Option<File>,
}

impl Ui {
    /// The output of the process.
    pub(crate) fn of_process() -> Self {
        Self {
            out: Box::new(anstream::stdout()),
            err: Box::new(anstream::stderr()),
            file: None,
        }
    }

    /// Sends data to this file from now on, and empties it.
    pub(crate) fn write_to(&mut self, path: &Path) -> Result<(), CliError> {
        let file = File::create(path).map_err(|error| {
            CliError::failure(format!("cannot write to `{}`: {error}", path.display()))
                .with_hint("name a file that you may write in a directory that exists")
        })?;
        self.file = Some(file);
        Ok(())
    }

    /// Writes data; it is complete, with its last line's end, and arrives at once.
    pub(crate) fn print(&mut self, data: &str) -> Result<(), CliError> {
        match &mut self.file {
            Some(file) => file.write_all(data.as_bytes())?,
            None => self.sentence(data)?,
        }
        Ok(())
    }

    /// Writes to stdout, wherever data goes.
    fn sentence(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// Says what is wrong and how to cure it.
    pub(crate) fn report(&mut self, error: &CliError) {
        match error.place() {
            Place::Error => self.error(error.message()),
            // Where stdout cannot be written to, there is nobody to tell.
            Place::Output => drop(self.sentence(&format!("{}\n", error.message()))),
            Place::Nowhere => {}
        }
        if let Some(hint) = error.hint() {
            self.hint(hint);
        }
    }

    /// Says what is wrong.
    pub(crate) fn error(&mut self, message: &str) {
        self.talk("error", style::ERROR, message);
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

    /// Writes a text that was asked for, such as the help, and says how the program ends.
    pub(crate) fn answer(&mut self, text: &str) -> Exit {
        match self.print(text) {
            Ok(()) => Exit::Success,
            Err(error) => error.exit(),
        }
    }

    fn talk(&mut self, word: &str, style: Style, text: &str) {
        self.say(&format!("{style}{word}:{style:#} {}\n", printable(text)));
    }
}
