//! Parses a digest `Authorization` header with quoted or bare parameters in any order.

use std::collections::HashMap;

/// The parameters of a digest response.
#[derive(Debug)]
pub(super) struct Credentials {
    pub(super) username: String,
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) uri: String,
    pub(super) response: String,
    pub(super) client_nonce: String,
    pub(super) count: u32,
    /// The nonce count as the client wrote it, since the digest hashes these characters.
    pub(super) count_text: String,
}

impl Credentials {
    /// Parses a header. Returns `None` for other schemes, other algorithms and missing parameters.
    pub(super) fn parse(header: &str) -> Option<Self> {
        let (scheme, rest) = header.trim().split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("digest") {
            return None;
        }
        let mut parameters = parse_parameters(rest)?;
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

/// Parses `name=value` pairs. Returns `None` on a syntax error or a repeated name.
fn parse_parameters(text: &str) -> Option<HashMap<String, String>> {
    let mut parameters = HashMap::new();
    let mut remaining = text.trim_start_matches([' ', '\t', ',']);
    while !remaining.is_empty() {
        let (name, after) = remaining.split_once('=')?;
        let (value, after) = parse_value(after.trim_start())?;
        if parameters
            .insert(name.trim().to_ascii_lowercase(), value)
            .is_some()
        {
            return None;
        }
        let after = after.trim_start();
        if !after.is_empty() && !after.starts_with(',') {
            return None;
        }
        remaining = after.trim_start_matches([' ', '\t', ',']);
    }
    Some(parameters)
}

/// Parses a quoted string or a token, and returns its value and the rest of the input.
fn parse_value(text: &str) -> Option<(String, &str)> {
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
            character => plain.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTED_HEADER: &str = "Digest username=\"me\", realm=\"R, S\", nonce=\"a+/\", uri=\"/x?a=b\", \
        response=\"00ff\", algorithm=\"MD5\", qop=\"auth\", nc=0000000a, cnonce=\"c\"";

    #[test]
    fn parses_commas_and_equal_signs_in_quoted_parameters() {
        let credentials = Credentials::parse(QUOTED_HEADER).unwrap();

        assert_eq!(credentials.realm, "R, S");
        assert_eq!(credentials.uri, "/x?a=b");
        assert_eq!(credentials.count, 10);
        assert_eq!(credentials.count_text, "0000000a");
    }

    #[test]
    fn parses_bare_parameters_and_any_case() {
        let header = "DIGEST cnonce=c,nc=00000001 ,qop=auth, QOP2=x,username=\"a\\\"b\", realm=r,\
            nonce = \"n\", uri=\"/\", response=ff, algorithm=md5";

        let credentials = Credentials::parse(header).unwrap();

        assert_eq!(credentials.username, "a\"b");
        assert_eq!(credentials.nonce, "n");
    }

    #[test]
    fn rejects_unsupported_and_incomplete_headers() {
        let without = |part: &str| QUOTED_HEADER.replace(part, "");

        assert!(Credentials::parse("Basic bWU6eW91").is_none());
        assert!(Credentials::parse("Digest").is_none());
        assert!(Credentials::parse(&without("nc=0000000a, ")).is_none());
        assert!(Credentials::parse(&without("qop=\"auth\", ")).is_none());
        assert!(Credentials::parse(&QUOTED_HEADER.replace("0000000a", "00000000")).is_none());
        assert!(Credentials::parse(&QUOTED_HEADER.replace("0000000a", "a")).is_none());
        assert!(Credentials::parse(&QUOTED_HEADER.replace("\"MD5\"", "SHA-256")).is_none());
        assert!(Credentials::parse(&QUOTED_HEADER.replace("cnonce=\"c\"", "cnonce=\"c")).is_none());
    }
}
