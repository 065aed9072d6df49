//! Server side of HTTP digest authentication (RFC 7616, MD5, `qop=auth`).
//!
//! Accepts each count of a nonce once, in any order, until the nonce expires. Clients can reuse a
//! challenge from several threads; a replayed request is rejected.

mod header;
mod nonces;

use md5::{Digest as _, Md5};

use crate::state::hexadecimal;

pub(crate) use nonces::Nonces;

/// The realm of every challenge.
pub(crate) const REALM: &str = "MMS Public API";

/// The reason that a request's credentials are rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rejection {
    /// A missing or incorrect digest response.
    Unauthorized,
    /// A correct digest response with an expired nonce or a repeated count.
    Stale,
    /// An access token that is unknown, expired or revoked.
    InvalidToken,
}

/// Checks the `Authorization` header of a request and returns its public key.
///
/// The digest covers the `uri` parameter of the header. Like Jetty, which serves Atlas, the check
/// does not compare `uri` with the request line, since clients and proxies encode it differently.
pub(crate) fn check(
    authorization: Option<&str>,
    method: &str,
    private_key: impl Fn(&str) -> Option<String>,
    nonces: &mut Nonces,
) -> Result<String, Rejection> {
    let credentials = authorization
        .and_then(header::Credentials::parse)
        .ok_or(Rejection::Unauthorized)?;
    let private = private_key(&credentials.username)
        .filter(|_| credentials.realm == REALM)
        .ok_or(Rejection::Unauthorized)?;
    if !credentials
        .response
        .eq_ignore_ascii_case(&expected_response(&credentials, method, &private))
    {
        return Err(Rejection::Unauthorized);
    }
    if nonces.accept(&credentials.nonce, credentials.count) {
        Ok(credentials.username)
    } else {
        Err(Rejection::Stale)
    }
}

/// Returns the value of a `WWW-Authenticate` header as Atlas formats it.
pub(crate) fn challenge(nonce: &str, rejection: Rejection) -> String {
    let stale = rejection == Rejection::Stale;
    format!(
        "Digest realm=\"{REALM}\", domain=\"\", nonce=\"{nonce}\", algorithm=MD5, \
         qop=\"auth\", stale={stale}"
    )
}

fn expected_response(credentials: &header::Credentials, method: &str, private: &str) -> String {
    let header::Credentials {
        username,
        uri,
        nonce,
        count_text,
        client_nonce,
        ..
    } = credentials;
    let ha1 = md5(&format!("{username}:{REALM}:{private}"));
    let ha2 = md5(&format!("{method}:{uri}"));
    md5(&format!(
        "{ha1}:{nonce}:{count_text}:{client_nonce}:auth:{ha2}"
    ))
}

fn md5(text: &str) -> String {
    hexadecimal(&Md5::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const TARGET: &str = "/api/atlas/v2/orgs?pageNum=1";

    fn private_key(public: &str) -> Option<String> {
        (public == "abcdefgh").then(|| "secret".to_owned())
    }

    fn authorization(nonce: &str, count: &str, private: &str) -> String {
        let ha1 = md5(&format!("abcdefgh:{REALM}:{private}"));
        let ha2 = md5(&format!("GET:{TARGET}"));
        let response = md5(&format!("{ha1}:{nonce}:{count}:c0ffee:auth:{ha2}"));
        format!(
            "Digest username=\"abcdefgh\", realm=\"{REALM}\", nonce=\"{nonce}\", \
             uri=\"{TARGET}\", response=\"{response}\", algorithm=\"MD5\", qop=\"auth\", \
             nc={count}, cnonce=\"c0ffee\""
        )
    }

    fn check_get(nonces: &mut Nonces, header: &str) -> Result<(), Rejection> {
        check(Some(header), "GET", private_key, nonces).map(|_| ())
    }

    #[test]
    fn accepts_each_count_once_in_any_order() {
        let mut nonces = Nonces::new(Duration::from_mins(1));
        let nonce = nonces.issue(Duration::ZERO);

        assert_eq!(
            check_get(&mut nonces, &authorization(&nonce, "00000003", "secret")),
            Ok(())
        );
        assert_eq!(
            check_get(&mut nonces, &authorization(&nonce, "00000001", "secret")),
            Ok(())
        );
        assert_eq!(
            check_get(&mut nonces, &authorization(&nonce, "00000003", "secret")),
            Err(Rejection::Stale)
        );
        assert_eq!(
            check_get(&mut nonces, &authorization(&nonce, "00000002", "secret")),
            Ok(())
        );
    }

    #[test]
    fn rejects_wrong_key_without_checking_its_nonce() {
        let mut nonces = Nonces::new(Duration::from_mins(1));

        let rejection = check_get(&mut nonces, &authorization("made-up", "00000001", "guess"));

        assert_eq!(rejection, Err(Rejection::Unauthorized));
    }

    #[test]
    fn unknown_nonce_with_the_right_key_is_stale() {
        let mut nonces = Nonces::new(Duration::from_mins(1));

        let rejection = check_get(&mut nonces, &authorization("made-up", "00000001", "secret"));

        assert_eq!(rejection, Err(Rejection::Stale));
    }

    #[test]
    fn hash_matches_the_example_of_the_rfc() {
        // The example of RFC 2617, section 3.5.
        let ha1 = md5("Mufasa:testrealm@host.com:Circle Of Life");
        let ha2 = md5("GET:/dir/index.html");
        let nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";

        let response = md5(&format!("{ha1}:{nonce}:00000001:0a4f113b:auth:{ha2}"));

        assert_eq!(response, "6629fae49393a05397450978507c4ef1");
    }
}
