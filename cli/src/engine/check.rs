//! Checks every definition against the operations table and the style of the help.

mod style;

use mongodbatlas::operations::{FieldKind, Operation, Schema};

use crate::engine::{
    definition::{Command, Constant, Input, Noun, Scope, Target},
    line::{globals::GLOBALS, words::join},
};
use crate::{commands::ROOT, output::column::Column};

/// Commands whose examples need the id of an earlier run, or leave a process behind.
const WITHOUT_EXAMPLE: [&str; 3] = [
    "Start the simulator in the background",
    "Show the targets of a bulk run",
    "Finish a bulk run that was interrupted",
];

/// Calls a function with the words and the definition of every command.
fn each_command(check: &mut dyn FnMut(&str, &'static Command)) {
    fn walk(noun: &'static Noun, words: &str, check: &mut dyn FnMut(&str, &'static Command)) {
        for command in noun.commands {
            check(&join(words, command.verb), command);
        }
        for noun in noun.nouns {
            walk(noun, &join(words, noun.name), check);
        }
    }
    walk(&ROOT, "", check);
}

/// Collects the problems that a check finds in all commands.
fn problems(check: impl Fn(&'static Command) -> Vec<String>) -> Vec<String> {
    let mut problems = Vec::new();
    each_command(&mut |words, command| {
        problems.extend(
            check(command)
                .into_iter()
                .map(|problem| format!("{words}: {problem}")),
        );
    });
    problems
}

fn inputs(command: &Command) -> impl Iterator<Item = &Input> {
    command.arguments.iter().chain(command.flags)
}

/// Returns the operations that a command sends by its definition.
fn operations(command: &Command) -> Vec<&'static Operation> {
    let fallback = command.fallback.map(|fallback| fallback.operation);
    command.operation.into_iter().chain(fallback).collect()
}

/// Returns the schema at a JSON pointer, in which numbers are items of arrays.
fn at_pointer(schema: Schema, pointer: &str) -> Option<Schema> {
    pointer.split('/').skip(1).try_fold(schema, |schema, name| {
        if name.parse::<usize>().is_ok() {
            schema.items()
        } else if let FieldKind::Map(values) = schema.kind() {
            Some(values)
        } else {
            Some(schema.field(name)?.schema())
        }
    })
}

/// Returns the schema at the path of a column.
fn at_path(schema: Schema, path: &str) -> Option<Schema> {
    path.split('.')
        .filter(|name| !name.is_empty())
        .try_fold(schema, |schema, name| {
            if name == "*" || name.parse::<usize>().is_ok() {
                schema.items()
            } else {
                Some(schema.field(name)?.schema())
            }
        })
}

/// Returns the schema of the documents that a command prints.
fn printed(command: &Command, operation: &Operation) -> Option<Schema> {
    let response = operation.response_body()?;
    if let Some(pointer) = command.projection {
        return at_pointer(response, pointer);
    }
    if !command.is_list() {
        return Some(response);
    }
    match response.kind() {
        FieldKind::Array(items) => Some(items),
        _ => response.field("results")?.schema().items(),
    }
}

