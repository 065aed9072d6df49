//! Builds requests from the values of a command line.

pub(crate) mod redact;
pub(crate) mod unknown_fields;

use std::{fs, io::Read as _, sync::OnceLock};

use mongodbatlas::{
    Atlas, Call, Document,
    operations::{Location, Operation, Parameter},
};
use serde_json::Value;

use crate::engine::{
    Invocation,
    definition::{Constant, Input, Kind, Scope, Target},
    session::Place,
    value::set_at,
};
use crate::error::CliError;

/// A request that is not sent yet.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) operation: &'static Operation,
    /// Path and query parameters.
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
}

impl Request {
    /// Creates a request without parameters.
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            parameters: Vec::new(),
            body: None,
        }
    }

    /// Adds a parameter.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.parameters.push((name.to_owned(), value.into()));
        self
    }

    /// Sets the body.
    pub(crate) fn with_body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Returns the value of a parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        parameters
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns a request of another operation with the parameters that both operations have. `rename` contains old and
    /// new names.
    pub(crate) fn with_operation(
        &self,
        operation: &'static Operation,
        rename: &[(&str, &str)],
    ) -> Self {
        let names = self.parameters.iter().map(|(name, value)| {
            let new = rename.iter().find(|(old, _)| old == name);
            (new.map_or(name.as_str(), |(_, new)| *new), value)
        });
        let known = |name: &str| {
            operation
                .parameters
                .iter()
                .any(|parameter| parameter.name == name)
        };
        Self {
            operation,
            parameters: names
                .filter(|(name, _)| known(name))
                .map(|(name, value)| (name.to_owned(), value.clone()))
                .collect(),
            body: self
                .body
                .clone()
                .filter(|_| operation.content_type.is_some()),
        }
    }

    /// Fills the missing path parameter with a field of the response that created the resource.
    pub(crate) fn with_created(mut self, response: Option<&Document>, field: &str) -> Self {
        let is_missing = |parameter: &&Parameter| {
            parameter.location == Location::Path && self.parameter(parameter.name).is_none()
        };
        let missing = self.operation.parameters.iter().find(is_missing);
        let value = response.map(Document::to_value).unwrap_or_default();
        if let (Some(parameter), Some(id)) = (missing, value.get(field).and_then(Value::as_str)) {
            self.parameters
                .push((parameter.name.to_owned(), id.to_owned()));
        }
        self
    }

    /// Returns the SDK's call.
    pub(crate) fn call(&self, atlas: &Atlas) -> Call {
        let call = atlas.operation(self.operation);
        let call = self
            .parameters
            .iter()
            .fold(call, |call, (name, value)| call.with(name.as_str(), value));
        match &self.body {
            Some(body) => call.with_body(body.clone()),
            None => call,
        }
    }
}

