//! Evaluates Go templates.

use std::fmt::Write as _;

use std::borrow::Cow;

use serde_json::Value;

use super::parse::{Expression, Node};

/// The values that a template can name.
struct Scope<'v> {
    dot: Cow<'v, Value>,
    variables: Vec<(String, Value)>,
}

/// Renders parsed nodes with a document.
pub(super) fn render(nodes: &[Node], value: &Value) -> Result<String, String> {
    let mut output = String::new();
    let mut scope = Scope {
        dot: Cow::Borrowed(value),
        variables: vec![("$".to_owned(), value.clone())],
    };
    write(nodes, &mut scope, &mut output)?;
    Ok(output)
}

fn write(nodes: &[Node], scope: &mut Scope<'_>, output: &mut String) -> Result<(), String> {
    let known = scope.variables.len();
    for node in nodes {
        match node {
            Node::Text(text) => output.push_str(text),
            Node::Action(None, expression) => output.push_str(&text(&value_of(expression, scope)?)),
            Node::Action(Some(name), expression) => {
                let value = value_of(expression, scope)?;
                scope.variables.push((name.clone(), value));
            }
            Node::If(head, body, otherwise) => {
                let is_true = is_true(&value_of(head, scope)?);
                write(if is_true { body } else { otherwise }, scope, output)?;
            }
            Node::With(head, body, otherwise) => {
                let value = value_of(head, scope)?;
                if is_true(&value) {
                    with(scope, value, &[], |scope| write(body, scope, output))?;
                } else {
                    write(otherwise, scope, output)?;
                }
            }
            Node::Range(names, head, body, otherwise) => {
                range(
                    names,
                    &value_of(head, scope)?,
                    (body, otherwise),
                    scope,
                    output,
                )?;
            }
        }
    }
    scope.variables.truncate(known);
    Ok(())
}

fn range(
    names: &[String],
    list: &Value,
    (body, otherwise): (&[Node], &[Node]),
    scope: &mut Scope<'_>,
    output: &mut String,
) -> Result<(), String> {
    let items: Vec<(Value, Value)> = match list {
        Value::Array(items) => {
            let indices = (0_u64..).map(Value::from);
            indices.zip(items.iter().cloned()).collect()
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            fields
                .map(|(name, value)| (Value::from(name.as_str()), value.clone()))
                .collect()
        }
        _ => Vec::new(),
    };
    if items.is_empty() {
        return write(otherwise, scope, output);
    }
    for (index, item) in items {
        let variables = match names {
            [] => Vec::new(),
            [item_name] => vec![(item_name.clone(), item.clone())],
            [index_name, item_name, ..] => {
                vec![
                    (index_name.clone(), index),
                    (item_name.clone(), item.clone()),
                ]
            }
        };
        with(scope, item, &variables, |scope| write(body, scope, output))?;
    }
    Ok(())
}

/// Runs a function with a different current value and additional variables.
fn with(
    scope: &mut Scope<'_>,
    dot: Value,
    variables: &[(String, Value)],
    run: impl FnOnce(&mut Scope<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let known = scope.variables.len();
    scope.variables.extend_from_slice(variables);
    let outer = std::mem::replace(&mut scope.dot, Cow::Owned(dot));
    let outcome = run(scope);
    scope.dot = outer;
    scope.variables.truncate(known);
    outcome
}

fn value_of(expression: &Expression, scope: &Scope<'_>) -> Result<Value, String> {
    Ok(match expression {
        Expression::Literal(value) => value.clone(),
        Expression::Dot => scope.dot.as_ref().clone(),
        Expression::Variable(name) => {
            let mut variables = scope.variables.iter().rev();
            let found = variables.find(|(known, _)| known == name);
            found
                .ok_or_else(|| format!("undefined variable `{name}`"))?
                .1
                .clone()
        }
        Expression::Field(owner, name) => field(&value_of(owner, scope)?, name),
        Expression::Call(name, arguments) => {
            let arguments = arguments.iter().map(|argument| value_of(argument, scope));
            call(name, &arguments.collect::<Result<Vec<_>, _>>()?)?
        }
    })
}

/// Returns the field `name`; ignores case if no field matches exactly.
fn field(value: &Value, name: &str) -> Value {
    let Some(fields) = value.as_object() else {
        return Value::Null;
    };
    let exact = fields.get(name);
    let found = exact.or_else(|| {
        let mut fields = fields.iter();
        fields
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    });
    found.cloned().unwrap_or_default()
}

fn call(name: &str, arguments: &[Value]) -> Result<Value, String> {
    let first = arguments.first().unwrap_or(&Value::Null);
    Ok(match name {
        "len" => match first {
            Value::Array(items) => items.len().into(),
            Value::Object(fields) => fields.len().into(),
            Value::String(text) => text.len().into(),
            _ => 0.into(),
        },
        "index" => arguments
            .iter()
            .skip(1)
            .fold(first.clone(), |value, key| match key {
                Value::Number(number) => {
                    let index = number
                        .as_u64()
                        .and_then(|index| usize::try_from(index).ok());
                    index
                        .and_then(|index| value.get(index))
                        .cloned()
                        .unwrap_or_default()
                }
                Value::String(name) => field(&value, name),
                _ => Value::Null,
            }),
        "eq" => arguments.iter().skip(1).any(|other| other == first).into(),
        "ne" => (arguments.get(1) != Some(first)).into(),
        "not" => (!is_true(first)).into(),
        "and" => arguments
            .iter()
            .find(|value| !is_true(value))
            .or(arguments.last())
            .cloned()
            .unwrap_or_default(),
        "or" => arguments
            .iter()
            .find(|value| is_true(value))
            .or(arguments.last())
            .cloned()
            .unwrap_or_default(),
        "json" => first.to_string().into(),
        "print" => arguments.iter().map(text).collect::<String>().into(),
        "println" => (arguments.iter().map(text).collect::<Vec<_>>().join(" ") + "\n").into(),
        "printf" => printf(&text(first), &arguments[1.min(arguments.len())..]).into(),
        _ => return Err(format!("unknown function `{name}`")),
    })
}

/// Formats with the verbs `%s`, `%v`, `%d`, `%q` and `%%`.
fn printf(format: &str, arguments: &[Value]) -> String {
    let mut arguments = arguments.iter();
    let mut output = String::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            output.push(letter);
            continue;
        }
        match letters.next() {
            Some('%') => output.push('%'),
            Some('q') => {
                let _ = write!(
                    output,
                    "{:?}",
                    arguments.next().map(text).unwrap_or_default()
                );
            }
            _ => output.push_str(&arguments.next().map(text).unwrap_or_default()),
        }
    }
    output
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    }
}

/// Returns a value as Go prints it.
fn text(value: &Value) -> String {
    match value {
        Value::Null => "<no value>".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(text).collect();
            format!("[{}]", items.join(" "))
        }
        Value::Object(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| format!("{name}:{}", text(value)))
                .collect();
            format!("map[{}]", fields.join(" "))
        }
        other => other.to_string(),
    }
}
