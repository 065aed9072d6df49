//! Inputs of commands: positional arguments and flags.

use serde_json::Value;

use crate::error::CliError;

/// A parser of one value.
pub(crate) type Parser = fn(&str) -> Result<Value, CliError>;

/// A positional argument or a flag of a command.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a definition has independent properties"
)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    /// The name in kebab-case. Spellings that differ in hyphens or case match too.
    pub(crate) name: &'static str,
    /// Alternative names.
    pub(crate) aliases: &'static [&'static str],
    /// The letter of a flag's short form.
    pub(crate) short: Option<char>,
    /// The kind of the value.
    pub(crate) kind: Kind,
    /// The part of the request that receives the value.
    pub(crate) target: Target,
    /// The help text, without a full stop.
    pub(crate) help: &'static str,
    /// The name of the value in the help, in capitals.
    pub(crate) value_name: Option<&'static str>,
    /// The accepted values, in any case. If empty, all values are accepted.
    pub(crate) choices: &'static [&'static str],
    pub(crate) default: Option<&'static str>,
    /// The value that a switch sends. Default: `true`.
    pub(crate) literal: Literal,
    /// Parses each value.
    pub(crate) parser: Option<Parser>,
    /// `true` if the input is required.
    pub(crate) required: bool,
    /// `true` for an argument that takes all remaining words.
    pub(crate) many: bool,
    /// `true` to omit the command or input from the help.
    pub(crate) hidden: bool,
    /// `true` if the value is a secret.
    pub(crate) secret: bool,
    /// `true` if the value may be empty.
    pub(crate) may_be_empty: bool,
    /// The flag that cannot be given together with this one.
    pub(crate) excludes: Option<&'static str>,
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// An integer.
    Integer,
    Number,
    /// A flag without a value; `--flag=false` is accepted.
    Switch,
    /// A flag whose value is optional and has to follow `=`.
    Optional,
    /// Texts, split as CSV, accumulated over repetitions.
    List,
    /// Texts, one for each repetition.
    Repeated,
    /// Pairs `KEY=VALUE`, accumulated over repetitions. Without a parser they become an object.
    Pairs,
}

/// The part of a request that receives a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// No part: the command's function reads the value.
    None,
    /// The path parameter of this name.
    Path(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The field of the body at this JSON pointer. A number in the pointer creates an array.
    Body(&'static str),
    /// The body: a file with a JSON document.
    BodyFile,
    /// The field of the body at this JSON pointer: the text of a file.
    FileText(&'static str),
    /// The field of the body at this JSON pointer: the JSON document in a file.
    FileJson(&'static str),
}

/// The value that a switch sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    Bool(bool),
    Text(&'static str),
    /// An integer.
    Integer(i64),
}

impl Literal {
    /// Returns the value as JSON.
    pub(crate) fn json(self) -> Value {
        match self {
            Self::Bool(value) => value.into(),
            Self::Text(text) => text.into(),
            Self::Integer(number) => number.into(),
        }
    }
}

/// The target: a path parameter.
pub(crate) const fn path(name: &'static str) -> Target {
    Target::Path(name)
}

/// The target: a query parameter.
pub(crate) const fn query(name: &'static str) -> Target {
    Target::Query(name)
}

/// The target: a field of the body, as a JSON pointer such as `/roles/0/roleName`.
pub(crate) const fn body(pointer: &'static str) -> Target {
    Target::Body(pointer)
}

/// Creates a required positional argument.
pub(crate) const fn argument(name: &'static str, target: Target, help: &'static str) -> Input {
    let mut input = flag(name, target, help);
    input.required = true;
    input
}

/// Creates an optional flag with a text.
pub(crate) const fn flag(name: &'static str, target: Target, help: &'static str) -> Input {
    Input {
        name,
        aliases: &[],
        short: None,
        kind: Kind::Text,
        target,
        help,
        value_name: None,
        choices: &[],
        default: None,
        literal: Literal::Bool(true),
        parser: None,
        required: false,
        many: false,
        hidden: false,
        secret: false,
        may_be_empty: false,
        excludes: None,
    }
}

impl Input {
    /// Sets the kind of the value.
    pub(crate) const fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Makes the flag a switch.
    pub(crate) const fn switch(self) -> Self {
        self.kind(Kind::Switch)
    }

    /// Makes the flag a switch that sends this value.
    pub(crate) const fn sends(mut self, literal: Literal) -> Self {
        self.literal = literal;
        self.kind(Kind::Switch)
    }

    /// Accepts an integer.
    pub(crate) const fn integer(self) -> Self {
        self.kind(Kind::Integer)
    }

    /// Accepts a number.
    pub(crate) const fn number(self) -> Self {
        self.kind(Kind::Number)
    }

    /// Accepts a list of texts, split as CSV.
    pub(crate) const fn list(self) -> Self {
        self.kind(Kind::List)
    }

    /// Accepts pairs `KEY=VALUE`.
    pub(crate) const fn pairs(self) -> Self {
        self.kind(Kind::Pairs)
    }

    /// Sets the letter of the short form.
    pub(crate) const fn short(mut self, letter: char) -> Self {
        self.short = Some(letter);
        self
    }

    /// Sets alternative names.
    pub(crate) const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Sets the name of the value in the help.
    pub(crate) const fn value_name(mut self, name: &'static str) -> Self {
        self.value_name = Some(name);
        self
    }

    /// Accepts only these values, in any case. The request contains the spelling of this list.
    pub(crate) const fn choices(mut self, choices: &'static [&'static str]) -> Self {
        self.choices = choices;
        self
    }

    /// Sets the default.
    pub(crate) const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }

    /// Parses each value.
    pub(crate) const fn parser(mut self, parser: Parser) -> Self {
        self.parser = Some(parser);
        self
    }

    /// Makes the input required.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Makes the argument optional.
    pub(crate) const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// Accepts all remaining words as values.
    pub(crate) const fn many(mut self) -> Self {
        self.many = true;
        self.kind(Kind::Repeated)
    }

    /// Omits the input from the help.
    pub(crate) const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Marks the value as a secret: `--NAME-file PATH`, `-` and `env:VARIABLE` are accepted.
    pub(crate) const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Accepts an empty value.
    pub(crate) const fn may_be_empty(mut self) -> Self {
        self.may_be_empty = true;
        self
    }

    /// Rejects a command line that has the other flag too.
    pub(crate) const fn excludes(mut self, other: &'static str) -> Self {
        self.excludes = Some(other);
        self
    }
}
