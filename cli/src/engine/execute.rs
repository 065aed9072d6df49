//! The steps of a command: scope, request, confirmation, sending, waiting, rendering.

use std::{collections::BTreeMap, io::IsTerminal as _};

use mongodbatlas::{Document, Error, Response};

use super::{
    Invocation,
    confirm::Confirmation,
    definition::{Command, Danger, Pages},
    request::Request,
};
use crate::{
    error::CliError,
    exit::Exit,
    output::{
        format::Format,
        render::{Data, View, render},
    },
};

impl Command {
    /// Returns `true` if the command prints a list.
    pub(crate) fn is_list(&self) -> bool {
        self.pages != Pages::None || self.verb == "list"
    }
}

impl Invocation<'_> {
    /// Runs the command.
    ///
    /// # Errors
    ///
    /// The error of the first step that fails.
    pub(crate) async fn run(&mut self) -> Result<Exit, CliError> {
        if self.command.on_cluster && !self.session.is_official {
            self.resolve_cluster().await?;
        }
        if let Some(run) = self.command.run {
            return run(self).await;
        }
        self.run_definition().await
    }

    /// Resolves the input `cluster-name`: its project and its name.
    async fn resolve_cluster(&mut self) -> Result<(), CliError> {
        let Some(text) = self.values.text("cluster-name").map(str::to_owned) else {
            return Ok(());
        };
        let cluster = self.resolve_read(&text).await?;
        self.values.set("cluster-name", vec![cluster.name]);
        self.project = Some(cluster.project);
        Ok(())
    }

    /// Runs the command by its definition, without its function.
    ///
    /// # Errors
    ///
    /// The error of the first step that fails.
    pub(crate) async fn run_definition(&mut self) -> Result<Exit, CliError> {
        if self.command.is_list() {
            return Box::pin(self.run_list()).await;
        }
        let scope = self.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let Some(operation) = self.command.operation else {
            return Err(CliError::failure("the command has no operation"));
        };
        let request = self.request(operation, scope)?;
        self.confirm_and_send(&request).await
    }

    /// Asks for the confirmation that the command needs, sends the request and prints the result. With
    /// `--dry-run` it prints the request.
    ///
    /// # Errors
    ///
    /// A failed request or wait, or a missing confirmation.
    pub(crate) async fn confirm_and_send(&mut self, request: &Request) -> Result<Exit, CliError> {
        let operation = request.operation;
        if self.is_on("dry-run") && operation.method != "GET" {
            return self.print_plan(request);
        }
        let name = self.first_argument().unwrap_or_default().to_owned();
        let danger = self.command.danger;
        if danger != Danger::None
            && self.confirm(danger, &self.purpose(), &name)? == Confirmation::Declined
        {
            return Ok(self.declined());
        }
        self.send_and_wait(request).await
    }

    /// Sends the request, waits for the state if that is wanted, and prints the result.
    ///
    /// # Errors
    ///
    /// A failed request or wait.
    pub(crate) async fn send_and_wait(&mut self, request: &Request) -> Result<Exit, CliError> {
        let wait = self.command.wait;
        if let Some(wait) = wait.filter(|wait| wait.always) {
            let document = self.poll_with_fallback(&wait, request).await?;
            return self.print_result(document.as_ref(), Some(wait.result));
        }
        let (response, is_fallback) = self.send(request).await?;
        let mut document = response.document().cloned();
        let mut sentence = self.command.result;
        if let Some(wait) = wait
            && self.has_wait()
        {
            let is_fallback = is_fallback || self.command.operation != Some(request.operation);
            let read = wait
                .fallback
                .filter(|_| is_fallback)
                .unwrap_or(wait.operation);
            let rename = self
                .command
                .fallback
                .map_or(&[][..], |fallback| fallback.rename);
            let poll = request.to(read, if is_fallback { rename } else { &[] });
            let poll = poll.with_created(document.as_ref(), wait.created);
            let polled = self.poll(&wait, &poll).await?;
            if !self.session.is_official {
                document = polled.or(document);
            }
            sentence = Some(wait.result);
        }
        self.print_result(document.as_ref(), sentence)
    }

    async fn poll_with_fallback(
        &self,
        wait: &super::definition::WaitFor,
        request: &Request,
    ) -> Result<Option<Document>, CliError> {
        let atlas = self.session.atlas().await?;
        let first = request.call(&atlas).send().await;
        let fallback = first
            .as_ref()
            .err()
            .and_then(|error| self.fallback_request(error, request));
        match (fallback, first) {
            (Some(fallback), _) => self.poll(wait, &fallback).await,
            (None, Err(error))
                if !error.is_retryable() && !(error.is_not_found() && wait.until.is_empty()) =>
            {
                Err(CliError::of_request(&error, &self.action()))
            }
            _ => self.poll(wait, request).await,
        }
    }

    /// Sends a request, and the fallback's if Atlas returns one of its codes. Returns `true` with the
    /// response of the fallback.
    ///
    /// # Errors
    ///
    /// A failed request.
    pub(crate) async fn send(&self, request: &Request) -> Result<(Response, bool), CliError> {
        let atlas = self.session.atlas().await?;
        let error = match request.call(&atlas).send().await {
            Ok(response) => return Ok((response, false)),
            Err(error) => error,
        };
        if let Some(fallback) = self.fallback_request(&error, request) {
            let response = fallback.call(&atlas).send().await;
            let response =
                response.map_err(|error| CliError::of_request(&error, &self.action()))?;
            return Ok((response, true));
        }
        Err(CliError::of_request(&error, &self.action()))
    }

    /// Returns the request of the fallback if the error has one of its codes.
    pub(crate) fn fallback_request(&self, error: &Error, request: &Request) -> Option<Request> {
        let fallback = self.command.fallback?;
        let code = error.error_code()?;
        let is_match = fallback.codes.contains(&code);
        is_match.then(|| request.to(fallback.operation, fallback.rename))
    }

    /// Prints the request instead of sending it.
    ///
    /// # Errors
    ///
    /// A closed output.
    pub(crate) fn print_plan(&mut self, request: &Request) -> Result<Exit, CliError> {
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
            super::redact::redact(body, operation);
        }
        if self.session.format.is_prose() {
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

    /// Prints the document of a command, or its sentence.
    ///
    /// # Errors
    ///
    /// An invalid expression or column, or a closed output.
    pub(crate) fn print_result(
        &mut self,
        document: Option<&Document>,
        sentence: Option<&'static str>,
    ) -> Result<Exit, CliError> {
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
    /// An invalid expression or column, or a closed output.
    pub(crate) fn print(&mut self, data: &Data) -> Result<(), CliError> {
        self.print_with(data, None)
    }

    fn print_with(&mut self, data: &Data, sentence: Option<String>) -> Result<(), CliError> {
        let mut view = self.view()?;
        view.sentence = sentence;
        let text = render(data, &view)?;
        self.ui.print(&text)
    }

    /// Returns how the command shows data.
    ///
    /// # Errors
    ///
    /// An unknown time zone.
    pub(crate) fn view(&self) -> Result<View, CliError> {
        let format = self.session.format.clone();
        let command = self.command;
        let columns = match (&format, command.plain) {
            (Format::Plaintext, plain) if !plain.is_empty() => plain,
            _ => command.columns,
        };
        let mut chosen = Vec::new();
        for text in self.texts("columns") {
            chosen.extend(super::value::split_list(text)?);
        }
        let zone = match self.values.text("time-zone") {
            None => jiff::tz::TimeZone::system(),
            Some(name) => jiff::tz::TimeZone::get(name).map_err(|_| {
                CliError::usage(format!("unknown time zone `{name}`"))
                    .with_hint("write a name such as `Europe/Dublin`, or `UTC`")
            })?,
        };
        let is_fitted =
            format == Format::Table && !self.is_on("wide") && std::io::stdout().is_terminal();
        Ok(View {
            columns: columns.to_vec(),
            chosen,
            sort: self.values.text("sort").map(str::to_owned),
            jq: self.values.text("jq").map(str::to_owned),
            sentence: None,
            is_compact: self.is_on("compact"),
            width: is_fitted.then(terminal_width),
            zone,
            format,
        })
    }

    /// Replaces `{field}` in a sentence by a field of the document, else by an argument or flag.
    fn fill(&self, sentence: &str, value: &serde_json::Value) -> String {
        let mut filled = String::new();
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            match crate::output::render::at(value, name) {
                Some(field) => filled.push_str(&crate::output::render::text(field)),
                None => filled.push_str(self.text(name).unwrap_or_default()),
            }
            rest = after;
        }
        filled + rest
    }

    /// Returns the first positional argument.
    pub(crate) fn first_argument(&self) -> Option<&str> {
        let first = self.command.arguments.first()?;
        self.text(first.name)
    }

    /// Returns what the command does, such as ``delete cluster `a` ``.
    fn purpose(&self) -> String {
        let mut words: Vec<_> = self.words.split(' ').collect();
        let verb = words.pop().unwrap_or_default();
        let noun = words.last().copied().unwrap_or_default();
        match self.first_argument() {
            Some(name) => {
                let noun = noun.strip_suffix('s').unwrap_or(noun).replace('-', " ");
                format!("{verb} {noun} `{name}`")
            }
            None => format!("{verb} {}", noun.replace('-', " ")),
        }
    }

    /// Returns the beginning of an error message, such as ``cannot delete cluster `a` ``.
    pub(crate) fn action(&self) -> String {
        format!("cannot {}", self.purpose())
    }

    /// Writes a warning to stderr.
    pub(crate) fn warn(&mut self, message: &str) {
        if self.session.format == Format::Json {
            let line = serde_json::json!({ "level": "warning", "message": message });
            self.ui.write_stderr(&format!("{line}\n"));
        } else {
            self.ui.warn(message);
        }
    }
}

/// Returns a JSON value as a document.
pub(crate) fn document_of(value: &serde_json::Value) -> Result<Document, CliError> {
    serde_json::from_str(&value.to_string())
        .map_err(|error| CliError::failure(format!("invalid JSON: {error}")))
}

/// Returns the part of a document at a JSON pointer, with the fields in their order.
fn part(document: &Document, pointer: &str) -> Result<Document, CliError> {
    let mut part = document.clone();
    for name in pointer.split('/').skip(1) {
        let mut fields: BTreeMap<String, Document> =
            serde_json::from_str(part.as_str()).unwrap_or_default();
        part = match fields.remove(name) {
            Some(field) => field,
            None => document_of(&serde_json::Value::Object(serde_json::Map::new()))?,
        };
    }
    Ok(part)
}

/// Returns the width of the terminal in columns.
fn terminal_width() -> usize {
    let columns = std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.parse().ok());
    let size = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns.or_else(size).unwrap_or(100)
}
