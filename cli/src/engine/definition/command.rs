//! Defines commands.

use std::pin::Pin;

use mongodbatlas::operations::Operation;
use serde_json::Value;

use super::{Column, Example, Input, Literal};
use crate::{
    engine::{
        session::{Place, Session},
        values::Values,
    },
    error::CliError,
    exit::Exit,
    ui::Ui,
};

/// The future of a command's function.
pub(crate) type Future<'a> =
    Pin<Box<dyn std::future::Future<Output = Result<Exit, CliError>> + 'a>>;

/// A command's function, for what a definition cannot express.
pub(crate) type Run = for<'a> fn(&'a mut Invocation<'_>) -> Future<'a>;

/// A function that changes a body before it is sent.
pub(crate) type Adjust = fn(&Invocation<'_>, &mut Value) -> Result<(), CliError>;

/// A function that returns additional flags of a command from the words after the command.
pub(crate) type Dynamic = fn(&[String]) -> Result<Vec<Input>, CliError>;

/// A command, such as `clusters list`.
#[derive(Debug)]
pub(crate) struct Command {
    /// The last word, such as `list`.
    pub(crate) verb: &'static str,
    /// Alternative verbs. `ls`, `get` and `rm` need no entry.
    pub(crate) aliases: &'static [&'static str],
    /// One line for the help, in the imperative, without a full stop.
    pub(crate) summary: &'static str,
    /// Additional lines for the help of the command.
    pub(crate) details: &'static str,
    /// The action in error messages if the last word is not a verb: "show the pending invoices".
    pub(crate) action: Option<&'static str>,
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
    /// The message that tables and plain text print instead of columns. `{field}` is a field of the response or,
    /// if there is none, an argument or flag; `{a|b}` is the first field with a value.
    pub(crate) result: Option<&'static str>,
    /// The JSON pointer of the part of the response that is printed.
    pub(crate) projection: Option<&'static str>,
    /// Changes the body before it is sent.
    pub(crate) adjust: Option<Adjust>,
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
    /// Returns additional flags, which depend on the words after the command.
    pub(crate) dynamic: Option<Dynamic>,
    /// The scope, if it does not follow from the operation.
    pub(crate) scope: Option<Scope>,
    /// `true` if the input `cluster-name` is a target: `NAME`, `PROJECT:NAME` or an id.
    pub(crate) on_cluster: bool,
    /// `true` if a wait in official mode prints the document with the state that was reached, not that of the change.
    pub(crate) prints_reached_state: bool,
    /// `true` to omit the command or input from the help.
    pub(crate) hidden: bool,
}

/// The resource that a command works in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Neither a project nor an organization.
    None,
    /// A project, selected by `--project`.
    Project,
    /// An organization, selected by `--org`.
    Organization,
    /// A project if one is given, otherwise the whole organization.
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
    pub(crate) operation: &'static Operation,
    /// The error codes.
    pub(crate) codes: &'static [&'static str],
    /// Path parameters whose name differs in this operation: old and new name.
    pub(crate) rename: &'static [(&'static str, &'static str)],
}

/// The state that a command waits for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WaitFor {
    /// The operation that reads the resource.
    pub(crate) operation: &'static Operation,
    /// The operation that reads the resource if the command used the fallback.
    pub(crate) fallback: Option<&'static Operation>,
    /// The field of the command's response that fills a path parameter which the command does not have:
    /// the id or name of a resource that it created.
    pub(crate) created: &'static str,
    /// The field with the state.
    pub(crate) field: &'static str,
    /// The states that end the wait. If empty, the wait ends when the resource is deleted.
    pub(crate) until: &'static [&'static str],
    /// The states that end the wait with an error.
    pub(crate) failed: &'static [&'static str],
    /// The message after the wait, in tables and plain text.
    pub(crate) result: &'static str,
    /// `true` if the command only waits and sends no other request.
    pub(crate) always: bool,
}

/// The confirmation that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Danger {
    /// No confirmation.
    None,
    Confirm,
    /// The user must type the name of the resource.
    TypeName,
}

/// The paging of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pages {
    /// The command does not print a paginated list.
    None,
    /// A list of resources. Default: all pages.
    Inventory,
    /// A history. Default: the newest 100 items; `--all-pages` lists all items.
    History,
}

/// A change of one cluster, whose project and name are those of the invocation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SingleChange {
    /// The verb, such as `pause`.
    pub(crate) verb: &'static str,
    /// The kind of the cluster, if it was read.
    pub(crate) kind: Option<&'static str>,
}

/// A single run of a command.
pub(crate) struct Invocation<'u> {
    pub(crate) command: &'static Command,
    /// The canonical words, such as `clusters list`.
    pub(crate) words: String,
    /// The values of arguments and flags.
    pub(crate) values: Values,
    /// Flags beyond those of the definition.
    pub(crate) dynamic: Vec<Input>,
    /// Configuration, client and scope.
    pub(crate) session: Session,
    /// The project of the target, if the target determines it.
    pub(crate) project: Option<Place>,
    /// The change of a command that changes one cluster, for the journal.
    pub(crate) single_change: Option<SingleChange>,
    pub(crate) ui: &'u mut Ui,
}

impl std::fmt::Debug for Invocation<'_> {
    /// Writes the words only: values can be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invocation")
            .field("words", &self.words)
            .finish_non_exhaustive()
    }
}
