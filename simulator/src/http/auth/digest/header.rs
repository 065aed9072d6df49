//! Reading a digest `Authorization` header: parameters quoted or bare, in any order.

use std::collections::HashMap;

/// A client's answer to a challenge, complete enough to be checked.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) username: String,
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) uri: String,
    pub(super) response: String,
    pub(super) client_nonce: String,
    pub(super) count: u32,
    /// The count as written, since that is what was hashed.
    pub(super) count_text: String,
}

impl Answer {
    /// Reads a header; `None` for other schemes, other algorithms and missing parameters.
    pub(super) fn parse(header: &str) -> Option<Self> {
        let (scheme, rest) = header.trim().split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("digest") {
            return None;
        }
        let mut parameters = parameters(rest)?;
        let algorithm = parameters.remove("algorithm");
        if algorithm.is_some_and(|algorithm| !algorithm.eq_ignore_ascii_case("md5")) {
            return None;
        }
        if !parameters.remove("qop")?.eq_ignore_ascii_case("auth") {
            return None;
        }
        let count_text = parameters.remove("nc")?;
        if count_text.len() != 8 || !count_text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        Some(Self {
            username: parameters.remove("username")?,
            realm: parameters.remove("realm")?,
            nonce: parameters.remove("nonce")?,
            uri: parameters.remove("uri")?,
            response: parameters.remove("response")?,
            client_nonce: parameters.remove("cnonce")?,
            count: u32::from_str_radix(&count_text, 16)
                .ok()
                .filter(|count| *count > 0)?,
            count_text,
        })
    }
}

/// `name=value` pairs between commas; `None` when they do not parse or one comes twice.
fn parameters(text: &str) -> Option<HashMap<String, String>> {
    let mut found = HashMap::new();
    let mut rest = text.trim_start_matches([' ', '\t', ',']);
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let (value, after) = value(after.trim_start())?;
        if found
            .insert(name.trim().to_ascii_lowercase(), value)
            .is_some()
        {
            return None;
        }
        let after = after.trim_start();
        if !after.is_empty() && !after.starts_with(',') {
            return None;
        }
        rest = after.trim_start_matches([' ', '\t', ',']);
    }
    Some(found)
}

/// A quoted string without its quotes, or a token; and what follows it.
fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        let (token, rest) = text.split_at(end);
        return (!token.is_empty()).then(|| (token.to_owned(), rest));
    };
    let mut plain = String::new();
    let mut characters = quoted.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Some((plain, quoted.get(index + 1..)?)),
            '\\' => plain.push(characters.next()?.1),
            other => plain.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTED: &str = "Digest username=\"me\", realm=\"R, S\", nonce=\"a+/\", uri=\"/x?a=b\", \
        response=\"00ff\", algorithm=\"MD5\", qop=\"auth\", nc=0000000a, cnonce=\"c\"";

    #[test]
    fn quoted_parameters_may_hold_commas_and_equal_signs() {
        let answer = Answer::parse(QUOTED).unwrap();

        assert_eq!(answer.realm, "R, S");
        assert_eq!(answer.uri, "/x?a=b");
        assert_eq!(answer.count, 10);
        assert_eq!(answer.count_text, "0000000a");
    }

    #[test]
    fn bare_parameters_and_other_spellings_are_read_too() {
        let header = "DIGEST cnonce=c,nc=00000001 ,qop=auth, QOP2=x,username=\"a\\\"b\", realm=r,\
            nonce = \"n\", uri=\"/\", response=ff, algorithm=md5";

        let answer = Answer::parse(header).unwrap();

        assert_eq!(answer.username, "a\"b");
        assert_eq!(answer.nonce, "n");
    }

    #[test]
    fn what_cannot_be_checked_is_no_answer() {
        let without = |part: &str| QUOTED.replace(part, "");

        assert!(Answer::parse("Basic bWU6eW91").is_none());
        assert!(Answer::parse("Digest").is_none());
        assert!(Answer::parse(&without("nc=0000000a, ")).is_none());
        assert!(Answer::parse(&without("qop=\"auth\", ")).is_none());
        assert!(Answer::parse(&QUOTED.replace("0000000a", "00000000")).is_none());
        assert!(Answer::parse(&QUOTED.replace("0000000a", "a")).is_none());
        assert!(Answer::parse(&QUOTED.replace("\"MD5\"", "SHA-256")).is_none());
        assert!(Answer::parse(&QUOTED.replace("cnonce=\"c\"", "cnonce=\"c")).is_none());
    }
}
