//! Parses Go templates.

/// A part of a template.
#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    /// Prints a value, or assigns it to a variable.
    Action(Option<String>, Expression),
    If(Expression, Vec<Self>, Vec<Self>),
    With(Expression, Vec<Self>, Vec<Self>),
    /// Names of index and item, the list, the body, the body of an empty list.
    Range(Vec<String>, Expression, Vec<Self>, Vec<Self>),
}

/// An expression.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    /// Text, number, boolean.
    Literal(serde_json::Value),
    /// The current value.
    Dot,
    Variable(String),
    Field(Box<Self>, String),
    Call(String, Vec<Self>),
}

/// Parses a template.
pub(super) fn parse(template: &str) -> Result<Vec<Node>, String> {
    let mut parser = Parser {
        pieces: pieces(template)?,
        at: 0,
    };
    let (nodes, end) = parser.nodes()?;
    match end {
        None => Ok(nodes),
        Some(word) => Err(format!("unexpected `{word}`")),
    }
}

enum Piece {
    Text(String),
    Code(String),
}

/// Splits a template into text and the code in double braces, and applies the trim markers.
fn pieces(template: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = template;
    let mut trims = false;
    loop {
        let Some((text, after)) = rest.split_once("{{") else {
            let text = if trims { rest.trim_start() } else { rest };
            pieces.push(Piece::Text(text.to_owned()));
            return Ok(pieces);
        };
        let (code, after) = after.split_once("}}").ok_or("an action is not closed")?;
        let mut text = if trims { text.trim_start() } else { text };
        let mut code = code;
        if let Some(trimmed) = code.strip_prefix("- ") {
            text = text.trim_end();
            code = trimmed;
        }
        trims = code.ends_with(" -");
        let code = code.strip_suffix(" -").unwrap_or(code).trim();
        pieces.push(Piece::Text(text.to_owned()));
        if !code.starts_with("/*") {
            pieces.push(Piece::Code(code.to_owned()));
        }
        rest = after;
    }
}

struct Parser {
    pieces: Vec<Piece>,
    at: usize,
}

impl Parser {
    /// Returns nodes up to `end` or `else`, and that word.
    fn nodes(&mut self) -> Result<(Vec<Node>, Option<String>), String> {
        let mut nodes = Vec::new();
        while let Some(piece) = self.pieces.get(self.at) {
            self.at += 1;
            let code = match piece {
                Piece::Text(text) => {
                    nodes.push(Node::Text(text.clone()));
                    continue;
                }
                Piece::Code(code) => code.clone(),
            };
            let (word, rest) = code.split_once(' ').unwrap_or((&code, ""));
            match word {
                "end" | "else" => return Ok((nodes, Some(code))),
                "if" | "with" | "range" => nodes.push(self.block(word, rest)?),
                _ => nodes.push(action(&code)?),
            }
        }
        Ok((nodes, None))
    }

    fn block(&mut self, word: &str, head: &str) -> Result<Node, String> {
        let (names, head) = match head.split_once(":=") {
            Some((names, list)) => (
                names
                    .split(',')
                    .map(|name| name.trim().to_owned())
                    .collect(),
                list,
            ),
            None => (Vec::new(), head),
        };
        let head = expression(head)?;
        let (body, end) = self.nodes()?;
        let otherwise = match end.as_deref() {
            Some("end") => Vec::new(),
            Some("else") => match self.nodes()? {
                (nodes, Some(end)) if end == "end" => nodes,
                _ => return Err(format!("`{word}` has no end")),
            },
            Some(other) => match other.strip_prefix("else if ") {
                Some(head) => vec![self.block("if", head)?],
                None => return Err(format!("unexpected `{other}`")),
            },
            None => return Err(format!("`{word}` has no end")),
        };
        Ok(match word {
            "if" => Node::If(head, body, otherwise),
            "with" => Node::With(head, body, otherwise),
            _ => Node::Range(names, head, body, otherwise),
        })
    }
}

fn action(code: &str) -> Result<Node, String> {
    if let Some((name, value)) = code.split_once(":=")
        && name.trim_start().starts_with('$')
    {
        return Ok(Node::Action(
            Some(name.trim().to_owned()),
            expression(value)?,
        ));
    }
    Ok(Node::Action(None, expression(code)?))
}

