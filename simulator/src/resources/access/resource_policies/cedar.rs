//! Checks the syntax of a Cedar policy and the cloud providers in it. In expressions, checks only
//! that brackets are balanced.

/// Cloud providers that a policy can name.
const PROVIDERS: [&str; 3] = ["aws", "azure", "gcp"];

/// A token of a policy. A string token includes its quotes.
type Token<'a> = &'a str;

/// Rejects an invalid policy with Atlas's message.
pub(super) fn check(policy: &str) -> Result<(), String> {
    let tokens = tokenize(policy)?;
    check_entities(&tokens)?;
    let mut parser = Parser {
        tokens: &tokens,
        position: 0,
    };
    if tokens.is_empty() {
        return Err("unexpected end of input".to_owned());
    }
    while parser.position < tokens.len() {
        parser.policy()?;
    }
    Ok(())
}

/// Splits a policy into identifiers, strings, numbers and operators.
fn tokenize(policy: &str) -> Result<Vec<Token<'_>>, String> {
    const OPERATORS: [&str; 8] = ["::", "==", "!=", "<=", ">=", "&&", "||", "//"];
    let mut tokens = Vec::new();
    let mut remaining = policy.trim_start();
    while let Some(first) = remaining.chars().next() {
        let operator = OPERATORS
            .iter()
            .find(|operator| remaining.starts_with(**operator));
        let length = match first {
            _ if remaining.starts_with("//") => {
                remaining = remaining
                    .split_once('\n')
                    .map_or("", |(_, remaining)| remaining)
                    .trim_start();
                continue;
            }
            '"' => text_length(remaining).ok_or("unterminated string literal")?,
            _ if first.is_alphanumeric() || first == '_' => remaining
                .find(|character: char| !character.is_alphanumeric() && character != '_')
                .unwrap_or(remaining.len()),
            _ => operator.map_or(first.len_utf8(), |operator| operator.len()),
        };
        let (token, after) = remaining.split_at(length);
        tokens.push(token);
        remaining = after.trim_start();
    }
    Ok(tokens)
}

/// Returns the length of the quoted string at the start of a policy.
fn text_length(rest: &str) -> Option<usize> {
    let mut is_escaped = false;
    let mut characters = rest.char_indices().skip(1);
    let end = characters.find(|(_, character)| {
        let is_end = *character == '"' && !is_escaped;
        is_escaped = *character == '\\' && !is_escaped;
        is_end
    });
    end.map(|(index, _)| index + 1)
}

/// Rejects unknown cloud providers, also in a region such as `aws:us-east-1`.
fn check_entities(tokens: &[Token<'_>]) -> Result<(), String> {
    for entity in tokens.windows(3) {
        let [kind, "::", text] = entity else { continue };
        let id = text.trim_matches('"');
        let provider = match *kind {
            "CloudProvider" => id,
            "Region" => id.split(':').next().unwrap_or_default(),
            _ => continue,
        };
        if !PROVIDERS.contains(&provider) {
            return Err(format!(
                "entity id {id} does not exist in the context of this organization"
            ));
        }
    }
    Ok(())
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
    position: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.position).copied()
    }

    fn next(&mut self) -> Result<Token<'a>, String> {
        let token = self.peek().ok_or("unexpected end of input")?;
        self.position += 1;
        Ok(token)
    }

    fn expect(&mut self, expected: &str) -> Result<(), String> {
        match self.next()? {
            token if token == expected => Ok(()),
            token => Err(unexpected(token)),
        }
    }

    /// Parses `permit|forbid (principal, action, resource) when { … };`.
    fn policy(&mut self) -> Result<(), String> {
        match self.next()? {
            "permit" | "forbid" => {}
            token => return Err(unexpected(token)),
        }
        self.expect("(")?;
        for (variable, end) in [("principal", ","), ("action", ","), ("resource", ")")] {
            self.expect(variable)?;
            self.constraint()?;
            self.expect(end)?;
        }
        loop {
            match self.next()? {
                ";" => return Ok(()),
                "when" | "unless" => self.block()?,
                token => return Err(unexpected(token)),
            }
        }
    }

    /// Parses an optional `== entity`, `in entity`, `in [entities]` or `is Type`.
    fn constraint(&mut self) -> Result<(), String> {
        if !matches!(self.peek(), Some("==" | "in" | "is")) {
            return Ok(());
        }
        self.next()?;
        if self.peek() != Some("[") {
            return self.entity();
        }
        self.next()?;
        loop {
            self.entity()?;
            match self.next()? {
                "," => {}
                "]" => return Ok(()),
                token => return Err(unexpected(token)),
            }
        }
    }

    /// Parses an entity such as `ResourcePolicy::Action::"cluster.modify"`, or a type.
    fn entity(&mut self) -> Result<(), String> {
        self.next()?;
        while self.peek() == Some("::") {
            self.next()?;
            self.next()?;
        }
        Ok(())
    }

    /// Parses `{ expression }`.
    fn block(&mut self) -> Result<(), String> {
        self.expect("{")?;
        let mut open = vec!["}"];
        while let Some(end) = open.last() {
            match self.next()? {
                token if token == *end => drop(open.pop()),
                "{" => open.push("}"),
                "(" => open.push(")"),
                "[" => open.push("]"),
                token @ ("}" | ")" | "]" | ";") => return Err(unexpected(token)),
                _ => {}
            }
        }
        Ok(())
    }
}

fn unexpected(token: &str) -> String {
    format!("unexpected token `{token}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_policies_with_conditions() {
        let policy = r#"
            // Only AWS.
            forbid (
                principal,
                action == ResourcePolicy::Action::"cluster.modify",
                resource
            )
            unless {
                context.cluster.cloudProviders == [ResourcePolicy::CloudProvider::"aws"]
            };"#;

        assert_eq!(check(policy), Ok(()));
        assert_eq!(
            check("permit (principal, action in [A::\"a\", A::\"b\"], resource);"),
            Ok(())
        );
    }

    #[test]
    fn rejects_invalid_syntax_with_the_token() {
        let missing_comma = r#"forbid (principal, action == A::"a" resource);"#;
        let error = |policy: &str| check(policy).unwrap_err();

        assert_eq!(error(missing_comma), "unexpected token `resource`");
        assert_eq!(
            error("allow (principal, action, resource);"),
            "unexpected token `allow`"
        );
        assert_eq!(
            error("permit (principal, action, resource)"),
            "unexpected end of input"
        );
        assert_eq!(
            error("permit (principal, action, resource) when { ( };"),
            "unexpected token `}`"
        );
        assert_eq!(error(""), "unexpected end of input");
    }

    #[test]
    fn rejects_unknown_cloud_providers() {
        let policy = r#"forbid (principal, action, resource)
            when { context.providers.contains(ResourcePolicy::CloudProvider::"aws222") };"#;

        let error = check(policy).unwrap_err();

        assert!(
            error.starts_with("entity id aws222 does not exist"),
            "{error}"
        );
    }
}
