//! Prints documents, lists, result messages and plans.

use std::{collections::BTreeMap, io::IsTerminal as _};

use mongodbatlas::Document;

use crate::{
    engine::{
        Invocation,
        request::{Request, redact},
        value,
    },
    error::CliError,
    exit::Exit,
    output::{
        format::Format,
        render::{Data, View, at, check_columns, render, text},
    },
    terminal,
    ui::Notice,
};

impl Invocation<'_> {
    /// Prints the request instead of sending it.
    ///
    /// # Errors
    ///
    /// Fails if stdout is closed.
    pub(crate) fn print_dry_run(&mut self, request: &Request) -> Result<Exit, CliError> {
        let operation = request.operation;
        let mut path = operation.path.to_owned();
        let mut query = Vec::new();
        for (name, value) in &request.parameters {
            let template = format!("{{{name}}}");
            if path.contains(&template) {
                path = path.replace(&template, value);
            } else {
                query.push(format!("{name}={value}"));
            }
        }
        if !query.is_empty() {
            path = format!("{path}?{}", query.join("&"));
        }
        let mut body = request.body.clone();
        if let Some(body) = &mut body {
            redact::redact(body, operation);
        }
        if self.session.format.is_human_readable() {
            let body = body.map_or_else(String::new, |body| format!("\n{body:#}"));
            self.ui
                .print(&format!("{} {path}{body}\n", operation.method))?;
        } else {
            let plan =
                serde_json::json!({ "method": operation.method, "path": path, "body": body });
            self.ui.print(&format!("{plan:#}\n"))?;
        }
        Ok(Exit::Success)
    }

    /// Prints the returned document, or the command's result message.
    ///
    /// # Errors
    ///
    /// Fails with a usage error for an invalid expression or column, or if stdout is closed.
    pub(crate) fn print_result(
        &mut self,
        document: Option<&Document>,
        sentence: Option<&'static str>,
    ) -> Result<Exit, CliError> {
        let stored = document
            .map(|document| self.move_secrets(document))
            .transpose()?;
        let document = stored.as_ref();
        let value = document.map(Document::to_value).unwrap_or_default();
        let data = match (document, self.command.projection) {
            (None, _) => Data::Empty,
            (Some(document), None) => Data::Document(document.clone()),
            (Some(document), Some(pointer)) => Data::Document(part(document, pointer)?),
        };
        let sentence = sentence.map(|sentence| self.fill(sentence, &value));
        self.print_with(&data, sentence)?;
        Ok(Exit::Success)
    }

    /// Prints data with the columns of the command.
    ///
    /// # Errors
    ///
    /// Fails with a usage error for an invalid expression or column, or if stdout is closed.
    pub(crate) fn print(&mut self, data: &Data) -> Result<(), CliError> {
        self.print_with(data, None)
    }

    fn print_with(&mut self, data: &Data, sentence: Option<String>) -> Result<(), CliError> {
        let mut view = self.view()?;
        view.sentence = sentence;
        check_columns(data, &view)?;
        let text = render(data, &view)?;
        self.ui.print(&text)
    }

    /// Returns the view of the command: columns, sorting and output options.
    ///
    /// # Errors
    ///
    /// Fails if the time zone is unknown.
    pub(crate) fn view(&self) -> Result<View, CliError> {
        let format = self.session.format.clone();
        let command = self.command;
        let columns = match (&format, command.plain) {
            (Format::Plaintext, plain) if !plain.is_empty() => plain,
            _ => command.columns,
        };
        let mut chosen = Vec::new();
        for text in self.texts("columns") {
            chosen.extend(value::split_list(text)?);
        }
        let zone = self.time_zone()?;
        let is_fitted =
            format == Format::Table && !self.is_on("wide") && std::io::stdout().is_terminal();
        Ok(View {
            columns: columns.to_vec(),
            chosen,
            sort: self.values.text("sort").map(str::to_owned),
            jq: self.values.text("jq").map(str::to_owned),
            sentence: None,
            is_compact: self.is_on("compact"),
            width: is_fitted.then(terminal::stdout_width),
            zone,
            format,
        })
    }

    /// Returns the time zone of times in tables and messages.
    ///
    /// # Errors
    ///
    /// Fails if the time zone is unknown.
    pub(crate) fn time_zone(&self) -> Result<jiff::tz::TimeZone, CliError> {
        match self.values.text("time-zone") {
            None => Ok(jiff::tz::TimeZone::system()),
            Some(name) => jiff::tz::TimeZone::get(name).map_err(|_| {
                CliError::usage(format!("unknown time zone `{name}`"))
                    .with_hint("write a name such as `Europe/Dublin`, or `UTC`")
            }),
        }
    }

    /// Replaces each `{field}` in a message with a field of the document or, if there is none, an argument or flag.
    fn fill(&self, sentence: &str, value: &serde_json::Value) -> String {
        let mut filled = String::new();
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            match at(value, name) {
                Some(field) => filled.push_str(&text(field)),
                None => match (self.text(name), self.values.text("secret-to")) {
                    (Some(input), _) => filled.push_str(input),
                    (None, Some(file)) => filled.extend(["(in ", file, ")"]),
                    (None, None) => {}
                },
            }
            rest = after;
        }
        filled + rest
    }

    /// Writes a warning to stderr.
    pub(crate) fn warn(&mut self, message: &str) {
        if self.session.format == Format::Json {
            let message = Notice::new("warning", message, None);
            self.ui.write_stderr(&message.line());
        } else {
            self.ui.warn(message);
        }
    }
}

/// Converts a JSON value to a document.
///
/// # Errors
///
/// Fails if the value cannot be written as JSON.
pub(crate) fn to_document(value: &serde_json::Value) -> Result<Document, CliError> {
    serialize(value)
}

/// Serializes a value to a document.
///
/// # Errors
///
/// Fails if the value has no representation in JSON.
pub(crate) fn serialize(value: &impl serde::Serialize) -> Result<Document, CliError> {
    let json = serde_json::to_string(value).and_then(|json| serde_json::from_str(&json));
    json.map_err(|error| CliError::failure(format!("invalid JSON: {error}")))
}

/// Returns the part of a document at a JSON pointer, with the fields in their order.
fn part(document: &Document, pointer: &str) -> Result<Document, CliError> {
    let mut part = document.clone();
    for name in pointer.split('/').skip(1) {
        let mut fields: BTreeMap<String, Document> =
            serde_json::from_str(part.as_str()).unwrap_or_default();
        part = match fields.remove(name) {
            Some(field) => field,
            None => to_document(&serde_json::Value::Object(serde_json::Map::new()))?,
        };
    }
    Ok(part)
}