impl Invocation<'_> {
    /// Returns the path parameter and the id of the scope.
    ///
    /// # Errors
    ///
    /// Fails if the project or organization cannot be determined.
    pub(crate) async fn scope(&self) -> Result<Option<(&'static str, Place)>, CliError> {
        Ok(match self.command.resource_scope() {
            Scope::None | Scope::Fleet => None,
            Scope::Project => {
                let project = match &self.project {
                    Some(project) => project.clone(),
                    None => self.session.project(&self.values).await?,
                };
                Some(("groupId", project))
            }
            Scope::Organization => Some(("orgId", self.session.organization(&self.values).await?)),
        })
    }

    /// Builds the request of the command, within a scope.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if a value cannot be sent.
    pub(crate) fn request(
        &self,
        operation: &'static Operation,
        scope: Option<(&'static str, &str)>,
    ) -> Result<Request, CliError> {
        let mut request = Request::new(operation);
        if let Some((name, id)) = scope {
            request = request.with(name, id);
        }
        let mut body = Value::Null;
        for constant in self.command.constants {
            match *constant {
                Constant::Query(name, value) | Constant::Path(name, value) => {
                    request = request.with(name, value);
                }
                Constant::Body(pointer, value) => set_at(&mut body, pointer, value.json()),
            }
        }
        for input in self.inputs() {
            self.apply(input, &mut request, &mut body)?;
        }
        if operation.content_type.is_some() {
            if body.is_null() {
                body = Value::Object(serde_json::Map::new());
            }
            if let Some(adjust) = self.command.adjust {
                adjust(self, &mut body)?;
            }
            request.body = Some(self.check_fields(operation, body)?);
        }
        Ok(request)
    }

    /// Puts the value of an input into the request.
    fn apply(
        &self,
        input: &Input,
        request: &mut Request,
        body: &mut Value,
    ) -> Result<(), CliError> {
        match input.target {
            // the command's function reads the raw value
            Target::None if input.kind == Kind::Integer => {
                self.json(input)?;
            }
            Target::None => {}
            Target::Path(name) | Target::Query(name) => {
                let Some(value) = self.json(input)? else {
                    return Ok(());
                };
                let values = match value {
                    Value::Array(items) => items,
                    other => vec![other],
                };
                for value in values {
                    let text = value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned);
                    request.parameters.push((name.to_owned(), text));
                }
            }
            Target::Body(pointer) => {
                if let Some(value) = self.json(input)? {
                    set_at(body, pointer, value);
                }
            }
            Target::BodyFile => {
                if let Some(file) = self.text(input.name) {
                    merge(body, read_json(file)?);
                }
            }
            Target::FileText(pointer) => {
                if let Some(file) = self.text(input.name) {
                    set_at(body, pointer, read_text(file)?.into());
                }
            }
            Target::FileJson(pointer) => {
                if let Some(file) = self.text(input.name) {
                    set_at(body, pointer, read_json(file)?);
                }
            }
        }
        Ok(())
    }

    /// Rejects fields that the operation does not have. In official mode, removes the fields with a warning.
    fn check_fields(
        &self,
        operation: &'static Operation,
        mut body: Value,
    ) -> Result<Value, CliError> {
        let has_file = self.inputs().any(|input| {
            matches!(input.target, Target::BodyFile | Target::FileJson(_))
                && self.values.has(input.name)
        });
        let Some(schema) = operation.request_body().filter(|_| has_file) else {
            return Ok(body);
        };
        let unknown = unknown_fields::find(&body, schema);
        if unknown.is_empty() || self.is_on("allow-unknown-fields") {
            return Ok(body);
        }
        let names = unknown
            .iter()
            .map(|path| format!("`{}`", path.join(".")))
            .collect::<Vec<_>>()
            .join(", ");
        if self.session.emulates_official_cli {
            self.session
                .warnings
                .borrow_mut()
                .push(format!("unknown fields are left out: {names}"));
            unknown_fields::remove(&mut body, &unknown);
            return Ok(body);
        }
        Err(
            CliError::usage(format!("unknown fields in the file: {names}"))
                .with_hint("remove them, or send them with `--allow-unknown-fields`"),
        )
    }
}

/// Adds the fields of a document to a body. Fields of the body take precedence.
fn merge(body: &mut Value, document: Value) {
    match (body, document) {
        (Value::Object(fields), Value::Object(new)) => {
            for (name, value) in new {
                merge(fields.entry(name).or_insert(Value::Null), value);
            }
        }
        (body @ Value::Null, document) => *body = document,
        _ => {}
    }
}

/// Standard input, which can be read once.
static STDIN: OnceLock<String> = OnceLock::new();

/// Reads a text from a file, or from standard input for `-`.
pub(crate) fn read_text(file: &str) -> Result<String, CliError> {
    let text = if file == "-" {
        if let Some(text) = STDIN.get() {
            return Ok(text.clone());
        }
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        read.map(|_| STDIN.get_or_init(|| text).clone())
    } else {
        fs::read_to_string(file)
    };
    text.map_err(|error| CliError::usage(format!("cannot read `{file}`: {error}")))
}

/// Reads a JSON document from a file, or from standard input for `-`.
pub(crate) fn read_json(file: &str) -> Result<Value, CliError> {
    serde_json::from_str(&read_text(file)?).map_err(|error| {
        CliError::usage(format!(
            "invalid JSON in `{file}`, line {}, column {}",
            error.line(),
            error.column()
        ))
    })
}