#[test]
fn parameters_of_definitions_exist() {
    let found = problems(|command| {
        let Some(operation) = command.operation else {
            return Vec::new();
        };
        let has = |name: &str| {
            operation
                .parameters
                .iter()
                .any(|parameter| parameter.name == name)
        };
        let names = inputs(command).filter_map(|input| match input.target {
            Target::Path(name) | Target::Query(name) => Some(name),
            _ => None,
        });
        let constants = command
            .constants
            .iter()
            .filter_map(|constant| match *constant {
                Constant::Path(name, _) | Constant::Query(name, _) => Some(name),
                Constant::Body(..) => None,
            });
        let names = names.chain(constants);
        names
            .filter(|name| !has(name))
            .map(|name| format!("`{}` has no parameter `{name}`", operation.id))
            .collect()
    });

    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn required_path_parameters_are_filled() {
    let found = problems(|command| {
        let Some(operation) = command.operation.filter(|_| command.run.is_none()) else {
            return Vec::new();
        };
        let scope = match command.resource_scope() {
            Scope::Project => "groupId",
            Scope::Organization => "orgId",
            Scope::None | Scope::Fleet => "",
        };
        let is_filled = |name: &str| {
            let is_input = inputs(command)
                .any(|input| matches!(input.target, Target::Path(known) if known == name));
            let mut constants = command.constants.iter();
            let is_constant = constants
                .any(|constant| matches!(constant, Constant::Path(known, _) if *known == name));
            name == scope || is_input || is_constant
        };
        let template = operation
            .path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next());
        template
            .filter(|name| !is_filled(name))
            .map(|name| format!("nothing fills `{name}`"))
            .collect()
    });

    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn body_fields_of_definitions_exist() {
    let found = problems(|command| {
        let schemas: Vec<_> = operations(command)
            .iter()
            .filter_map(|operation| operation.request_body())
            .collect();
        let targets = inputs(command).filter_map(|input| match input.target {
            Target::Body(pointer) | Target::FileText(pointer) | Target::FileJson(pointer) => {
                Some(pointer)
            }
            _ => None,
        });
        let constants = command
            .constants
            .iter()
            .filter_map(|constant| match *constant {
                Constant::Body(pointer, _) => Some(pointer),
                _ => None,
            });
        targets
            .chain(constants)
            .filter(|pointer| {
                !schemas
                    .iter()
                    .any(|schema| at_pointer(*schema, pointer).is_some())
            })
            .map(|pointer| format!("no body field `{pointer}`"))
            .collect()
    });

    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn choices_are_values_of_the_operation() {
    let found = problems(|command| {
        let mut problems = Vec::new();
        for input in
            inputs(command).filter(|input| !input.choices.is_empty() && input.parser.is_none())
        {
            let Some(operation) = command.operation else {
                continue;
            };
            let schema = match input.target {
                Target::Body(pointer) => operation
                    .request_body()
                    .and_then(|body| at_pointer(body, pointer)),
                Target::Query(name) | Target::Path(name) => {
                    let mut parameters = operation.parameters.iter();
                    parameters
                        .find(|parameter| parameter.name == name)
                        .map(mongodbatlas::operations::Parameter::schema)
                }
                _ => None,
            };
            let Some(schema) = schema else { continue };
            let schema = schema.items().unwrap_or(schema);
            let values: Vec<_> = schema.enum_values().collect();
            let unknown = input
                .choices
                .iter()
                .filter(|choice| !values.is_empty() && !values.contains(choice));
            problems
                .extend(unknown.map(|choice| format!("`--{}` cannot be `{choice}`", input.name)));
        }
        problems
    });

    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn columns_are_fields_of_the_response() {
    let found = problems(|command| {
        let schemas: Vec<_> = operations(command)
            .iter()
            .filter_map(|operation| printed(command, operation))
            .collect();
        if schemas.is_empty() {
            return Vec::new();
        }
        let is_known = |column: &&Column| {
            column.field.split('|').all(|path| {
                schemas
                    .iter()
                    .any(|schema| at_path(*schema, path).is_some())
            })
        };
        let columns = command.columns.iter().chain(command.plain);
        columns
            .filter(|column| !is_known(column) && !command.computed.contains(&column.field))
            .map(|column| format!("column {} has no field `{}`", column.heading, column.field))
            .collect()
    });

    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn sentences_name_inputs_or_fields_of_the_response() {
    let found = problems(|command| {
        let sentences = command
            .result
            .into_iter()
            .chain(command.wait.map(|wait| wait.result));
        let mut problems = Vec::new();
        for sentence in sentences {
            for name in sentence
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
            {
                let mut inputs = inputs(command).chain(GLOBALS);
                let is_input = inputs.any(|input| input.name == name);
                let schemas: Vec<_> = operations(command)
                    .into_iter()
                    .filter_map(Operation::response_body)
                    .collect();
                let is_field = name.split('|').all(|path| {
                    let mut schemas = schemas.iter();
                    schemas.any(|schema| at_path(*schema, path).is_some())
                });
                if !is_input && !is_field {
                    problems.push(format!("`{{{name}}}` is neither an input nor a field"));
                }
            }
        }
        problems
    });

    assert_eq!(found, Vec::<String>::new());
}
