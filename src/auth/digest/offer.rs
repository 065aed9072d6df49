//! Selects the strongest supported digest challenge.

use std::cmp::Reverse;

use digest_auth::{Algorithm, AlgorithmType, Charset, Qop, WwwAuthenticateHeader};
use http::HeaderMap;

use super::challenge::{Challenge, challenges};

/// Returns the strongest supported digest challenge of a response, with a nonce count of 0.
pub(in crate::auth) fn select_challenge(headers: &HeaderMap) -> Option<WwwAuthenticateHeader> {
    challenges(headers)
        .iter()
        .filter_map(parse_supported)
        // the first of equally strong ones: the order is the server's preference
        .min_by_key(|offer| Reverse(strength(offer.algorithm)))
}

/// Converts a challenge for `digest_auth`; `None` if it is unsupported.
fn parse_supported(challenge: &Challenge) -> Option<WwwAuthenticateHeader> {
    if !challenge.has_scheme("digest") {
        return None;
    }
    let is_true = |name: &str| {
        challenge
            .get(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    };
    let algorithm = parse_algorithm(challenge.get("algorithm").unwrap_or("MD5"))?;
    // older documentation of Atlas prints `op`
    let qop = match challenge.get("qop").or_else(|| challenge.get("op")) {
        Some(offered) if !offered.trim().is_empty() => Some(vec![select_qop(offered)?]),
        // a session requires a client nonce, which is sent only with a qop
        _ if algorithm.sess => return None,
        _ => None,
    };
    Some(WwwAuthenticateHeader {
        domain: None,
        realm: challenge.get("realm")?.to_owned(),
        nonce: challenge
            .get("nonce")
            .filter(|nonce| !nonce.is_empty())?
            .to_owned(),
        opaque: challenge.get("opaque").map(str::to_owned),
        stale: is_true("stale"),
        algorithm,
        qop,
        // hashing the user name is optional
        userhash: false,
        charset: Charset::UTF8,
        nc: 0,
    })
}

/// Parses the name of an algorithm.
fn parse_algorithm(name: &str) -> Option<Algorithm> {
    let (name, session) = match name
        .len()
        .checked_sub(5)
        .and_then(|at| name.split_at_checked(at))
    {
        Some((name, end)) if end.eq_ignore_ascii_case("-sess") => (name, true),
        _ => (name, false),
    };
    let kind = match name.to_ascii_uppercase().as_str() {
        "MD5" => AlgorithmType::MD5,
        "SHA-256" => AlgorithmType::SHA2_256,
        "SHA-512-256" => AlgorithmType::SHA2_512_256,
        _ => return None,
    };
    Some(Algorithm::new(kind, session))
}

/// Returns the rank of an algorithm.
fn strength(algorithm: Algorithm) -> u8 {
    match algorithm.algo {
        AlgorithmType::MD5 => 0,
        AlgorithmType::SHA2_256 => 1,
        AlgorithmType::SHA2_512_256 => 2,
    }
}

/// Selects the quality of protection. Prefers `auth`, because the connection is encrypted and a
/// streamed body cannot be hashed in advance.
fn select_qop(offered: &str) -> Option<Qop> {
    let offers = |qop: &str| {
        offered
            .split(|c: char| c == ',' || c.is_whitespace())
            .any(|word| word.eq_ignore_ascii_case(qop))
    };
    if offers("auth") {
        Some(Qop::AUTH)
    } else if offers("auth-int") {
        Some(Qop::AUTH_INT)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::WWW_AUTHENTICATE;
    use proptest::prelude::*;

    use super::*;

    fn select_from(line: &str) -> Option<WwwAuthenticateHeader> {
        let mut headers = HeaderMap::new();
        headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(line).unwrap());
        select_challenge(&headers)
    }

    #[test]
    fn selects_the_strongest_challenge() {
        let offer = select_from(
            "Digest realm=r, nonce=1, algorithm=md5, Digest realm=r, nonce=2, \
             algorithm=SHA-512-256-sess, qop=auth, Digest realm=r, nonce=3, algorithm=SHA-256, \
             Digest realm=r, nonce=4, algorithm=SHA3-1024",
        )
        .unwrap();

        assert_eq!(offer.nonce, "2");
        assert!(offer.algorithm.sess);
        assert_eq!(offer.nc, 0);
    }

    #[test]
    fn first_of_equally_strong_challenges_wins() {
        assert_eq!(
            select_from("Digest realm=r, nonce=1, Digest realm=r, nonce=2")
                .unwrap()
                .nonce,
            "1"
        );
    }

    #[test]
    fn missing_algorithm_is_md5() {
        let offer = select_from("Digest realm=r, nonce=1").unwrap();

        assert_eq!(offer.algorithm, Algorithm::new(AlgorithmType::MD5, false));
        assert_eq!(offer.qop, None);
    }

    #[test]
    fn accepts_op_as_qop() {
        assert_eq!(
            select_from("Digest realm=r, nonce=1, op=\"auth\"")
                .unwrap()
                .qop,
            Some(vec![Qop::AUTH])
        );
    }

    #[test]
    fn auth_int_is_selected_only_if_required() {
        let qop =
            |offered: &str| select_from(&format!("Digest realm=r, nonce=1, qop=\"{offered}\""));

        assert_eq!(qop("auth-int, auth").unwrap().qop, Some(vec![Qop::AUTH]));
        assert_eq!(qop("AUTH-INT").unwrap().qop, Some(vec![Qop::AUTH_INT]));
        assert!(qop("auth-conf").is_none());
    }

    #[test]
    fn reads_known_parameters_and_ignores_others() {
        let offer = select_from(
            "Digest realm=\"a b\", domain=\"/a http://b/\", nonce=1, opaque=\"o\\\"p\", stale=TRUE, \
             userhash=true, charset=UTF-8, algorithm=sha-256-SESS, qop=\"auth\", unknown=1",
        )
        .unwrap();

        assert_eq!(offer.opaque.as_deref(), Some("o\"p"));
        assert!(offer.stale && !offer.userhash && offer.algorithm.sess);
    }

    #[test]
    fn ignores_unsupported_challenges() {
        for line in [
            "Basic realm=r",
            "Digest realm=r",
            "Digest nonce=1",
            "Digest",
            "Digest realm=r, nonce=1, algorithm=MD5-sess",
            "Digest realm=r, nonce=1, algorithm=SHA-512",
            "",
            "=,\"",
        ] {
            assert!(select_from(line).is_none(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn select_challenge_never_panics(algorithm in "\\PC{0,12}", qop in "\\PC{0,12}") {
            let line = format!("Digest realm=r, nonce=1, algorithm=\"{algorithm}\", qop=\"{qop}\"");
            select_from(&line);
        }
    }
}
