//! Executes the steps of a command: scope, request, confirmation, sending, waiting, rendering.

use mongodbatlas::{Atlas, Document, Error, Response};

use crate::engine::{
    Invocation,
    definition::{Command, Danger, Input, Pages, Target},
    request::Request,
    steps::confirm::Confirmation,
};
use crate::{error::CliError, exit::Exit};

/// Verbs that a kind follows, as in `integrations create datadog`.
const KIND_VERBS: [&str; 2] = ["create", "update"];

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
    /// Returns the error of the first step that fails.
    pub(crate) async fn run(&mut self) -> Result<Exit, CliError> {
        if self.is_on("verbose") {
            self.report_credentials().await;
        }
        if self.command.on_cluster && !self.session.emulates_official_cli {
            self.resolve_cluster().await?;
        }
        let outcome = match self.command.run {
            Some(run) => run(self).await,
            None => self.run_definition().await,
        };
        for warning in self.session.warnings.take() {
            self.warn(&warning);
        }
        outcome
    }

    /// Resolves the input `cluster-name`: its project and its name.
    ///
    /// # Errors
    ///
    /// Fails if no cluster or more than one has this name.
    pub(crate) async fn resolve_cluster(&mut self) -> Result<(), CliError> {
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
    /// Returns the error of the first step that fails.
    pub(crate) async fn run_definition(&mut self) -> Result<Exit, CliError> {
        if self.command.is_list() {
            return Box::pin(self.run_list()).await;
        }
        let scope = self.scope().await?;
        let Some(operation) = self.command.operation else {
            return Err(CliError::failure("the command has no operation"));
        };
        let borrowed = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = self.request(operation, borrowed)?;
        if let Some((parameter, place)) = scope {
            // for `{project}` and `{org}` in result messages
            let name = if parameter == "groupId" {
                "project"
            } else {
                "org"
            };
            if !self.values.has(name) {
                self.values.set(name, vec![place.id]);
            }
        }
        self.confirm_and_send(&request).await
    }

    /// Asks for the confirmation that the command needs, sends the request and prints the result. With
    /// `--dry-run` it prints the request.
    ///
    /// # Errors
    ///
    /// Fails if the request or the wait fails, or without a confirmation.
    pub(crate) async fn confirm_and_send(&mut self, request: &Request) -> Result<Exit, CliError> {
        let operation = request.operation;
        if self.is_on("dry-run") && operation.method != "GET" {
            return self.print_dry_run(request);
        }
        let name = self.target_name().unwrap_or_default().to_owned();
        let danger = self.command.danger;
        if danger != Danger::None
            && self.confirm(danger, &self.purpose(), &name)? == Confirmation::Declined
        {
            return Ok(self.declined());
        }
        self.send_and_wait(request).await
    }

    /// Sends the request, waits for the state if the command line requests a wait, and prints the result.
    ///
    /// # Errors
    ///
    /// Fails if the request or the wait fails.
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
            && !self.session.interrupts.is_interrupted()
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
            let poll = request.with_operation(read, if is_fallback { rename } else { &[] });
            let poll = poll.with_created(document.as_ref(), wait.created);
            let polled = self.poll(&wait, &poll).await?;
            if !self.session.emulates_official_cli || self.command.prints_reached_state {
                document = polled.or(document);
            }
            sentence = Some(wait.result);
        }
        self.print_result(document.as_ref(), sentence)
    }

    async fn poll_with_fallback(
        &self,
        wait: &crate::engine::definition::WaitFor,
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
                if !(error.is_retryable() || error.is_not_found() && wait.until.is_empty()) =>
            {
                Err(CliError::from_request_error(&error, &self.action()))
            }
            _ => self.poll(wait, request).await,
        }
    }

    /// Sends a request, and the fallback's if Atlas returns one of its codes. Returns `true` with the
    /// response of the fallback.
    ///
    /// # Errors
    ///
    /// Fails if the request fails.
    pub(crate) async fn send(&self, request: &Request) -> Result<(Response, bool), CliError> {
        if request.operation.method != "GET" {
            return Box::pin(self.send_change_request(request)).await;
        }
        self.session.interrupts.check()?;
        let atlas = self.session.atlas().await?;
        let response = self.send_with_fallback(&atlas, request).await;
        response.map_err(|error| CliError::from_request_error(&error, &self.action()))
    }

    /// Sends a request, and the fallback's if Atlas returns one of its codes.
    pub(crate) async fn send_with_fallback(
        &self,
        atlas: &Atlas,
        request: &Request,
    ) -> Result<(Response, bool), Error> {
        let error = match request.call(atlas).send().await {
            Ok(response) => return Ok((response, false)),
            Err(error) => error,
        };
        match self.fallback_request(&error, request) {
            Some(fallback) => Ok((fallback.call(atlas).send().await?, true)),
            None => Err(error),
        }
    }

    /// Returns the request of the fallback if the error has one of its codes.
    pub(crate) fn fallback_request(&self, error: &Error, request: &Request) -> Option<Request> {
        let fallback = self.command.fallback?;
        let code = error.error_code()?;
        let is_match = fallback.codes.contains(&code);
        is_match.then(|| request.with_operation(fallback.operation, fallback.rename))
    }

    /// Returns the first positional argument, unless it is a secret.
    pub(crate) fn first_argument(&self) -> Option<&str> {
        let first = self.command.arguments.first()?;
        self.text(first.name).filter(|_| !first.secret)
    }

    /// Returns the name of the resource that the command changes: the first argument or, if there is none, the
    /// first flag that fills a path parameter.
    fn target_name(&self) -> Option<&str> {
        let is_in_path = |input: &&Input| matches!(input.target, Target::Path(_));
        let flag = || self.command.flags.iter().find(is_in_path);
        self.first_argument().or_else(|| self.text(flag()?.name))
    }

    /// Returns the action of the command for messages, such as ``delete cluster `a` ``.
    pub(crate) fn purpose(&self) -> String {
        if let Some(action) = self.command.action {
            return match self.first_argument() {
                Some(name) => format!("{action} `{name}`"),
                None => action.to_owned(),
            };
        }
        let mut words: Vec<_> = self.words.split(' ').collect();
        let mut verb = words.pop().unwrap_or_default();
        let mut kind = String::new();
        if let Some(action) = words.pop_if(|word| KIND_VERBS.contains(word)) {
            kind = format!("{verb} ");
            verb = action;
        }
        let noun = words.last().copied().unwrap_or_default();
        let is_one = !kind.is_empty() || self.first_argument().is_some();
        let noun = if is_one { singular(noun) } else { noun };
        let noun = format!("{verb} {kind}{noun}").replace('-', " ");
        match self.first_argument() {
            Some(name) => format!("{noun} `{name}`"),
            None => noun,
        }
    }

    /// Returns the beginning of an error message, such as ``cannot delete cluster `a` ``.
    pub(crate) fn action(&self) -> String {
        format!("cannot {}", self.purpose())
    }
}

/// Returns the singular of a noun: `clusters` is `cluster`, `indexes` is `index`.
fn singular(noun: &str) -> &str {
    match noun.strip_suffix("es") {
        Some(stem) if stem.ends_with('x') || stem.ends_with("ss") => stem,
        _ if noun.ends_with("ss") => noun,
        _ => noun.strip_suffix('s').unwrap_or(noun),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_keeps_the_stem() {
        let nouns = [
            "clusters",
            "indexes",
            "processes",
            "databases",
            "schedule",
            "access",
        ];

        let expected = [
            "cluster", "index", "process", "database", "schedule", "access",
        ];
        assert_eq!(nouns.map(singular), expected);
    }
}