/// Parses a pipeline.
fn expression(code: &str) -> Result<Expression, String> {
    let tokens = tokens(code)?;
    let mut at = 0;
    let value = pipeline(&tokens, &mut at)?;
    if at < tokens.len() {
        return Err(format!("unexpected `{}`", tokens[at]));
    }
    Ok(value)
}

fn pipeline(tokens: &[String], at: &mut usize) -> Result<Expression, String> {
    let mut value = command(tokens, at, None)?;
    while tokens.get(*at).is_some_and(|token| token == "|") {
        *at += 1;
        value = command(tokens, at, Some(value))?;
    }
    Ok(value)
}

/// Parses a function call or a value.
fn command(
    tokens: &[String],
    at: &mut usize,
    last: Option<Expression>,
) -> Result<Expression, String> {
    let first = tokens.get(*at).ok_or("an action is empty")?;
    let is_function = first.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && !matches!(first.as_str(), "true" | "false" | "nil");
    if !is_function {
        return operand(tokens, at);
    }
    *at += 1;
    let mut arguments = Vec::new();
    while tokens
        .get(*at)
        .is_some_and(|token| token != "|" && token != ")")
    {
        arguments.push(operand(tokens, at)?);
    }
    arguments.extend(last);
    Ok(Expression::Call(first.clone(), arguments))
}

fn operand(tokens: &[String], at: &mut usize) -> Result<Expression, String> {
    let token = tokens.get(*at).ok_or("a value is missing")?.clone();
    *at += 1;
    let mut value = if token == "(" {
        let value = pipeline(tokens, at)?;
        if tokens.get(*at).is_none_or(|token| token != ")") {
            return Err("a parenthesis is not closed".to_owned());
        }
        *at += 1;
        value
    } else {
        simple(&token)?
    };
    // a field of a parenthesized value
    while let Some(fields) = tokens
        .get(*at)
        .and_then(|token| token.strip_prefix('\u{0}'))
    {
        *at += 1;
        value = with_fields(value, fields);
    }
    Ok(value)
}

fn simple(token: &str) -> Result<Expression, String> {
    if token == "." {
        return Ok(Expression::Dot);
    }
    if let Some(fields) = token.strip_prefix('.') {
        return Ok(with_fields(Expression::Dot, fields));
    }
    if token.starts_with('$') {
        let (name, fields) = token.split_once('.').unwrap_or((token, ""));
        return Ok(with_fields(Expression::Variable(name.to_owned()), fields));
    }
    if let Some(raw) = token.strip_prefix('`') {
        return Ok(Expression::Literal(raw.trim_end_matches('`').into()));
    }
    let literal = if token == "nil" { "null" } else { token };
    serde_json::from_str(literal)
        .map(Expression::Literal)
        .map_err(|_| format!("unexpected `{token}`"))
}

fn with_fields(value: Expression, fields: &str) -> Expression {
    let names = fields.split('.').filter(|name| !name.is_empty());
    names.fold(value, |value, name| {
        Expression::Field(Box::new(value), name.to_owned())
    })
}

/// Splits code into tokens. Fields after a closing parenthesis start with a NUL.
fn tokens(code: &str) -> Result<Vec<String>, String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut letters = code.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' | '\t' | '\n' | '\r' => {}
            '(' | ')' | '|' => tokens.push(letter.to_string()),
            '"' | '`' => {
                let mut text = letter.to_string();
                let mut is_escaped = false;
                loop {
                    let next = letters.next().ok_or("a text is not closed")?;
                    text.push(next);
                    if next == letter && !is_escaped {
                        break;
                    }
                    is_escaped = next == '\\' && !is_escaped && letter == '"';
                }
                tokens.push(text);
            }
            first => {
                let follows = first == '.' && tokens.last().is_some_and(|token| token == ")");
                let mut word = if follows {
                    "\u{0}".to_owned()
                } else {
                    first.to_string()
                };
                while let Some(next) = letters.next_if(|next| !" \t\n\r()|\"".contains(*next)) {
                    word.push(next);
                }
                tokens.push(word);
            }
        }
    }
    Ok(tokens)
}
