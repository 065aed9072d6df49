//! Commands.

use std::pin::Pin;

use mongodbatlas::operations::Operation;
use serde_json::Value;

use super::{Column, Example, Input, Literal};
use crate::{engine::Invocation, error::CliError, exit::Exit};

/// The future of a command's function.
pub(crate) type Future<'a> =
    Pin<Box<dyn std::future::Future<Output = Result<Exit, CliError>> + 'a>>;

/// A command's function, for what a definition cannot express.
pub(crate) type Run = for<'a> fn(&'a mut Invocation<'_>) -> Future<'a>;

/// Returns further flags of a command from the words after it.
pub(crate) type Dynamic = fn(&[String]) -> Result<Vec<Input>, CliError>;

/// A command, such as `clusters list`.
#[derive(Debug)]
pub(crate) struct Command {
    /// The last word, such as `list`.
    pub(crate) verb: &'static str,
    /// Further verbs. `ls`, `get` and `rm` need no entry.
    pub(crate) aliases: &'static [&'static str],
    /// One line for the help, in the imperative, without a full stop.
    pub(crate) summary: &'static str,
    /// Further lines for the help of the command.
    pub(crate) details: &'static str,
    /// The operation that the command sends.
    pub(crate) operation: Option<&'static Operation>,
    /// The positional arguments.
    pub(crate) arguments: &'static [Input],
    /// The flags, besides those that the engine adds.
    pub(crate) flags: &'static [Input],
    /// Parts of the request that do not depend on the command line.
    pub(crate) constants: &'static [Constant],
    /// Columns of the table.
    pub(crate) columns: &'static [Column],
    /// Columns of `-o plaintext` if they differ.
    pub(crate) plain: &'static [Column],
    /// Fields of columns that the command's function adds to the documents.
    pub(crate) computed: &'static [&'static str],
    /// The sentence that tables and plain text print instead of columns. `{field}` is a field of the
    /// response, else an argument or flag.
    pub(crate) result: Option<&'static str>,
    /// The JSON pointer of the part of the response that is printed.
    pub(crate) projection: Option<&'static str>,
    /// Changes the body before it is sent.
    pub(crate) adjust: Option<fn(&Invocation<'_>, &mut Value) -> Result<(), CliError>>,
    /// Another operation for responses with these error codes.
    pub(crate) fallback: Option<Fallback>,
    /// The state that `--wait` waits for.
    pub(crate) wait: Option<WaitFor>,
    /// The confirmation that the command needs.
    pub(crate) danger: Danger,
    /// The paging of a list.
    pub(crate) pages: Pages,
    /// Examples for the help.
    pub(crate) examples: &'static [Example],
    /// The function that runs instead of the steps of the engine.
    pub(crate) run: Option<Run>,
    /// Returns further flags, which depend on the words after the command.
    pub(crate) dynamic: Option<Dynamic>,
    /// The scope, if it does not follow from the operation.
    pub(crate) scope: Option<Scope>,
    /// `true` if the input `cluster-name` is a target: `NAME`, `PROJECT:NAME` or an id.
    pub(crate) on_cluster: bool,
    /// `true` if help does not show it.
    pub(crate) hidden: bool,
}

/// The resource that a command works in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Neither a project nor an organization.
    None,
    /// A project, by `--project`.
    Project,
    /// An organization, by `--org`.
    Organization,
    /// A project if one is given, else the whole organization.
    Fleet,
}

/// A part of the request that does not depend on the command line.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Constant {
    /// A query parameter.
    Query(&'static str, &'static str),
    /// A path parameter.
    Path(&'static str, &'static str),
    /// A field of the body, by its JSON pointer.
    Body(&'static str, Literal),
}

/// An operation that is sent if the first one returns one of these error codes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fallback {
    /// The operation.
    pub(crate) operation: &'static Operation,
    /// The error codes.
    pub(crate) codes: &'static [&'static str],
    /// Path parameters that have another name in the operation: old and new.
    pub(crate) rename: &'static [(&'static str, &'static str)],
}

/// The state that a command waits for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WaitFor {
    /// The operation that reads the resource.
    pub(crate) operation: &'static Operation,
    /// The same for the operation of the fallback.
    pub(crate) fallback: Option<&'static Operation>,
    /// The field of the command's response that fills a path parameter which the command does not have:
    /// the id or name of a resource that it created.
    pub(crate) created: &'static str,
    /// The field with the state.
    pub(crate) field: &'static str,
    /// The states that end the wait. Empty: the resource is gone.
    pub(crate) until: &'static [&'static str],
    /// The states that end it as a failure.
    pub(crate) failed: &'static [&'static str],
    /// The sentence after the wait, in tables and plain text.
    pub(crate) result: &'static str,
    /// `true` if the command only waits: it has no request of its own.
    pub(crate) always: bool,
}

/// The confirmation that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Danger {
    /// None.
    None,
    /// A question.
    Confirm,
    /// The name of the resource has to be typed.
    TypeName,
}

/// The paging of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pages {
    /// Not a paginated list.
    None,
    /// A list of resources: all pages.
    Inventory,
    /// A history: the newest 100 items, all with `--all-pages`.
    History,
}

impl Command {
    /// Creates a command that sends this operation.
    pub(crate) const fn new(
        verb: &'static str,
        operation: &'static Operation,
        summary: &'static str,
    ) -> Self {
        let mut command = Self::without_operation(verb, summary);
        command.operation = Some(operation);
        command
    }

