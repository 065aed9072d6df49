//! Parses `WWW-Authenticate`.
//!
//! The parser accepts what servers send in practice: several challenges in one line or in several,
//! any case, quoted and bare values, spaces around `=`, unknown parameters. It never fails and skips
//! malformed input. `auth/digest/offer.rs` interprets the challenges.

use std::iter::Peekable;
use std::str::Chars;

use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

/// A challenge: a scheme and its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Challenge {
    scheme: String,
    /// Names in lower case.
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// Returns `true` if the challenge has the scheme, in any case.
    pub(super) fn has_scheme(&self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }

    /// Returns the first value of a parameter. The name is in lower case.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Parses all challenges of a response.
pub(super) fn challenges(headers: &HeaderMap) -> Vec<Challenge> {
    let mut challenges = Vec::new();
    for value in headers.get_all(WWW_AUTHENTICATE) {
        parse(&String::from_utf8_lossy(value.as_bytes()), &mut challenges);
    }
    challenges
}

/// Parses one header line.
fn parse(line: &str, challenges: &mut Vec<Challenge>) {
    let mut characters = line.chars().peekable();
    // parameters belong to a challenge in the same line
    let mut current: Option<usize> = None;
    loop {
        skip_while(&mut characters, |c| c.is_whitespace() || c == ',');
        let Some(next) = characters.peek().copied() else {
            return;
        };
        if next == '"' {
            parse_quoted(&mut characters);
            continue;
        }
        let token = parse_unquoted(&mut characters);
        if token.is_empty() {
            characters.next();
            continue;
        }
        let at_comma = matches!(characters.peek(), None | Some(','));
        skip_while(&mut characters, char::is_whitespace);
        if characters.next_if_eq(&'=').is_some() {
            let value = parse_value(&mut characters);
            if let Some(challenge) = current.and_then(|index| challenges.get_mut(index)) {
                challenge
                    .parameters
                    .push((token.to_ascii_lowercase(), value));
            }
            continue;
        }
        // `qop=auth,auth-int, nonce=…`: a word between commas does not start a challenge with parameters
        let has_parameters = current.is_none() || !at_comma || token.eq_ignore_ascii_case("digest");
        challenges.push(Challenge {
            scheme: token,
            parameters: Vec::new(),
        });
        if has_parameters {
            current = Some(challenges.len() - 1);
        }
    }
}

/// Parses a value after `=`: quoted, or up to the next comma or space.
fn parse_value(characters: &mut Peekable<Chars<'_>>) -> String {
    skip_while(characters, char::is_whitespace);
    if characters.peek() == Some(&'"') {
        return parse_quoted(characters);
    }
    let mut value = String::new();
    while let Some(c) = characters.next_if(|c| !c.is_whitespace() && *c != ',') {
        value.push(c);
    }
    value
}

/// Parses a quoted string; a missing closing quote is implied at the end of the line.
fn parse_quoted(characters: &mut Peekable<Chars<'_>>) -> String {
    characters.next();
    let mut text = String::new();
    while let Some(c) = characters.next() {
        match c {
            '"' => break,
            '\\' => text.extend(characters.next()),
            c => text.push(c),
        }
    }
    text
}

/// Parses a bare word, which may be empty.
fn parse_unquoted(characters: &mut Peekable<Chars<'_>>) -> String {
    let mut token = String::new();
    while let Some(c) = characters.next_if(|c| !c.is_whitespace() && !matches!(c, ',' | '=' | '"'))
    {
        token.push(c);
    }
    token
}

