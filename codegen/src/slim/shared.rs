//! Functions of the SDK in the place of what is repeated.
//!
//! The code is taken as [`print`](crate::print) writes it, a statement a line. What looks otherwise
//! than expected stays as it is.

/// How a call ends: with a request sent and its answer read, in a way that depends on the answer.
const ENDING: [&str; 16] = [
    "client.pre(&mut request, &info).await?;",
    "let result = client.exec(request, &info).await;",
    "client.post(&result, &info).await?;",
    "let response = result?;",
    "match response.status().as_u16() {",
    "200..= 299 => {",
    READING,
    "}",
    "400u16..= 499u16 => {",
    "Err(Error::ErrorResponse(super::read_answer(response, &info).await?))",
    "}",
    "500u16..= 599u16 => {",
    "Err(Error::ErrorResponse(super::read_answer(response, &info).await?))",
    "}",
    "_ => Err(Error::UnexpectedResponse(response)),",
    "}",
];

/// The place in [`ENDING`] of the line that reads a successful answer.
const READING: &str = "";

/// Calls what the SDK has in `api/shared.rs` where the code does the same in full.
pub(crate) fn share(code: &str) -> String {
    let mut shared = String::with_capacity(code.len());
    let mut rest = code.lines();
    while let Some(line) = rest.next() {
        let indent = &line[..line.len() - line.trim_start().len()];
        let new = if let Some(reading) = reading(line, rest.clone()) {
            rest.nth(ENDING.len() - 2);
            Some(format!(
                "let response = super::exchange(client, request, &info).await?;\n{indent}{reading}"
            ))
        } else {
            setter(line).or_else(|| body(line))
        };
        match new {
            Some(new) => shared.extend([indent, new.as_str()]),
            None => shared.push_str(line),
        }
        shared.push('\n');
    }
    shared
}

/// What reads the answer, if a call ends here.
fn reading<'a>(line: &'a str, rest: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if line.trim() != ENDING[0] {
        return None;
    }
    let mut reading = None;
    let mut lines = std::iter::once(line).chain(rest);
    for expected in ENDING {
        let line = lines.next()?.trim();
        if expected == READING {
            reading = Some(line);
        } else if line != expected {
            return None;
        }
    }
    reading
}

/// The statement by which a builder takes a value.
fn setter(line: &str) -> Option<String> {
    let (field, conversion) = line.trim().split_once(" = value.try_into()")?;
    let name = field.strip_prefix("self.")?;
    let of_call = |rest: &str| rest.starts_with(".map_err(| _ | \"conversion to ");
    Some(
        if conversion.starts_with(".map_err(| e | format!(\"error converting ") {
            format!("{field} = super::super::given(value, \"{name}\");")
        } else if of_call(conversion) {
            format!("{field} = super::parameter(value, \"{name}\");")
        } else if conversion.strip_prefix(".map(Some)").is_some_and(of_call) {
            format!("{field} = super::parameter(value, \"{name}\").map(Some);")
        } else {
            let body = conversion
                .strip_prefix(".map(From::from).map_err(| s | format!(\"conversion to `")?;
            let (made, _) = body.split_once('`')?;
            format!(
                "{field} = super::given::<types::{made}, _>(value, \"{name}\").map(From::from);"
            )
        },
    )
}

/// The statement that makes a body of its builder.
fn body(line: &str) -> Option<String> {
    let made = line
        .trim()
        .strip_prefix("let body = body.and_then(| v | ")?;
    let made = made.strip_suffix(
        "::try_from(v).map_err(| e | e.to_string())).map_err(Error::InvalidRequest)?;",
    )?;
    Some(format!("let body = super::built::<{made}, _>(body)?;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_calls_repeat_is_said_once() {
        let code = r#"
            self.name = value.try_into().map_err(| e | format!("error converting supplied value for name: {e}"));
            self.id = value.try_into().map_err(| _ | "conversion to `i64` for id failed".to_string());
            self.page = value.try_into().map(Some).map_err(| _ | "conversion to `i64` for page failed".to_string());
            self.body = value.try_into().map(From::from).map_err(| s | format!("conversion to `Group` for body failed: {}", s));
            let body = body.and_then(| v | types::Group::try_from(v).map_err(| e | e.to_string())).map_err(Error::InvalidRequest)?;
        "#;

        assert_eq!(
            share(code).split_whitespace().collect::<Vec<_>>().join(" "),
            "self.name = super::super::given(value, \"name\"); \
             self.id = super::parameter(value, \"id\"); \
             self.page = super::parameter(value, \"page\").map(Some); \
             self.body = super::given::<types::Group, _>(value, \"body\").map(From::from); \
             let body = super::built::<types::Group, _>(body)?;"
        );
    }

    #[test]
    fn a_call_ends_with_the_reading_of_its_own_answer() {
        let ending = ENDING
            .map(|line| {
                if line == READING {
                    "Ok(ResponseValue::empty(response))"
                } else {
                    line
                }
            })
            .join("\n");

        assert_eq!(
            share(&ending),
            "let response = super::exchange(client, request, &info).await?;\n\
             Ok(ResponseValue::empty(response))\n"
        );
        let other = ending.replace("400u16..= 499u16", "404u16");
        assert_eq!(share(&other).trim_end(), other);
    }
}