    /// Creates the command `list`. It gets the flags for pages if the operation is paginated.
    pub(crate) const fn list(operation: &'static Operation, summary: &'static str) -> Self {
        let mut command = Self::new("list", operation, summary);
        if operation.paged {
            command.pages = Pages::Inventory;
        }
        command
    }

    /// Creates the command `describe`.
    pub(crate) const fn describe(operation: &'static Operation, summary: &'static str) -> Self {
        Self::new("describe", operation, summary)
    }

    /// Creates the command `create`.
    pub(crate) const fn create(operation: &'static Operation, summary: &'static str) -> Self {
        Self::new("create", operation, summary)
    }

    /// Creates the command `update`.
    pub(crate) const fn update(operation: &'static Operation, summary: &'static str) -> Self {
        Self::new("update", operation, summary)
    }

    /// Creates the command `delete`, which asks for the name or id to be typed.
    pub(crate) const fn delete(operation: &'static Operation, summary: &'static str) -> Self {
        Self::new("delete", operation, summary).danger(Danger::TypeName)
    }

    /// Creates a command whose function does everything.
    pub(crate) const fn local(verb: &'static str, summary: &'static str, run: Run) -> Self {
        Self::without_operation(verb, summary).run(run)
    }

    const fn without_operation(verb: &'static str, summary: &'static str) -> Self {
        Self {
            verb,
            aliases: &[],
            summary,
            details: "",
            operation: None,
            arguments: &[],
            flags: &[],
            constants: &[],
            columns: &[],
            plain: &[],
            computed: &[],
            result: None,
            projection: None,
            adjust: None,
            fallback: None,
            wait: None,
            danger: Danger::None,
            pages: Pages::None,
            examples: &[],
            run: None,
            dynamic: None,
            scope: None,
            on_cluster: false,
            hidden: false,
        }
    }
}

/// Setters, each named after its field.
impl Command {
    pub(crate) const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    pub(crate) const fn details(mut self, details: &'static str) -> Self {
        self.details = details;
        self
    }

    pub(crate) const fn arguments(mut self, arguments: &'static [Input]) -> Self {
        self.arguments = arguments;
        self
    }

    pub(crate) const fn flags(mut self, flags: &'static [Input]) -> Self {
        self.flags = flags;
        self
    }

    pub(crate) const fn constants(mut self, constants: &'static [Constant]) -> Self {
        self.constants = constants;
        self
    }

    pub(crate) const fn columns(mut self, columns: &'static [Column]) -> Self {
        self.columns = columns;
        self
    }

    pub(crate) const fn plain(mut self, columns: &'static [Column]) -> Self {
        self.plain = columns;
        self
    }

    pub(crate) const fn computed(mut self, fields: &'static [&'static str]) -> Self {
        self.computed = fields;
        self
    }

    pub(crate) const fn result(mut self, sentence: &'static str) -> Self {
        self.result = Some(sentence);
        self
    }

    pub(crate) const fn projection(mut self, pointer: &'static str) -> Self {
        self.projection = Some(pointer);
        self
    }

    pub(crate) const fn adjust(
        mut self,
        adjust: fn(&Invocation<'_>, &mut Value) -> Result<(), CliError>,
    ) -> Self {
        self.adjust = Some(adjust);
        self
    }

    pub(crate) const fn fallback(mut self, fallback: Fallback) -> Self {
        self.fallback = Some(fallback);
        self
    }

    pub(crate) const fn wait(mut self, wait: WaitFor) -> Self {
        self.wait = Some(wait);
        self
    }

    pub(crate) const fn danger(mut self, danger: Danger) -> Self {
        self.danger = danger;
        self
    }

    pub(crate) const fn history(mut self) -> Self {
        self.pages = Pages::History;
        self
    }

    pub(crate) const fn examples(mut self, examples: &'static [Example]) -> Self {
        self.examples = examples;
        self
    }

    pub(crate) const fn run(mut self, run: Run) -> Self {
        self.run = Some(run);
        self
    }

    pub(crate) const fn dynamic(mut self, dynamic: Dynamic) -> Self {
        self.dynamic = Some(dynamic);
        self
    }

    pub(crate) const fn scope(mut self, scope: Scope) -> Self {
        self.scope = Some(scope);
        self
    }

    pub(crate) const fn on_cluster(mut self) -> Self {
        self.on_cluster = true;
        self
    }

    pub(crate) const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }
}

impl Command {
    /// Returns the scope: the one of the definition, else a project or an organization if the operation
    /// has its path parameter and no input sets it.
    pub(crate) fn resource_scope(&self) -> Scope {
        if let Some(scope) = self.scope {
            return scope;
        }
        let Some(operation) = self.operation else {
            return Scope::None;
        };
        let is_open = |name: &str| {
            let mut inputs = self.arguments.iter().chain(self.flags);
            operation
                .parameters
                .iter()
                .any(|parameter| parameter.name == name)
                && !inputs.any(
                    |input| matches!(input.target, super::Target::Path(known) if known == name),
                )
        };
        if is_open("groupId") {
            Scope::Project
        } else if is_open("orgId") {
            Scope::Organization
        } else {
            Scope::None
        }
    }
}
