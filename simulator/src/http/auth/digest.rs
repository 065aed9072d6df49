//! HTTP digest authentication as the server sees it (RFC 7616, MD5, `qop=auth`).
//!
//! A nonce lives for a while and each of its counts is accepted once, in any order: clients that
//! reuse a challenge from several threads stay in, a replayed request does not.

mod header;
mod nonces;

use md5::{Digest as _, Md5};

use crate::state::hexadecimal;

pub(crate) use nonces::Nonces;

/// The realm of every challenge.
pub(crate) const REALM: &str = "MMS Public API";

/// What is wrong with a request's credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rejection {
    /// No digest answer, or a wrong one.
    Unauthorized,
    /// A right answer to a nonce, or with a count, that is no longer accepted.
    Stale,
    /// An answer for another target than the one that was asked for.
    OtherTarget,
    /// An access token that is unknown, expired or revoked.
    BadToken,
}

/// Checks the `Authorization` header of a request, and returns the public key it is signed with.
pub(crate) fn check(
    authorization: Option<&str>,
    method: &str,
    target: &str,
    private_key: impl Fn(&str) -> Option<String>,
    nonces: &mut Nonces,
) -> Result<String, Rejection> {
    let answer = authorization
        .and_then(header::Answer::parse)
        .ok_or(Rejection::Unauthorized)?;
    let private = private_key(&answer.username)
        .filter(|_| answer.realm == REALM)
        .ok_or(Rejection::Unauthorized)?;
    if !answer
        .response
        .eq_ignore_ascii_case(&expected(&answer, method, &private))
    {
        return Err(Rejection::Unauthorized);
    }
    if answer.uri != target {
        return Err(Rejection::OtherTarget);
    }
    if nonces.accept(&answer.nonce, answer.count) {
        Ok(answer.username)
    } else {
        Err(Rejection::Stale)
    }
}

/// The value of a `WWW-Authenticate` header, in the form Atlas sends.
pub(crate) fn challenge(nonce: &str, rejection: Rejection) -> String {
    let stale = rejection == Rejection::Stale;
    format!(
        "Digest realm=\"{REALM}\", domain=\"\", nonce=\"{nonce}\", algorithm=MD5, \
         qop=\"auth\", stale={stale}"
    )
}

fn expected(answer: &header::Answer, method: &str, private: &str) -> String {
    let who = md5(&format!("{}:{REALM}:{private}", answer.username));
    let what = md5(&format!("{method}:{}", answer.uri));
    let (nonce, count, client) = (&answer.nonce, &answer.count_text, &answer.client_nonce);
    md5(&format!("{who}:{nonce}:{count}:{client}:auth:{what}"))
}

fn md5(text: &str) -> String {
    hexadecimal(&Md5::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const TARGET: &str = "/api/atlas/v2/orgs?pageNum=1";

    fn keys(public: &str) -> Option<String> {
        (public == "abcdefgh").then(|| "secret".to_owned())
    }

    fn answer(nonce: &str, count: &str, private: &str) -> String {
        let who = md5(&format!("abcdefgh:{REALM}:{private}"));
        let what = md5(&format!("GET:{TARGET}"));
        let response = md5(&format!("{who}:{nonce}:{count}:c0ffee:auth:{what}"));
        format!(
            "Digest username=\"abcdefgh\", realm=\"{REALM}\", nonce=\"{nonce}\", \
             uri=\"{TARGET}\", response=\"{response}\", algorithm=\"MD5\", qop=\"auth\", \
             nc={count}, cnonce=\"c0ffee\""
        )
    }

    fn ask(nonces: &mut Nonces, header: &str) -> Result<(), Rejection> {
        check(Some(header), "GET", TARGET, keys, nonces).map(|_| ())
    }

    #[test]
    fn each_count_is_accepted_once_in_any_order() {
        let mut nonces = Nonces::new(Duration::from_mins(1));
        let nonce = nonces.issue(Duration::ZERO);

        assert_eq!(
            ask(&mut nonces, &answer(&nonce, "00000003", "secret")),
            Ok(())
        );
        assert_eq!(
            ask(&mut nonces, &answer(&nonce, "00000001", "secret")),
            Ok(())
        );
        assert_eq!(
            ask(&mut nonces, &answer(&nonce, "00000003", "secret")),
            Err(Rejection::Stale)
        );
        assert_eq!(
            ask(&mut nonces, &answer(&nonce, "00000002", "secret")),
            Ok(())
        );
    }

    #[test]
    fn a_wrong_key_is_not_told_that_its_nonce_is_stale() {
        let mut nonces = Nonces::new(Duration::from_mins(1));

        let rejection = ask(&mut nonces, &answer("made-up", "00000001", "guess"));

        assert_eq!(rejection, Err(Rejection::Unauthorized));
    }

    #[test]
    fn an_unknown_nonce_with_the_right_key_is_stale() {
        let mut nonces = Nonces::new(Duration::from_mins(1));

        let rejection = ask(&mut nonces, &answer("made-up", "00000001", "secret"));

        assert_eq!(rejection, Err(Rejection::Stale));
    }

    #[test]
    fn an_answer_for_another_target_is_refused() {
        let mut nonces = Nonces::new(Duration::from_mins(1));
        let nonce = nonces.issue(Duration::ZERO);
        let header = answer(&nonce, "00000001", "secret");

        let rejection = check(Some(&header), "GET", "/api/atlas/v2", keys, &mut nonces);

        assert_eq!(rejection, Err(Rejection::OtherTarget));
    }

    #[test]
    fn the_arithmetic_is_that_of_the_specification() {
        // The example of RFC 2617, section 3.5.
        let who = md5("Mufasa:testrealm@host.com:Circle Of Life");
        let what = md5("GET:/dir/index.html");
        let nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";

        let response = md5(&format!("{who}:{nonce}:00000001:0a4f113b:auth:{what}"));

        assert_eq!(response, "6629fae49393a05397450978507c4ef1");
    }
}
