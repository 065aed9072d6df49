//! Reads the values of a command line.

use serde_json::Value;

use crate::engine::{
    definition::{Input, Invocation, Kind},
    line::secret,
    value,
};
use crate::error::CliError;

impl Invocation<'_> {
    /// Returns the last value of an argument or flag, or its default.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.text(name).or_else(|| self.input(name)?.default)
    }

    /// Returns the value of a flag with choices, in the spelling of the definition.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if the value is not one of the choices.
    pub(crate) fn choice(&self, name: &str) -> Result<Option<String>, CliError> {
        let Some(input) = self.input(name) else {
            return Ok(None);
        };
        let value = self.json(input)?;
        Ok(value.and_then(|value| value.as_str().map(str::to_owned)))
    }

    /// Returns the value of a secret flag: from its file, standard input, the environment or the command line.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if the source cannot be read.
    pub(crate) fn secret(&self, name: &str) -> Result<Option<String>, CliError> {
        let text = self.text(name);
        text.map(|text| self.resolve_secret(name, text)).transpose()
    }

    fn resolve_secret(&self, name: &str, text: &str) -> Result<String, CliError> {
        let value = if self.values.is_from_file(name) {
            secret::from_file(text)?
        } else {
            secret::resolve(text, name)?
        };
        if value.is_empty() {
            return Err(CliError::usage(format!("the value of `--{name}` is empty"))
                .with_hint("check the file, the variable or the standard input that provides it"));
        }
        Ok(value)
    }

    /// Returns all values of an argument or flag.
    pub(crate) fn texts(&self, name: &str) -> &[String] {
        self.values.texts(name)
    }

    /// Returns `true` if a switch is on.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.values.is_on(name)
    }

    /// Returns the argument or flag of this name.
    pub(crate) fn input(&self, name: &str) -> Option<&Input> {
        self.inputs().find(|input| input.name == name)
    }

    /// Returns the arguments and flags of the definition.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &Input> {
        let command = self.command.arguments.iter().chain(self.command.flags);
        command.chain(&self.dynamic)
    }

    /// Returns the value of an argument or flag as JSON, or `None` if it is neither given nor has a
    /// default.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if the value is not of the input's kind.
    pub(crate) fn json(&self, input: &Input) -> Result<Option<Value>, CliError> {
        let texts: Vec<String> = match (self.values.texts(input.name), input.default) {
            ([], None) if input.secret && input.required => {
                return Ok(Some(secret::ask(input.name)?.into()));
            }
            ([], None) => return Ok(None),
            ([], Some(default)) => vec![default.to_owned()],
            (texts, _) => texts.to_vec(),
        };
        let last = || texts.last().cloned().unwrap_or_default();
        Ok(Some(match input.kind {
            Kind::Text | Kind::Optional => self.one(input, &last())?,
            Kind::Integer => integer(input, &last())?,
            Kind::Number => number(input, &last())?,
            Kind::Switch => {
                if last() == "true" {
                    input.literal.json()
                } else if let super::definition::Literal::Bool(value) = input.literal {
                    (!value).into()
                } else {
                    return Ok(None);
                }
            }
            Kind::Repeated => {
                let items = texts.iter().map(|text| self.one(input, text));
                items.collect::<Result<Vec<_>, _>>()?.into()
            }
            Kind::List => {
                let mut items = Vec::new();
                for text in &texts {
                    for item in value::split_list(text)? {
                        items.push(self.one(input, &item)?);
                    }
                }
                items.into()
            }
            Kind::Pairs => self.pairs(input, &texts)?,
        }))
    }

    /// Returns pairs as an object or, if the input has a parser, as a list of parsed pairs.
    fn pairs(&self, input: &Input, texts: &[String]) -> Result<Value, CliError> {
        let mut items = Vec::new();
        for text in texts {
            items.extend(value::split_list(text)?);
        }
        if input.parser.is_some() {
            let items = items.iter().map(|item| self.one(input, item));
            return Ok(items.collect::<Result<Vec<_>, _>>()?.into());
        }
        let mut object = serde_json::Map::new();
        for item in &items {
            let (key, value) = value::split_pair(item)?;
            object.insert(key.to_owned(), value.into());
        }
        Ok(object.into())
    }

    /// Returns one value after parsing, secret resolution and normalization to the spelling of the choices.
    fn one(&self, input: &Input, text: &str) -> Result<Value, CliError> {
        if let Some(parser) = input.parser {
            return parser(text)
                .map_err(|error| error.with_context(&format!("`--{}`", input.name)));
        }
        if input.secret {
            return Ok(self.resolve_secret(input.name, text)?.into());
        }
        if input.choices.is_empty() {
            return Ok(text.into());
        }
        let mut choices = input.choices.iter();
        match choices.find(|choice| choice.eq_ignore_ascii_case(text)) {
            Some(choice) => Ok((*choice).into()),
            None => Err(
                CliError::usage(format!("invalid value `{text}` for `--{}`", input.name))
                    .with_hint(format!("values: {}", input.choices.join(", "))),
            ),
        }
    }
}

fn integer(input: &Input, text: &str) -> Result<Value, CliError> {
    text.parse::<i64>().map(Value::from).map_err(|_| {
        CliError::usage(format!(
            "`{text}` for `--{}` is not a whole number",
            input.name
        ))
    })
}

fn number(input: &Input, text: &str) -> Result<Value, CliError> {
    if let Ok(whole) = text.parse::<i64>() {
        return Ok(whole.into());
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number.into()),
        _ => Err(CliError::usage(format!(
            "`{text}` for `--{}` is not a number",
            input.name
        ))),
    }
}