/// Skips leading characters.
fn skip_while(characters: &mut Peekable<Chars<'_>>, unwanted: impl Fn(char) -> bool) {
    while characters.next_if(|c| unwanted(*c)).is_some() {}
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn challenges_of(lines: &[&str]) -> Vec<Challenge> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(line).unwrap());
        }
        challenges(&headers)
    }

    fn digest_of(lines: &[&str]) -> Challenge {
        challenges_of(lines)
            .into_iter()
            .find(|challenge| challenge.has_scheme("digest"))
            .unwrap()
    }

    #[test]
    fn parses_challenge_of_atlas() {
        let challenge = digest_of(&[
            r#"Digest realm="MMS Public API", domain="", nonce="jHPkS/wbxUZZ+Le8sIzKnAeGBJWLRUMC", algorithm=MD5, qop="auth", stale=false"#,
        ]);

        assert_eq!(challenge.get("realm"), Some("MMS Public API"));
        assert_eq!(challenge.get("domain"), Some(""));
        assert_eq!(
            challenge.get("nonce"),
            Some("jHPkS/wbxUZZ+Le8sIzKnAeGBJWLRUMC")
        );
        assert_eq!(challenge.get("algorithm"), Some("MD5"));
        assert_eq!(challenge.get("qop"), Some("auth"));
        assert_eq!(challenge.get("stale"), Some("false"));
    }

    #[test]
    fn separates_challenges_in_one_line() {
        let line = r#"Basic realm="a, Digest nonce=\"no\"", Digest realm=b,nonce="1" , Negotiate"#;
        let challenges = challenges_of(&[line]);

        assert_eq!(challenges.len(), 3);
        assert_eq!(challenges[0].get("realm"), Some(r#"a, Digest nonce="no""#));
        assert_eq!(challenges[1].get("realm"), Some("b"));
        assert_eq!(challenges[1].get("nonce"), Some("1"));
        assert!(challenges[2].has_scheme("negotiate"));
    }

    #[test]
    fn separates_challenges_in_two_lines() {
        let challenges = challenges_of(&["Digest nonce=1", "opaque=stray, Digest nonce=2"]);

        assert_eq!(challenges.len(), 2);
        assert_eq!(challenges[0].get("opaque"), None);
        assert_eq!(challenges[1].get("nonce"), Some("2"));
    }

    #[test]
    fn token_of_another_scheme_is_not_a_parameter() {
        let challenges = challenges_of(&["Negotiate YII==, Digest realm=r, nonce=n"]);
        let digest = challenges
            .iter()
            .find(|challenge| challenge.has_scheme("Digest"))
            .unwrap();

        assert_eq!(digest.get("nonce"), Some("n"));
    }

    #[test]
    fn ignores_case_spaces_and_missing_quotes() {
        let challenge =
            digest_of(&["dIGEST\tREALM = \"r\" ,Nonce= n,, QOP=auth,auth-int, stale=TRUE"]);

        assert_eq!(challenge.get("realm"), Some("r"));
        assert_eq!(challenge.get("nonce"), Some("n"));
        assert_eq!(challenge.get("qop"), Some("auth"));
        assert_eq!(challenge.get("stale"), Some("TRUE"));
    }

    #[test]
    fn first_of_two_values_is_used() {
        assert_eq!(
            digest_of(&["Digest nonce=1, nonce=2"]).get("nonce"),
            Some("1")
        );
    }

    #[test]
    fn unclosed_quote_ends_with_the_line() {
        assert_eq!(
            digest_of(&[r#"Digest nonce="ab\"#]).get("nonce"),
            Some("ab")
        );
    }

    proptest! {
        #[test]
        fn parse_never_panics(line in any::<String>()) {
            parse(&line, &mut Vec::new());
        }

        #[test]
        fn parse_never_panics_on_similar_input(line in "(Digest|Basic|nonce|realm|=|,|\"|\\\\| |\t|é|x){0,40}") {
            parse(&line, &mut Vec::new());
        }

        #[test]
        fn unescapes_quoted_values(value in "[ -~]{0,40}") {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            let mut challenges = Vec::new();
            parse(&format!("Digest a=b, nonce=\"{escaped}\", c=d"), &mut challenges);

            prop_assert_eq!(challenges[0].get("nonce"), Some(value.as_str()));
            prop_assert_eq!(challenges[0].get("c"), Some("d"));
        }
    }
}
