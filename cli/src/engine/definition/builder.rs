//! Builds commands.

use mongodbatlas::operations::Operation;

use super::{
    Column, Example, Input, Target,
    command::{Adjust, Command, Constant, Danger, Dynamic, Fallback, Pages, Run, Scope, WaitFor},
};

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
            action: None,
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
            prints_reached_state: false,
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

    pub(crate) const fn action(mut self, action: &'static str) -> Self {
        self.action = Some(action);
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

    pub(crate) const fn adjust(mut self, adjust: Adjust) -> Self {
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

    pub(crate) const fn prints_reached_state(mut self) -> Self {
        self.prints_reached_state = true;
        self
    }

    pub(crate) const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }
}

impl Command {
    /// Returns the scope of the definition or, if it has none, the project or organization whose path parameter the
    /// operation has and no input sets.
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
                && !inputs.any(|input| matches!(input.target, Target::Path(known) if known == name))
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
