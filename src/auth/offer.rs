//! The challenge worth answering: the strongest digest among those that a server offers.

use std::cmp::Reverse;

use digest_auth::{Algorithm, AlgorithmType, Charset, Qop, WwwAuthenticateHeader};
use http::HeaderMap;

use super::challenge::{Challenge, challenges};

/// The strongest digest challenge of an answer that can be answered, its counter at nothing.
pub(super) fn strongest(headers: &HeaderMap) -> Option<WwwAuthenticateHeader> {
    challenges(headers)
        .iter()
        .filter_map(understood)
        // of equals the first: the order is the server's preference
        .min_by_key(|offer| Reverse(strength(offer.algorithm)))
}

/// The challenge in the terms of `digest_auth`, if it is a digest that it can do.
fn understood(challenge: &Challenge) -> Option<WwwAuthenticateHeader> {
    if !challenge.is("digest") {
        return None;
    }
    let is_true = |name: &str| {
        challenge
            .get(name)
            .is_some_and(|v| v.eq_ignore_ascii_case("true"))
    };
    let algorithm = algorithm(challenge.get("algorithm").unwrap_or("MD5"))?;
    // older documentation of Atlas prints `op`
    let qop = match challenge.get("qop").or_else(|| challenge.get("op")) {
        Some(offered) if !offered.trim().is_empty() => Some(vec![protection(offered)?]),
        // a session needs the client's nonce, which goes out with a qop only
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
        // an offer to send the name hashed, which nobody has to take
        userhash: false,
        charset: Charset::UTF8,
        nc: 0,
    })
}

/// The algorithm of this name.
fn algorithm(name: &str) -> Option<Algorithm> {
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

/// How much an algorithm is worth.
fn strength(algorithm: Algorithm) -> u8 {
    match algorithm.algo {
        AlgorithmType::MD5 => 0,
        AlgorithmType::SHA2_256 => 1,
        AlgorithmType::SHA2_512_256 => 2,
    }
}

/// What to protect: the body only where the server insists, since the connection is encrypted and
/// a streamed body cannot be hashed ahead.
fn protection(offered: &str) -> Option<Qop> {
    let offers = |wanted: &str| {
        offered
            .split(|c: char| c == ',' || c.is_whitespace())
            .any(|word| word.eq_ignore_ascii_case(wanted))
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

    fn strongest_of(line: &str) -> Option<WwwAuthenticateHeader> {
        let mut headers = HeaderMap::new();
        headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(line).unwrap());
        strongest(&headers)
    }

    #[test]
    fn the_strongest_wins() {
        let offer = strongest_of(
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
    fn of_equals_the_first_wins() {
        assert_eq!(
            strongest_of("Digest realm=r, nonce=1, Digest realm=r, nonce=2")
                .unwrap()
                .nonce,
            "1"
        );
    }

    #[test]
    fn a_missing_algorithm_is_md5() {
        let offer = strongest_of("Digest realm=r, nonce=1").unwrap();

        assert_eq!(offer.algorithm, Algorithm::new(AlgorithmType::MD5, false));
        assert_eq!(offer.qop, None);
    }

    #[test]
    fn the_misspelt_qop_is_understood() {
        assert_eq!(
            strongest_of("Digest realm=r, nonce=1, op=\"auth\"")
                .unwrap()
                .qop,
            Some(vec![Qop::AUTH])
        );
    }

    #[test]
    fn bodies_are_protected_where_the_server_insists() {
        let qop =
            |offered: &str| strongest_of(&format!("Digest realm=r, nonce=1, qop=\"{offered}\""));

        assert_eq!(qop("auth-int, auth").unwrap().qop, Some(vec![Qop::AUTH]));
        assert_eq!(qop("AUTH-INT").unwrap().qop, Some(vec![Qop::AUTH_INT]));
        assert!(qop("auth-conf").is_none());
    }

    #[test]
    fn the_rest_of_a_challenge_is_passed_on_or_ignored() {
        let offer = strongest_of(
            "Digest realm=\"a b\", domain=\"/a http://b/\", nonce=1, opaque=\"o\\\"p\", stale=TRUE, \
             userhash=true, charset=UTF-8, algorithm=sha-256-SESS, qop=\"auth\", unknown=1",
        )
        .unwrap();

        assert_eq!(offer.opaque.as_deref(), Some("o\"p"));
        assert!(offer.stale && !offer.userhash && offer.algorithm.sess);
    }

    #[test]
    fn what_cannot_be_answered_is_no_offer() {
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
            assert!(strongest_of(line).is_none(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_offer_is_survived(algorithm in "\\PC{0,12}", qop in "\\PC{0,12}") {
            let line = format!("Digest realm=r, nonce=1, algorithm=\"{algorithm}\", qop=\"{qop}\"");
            strongest_of(&line);
        }
    }
}
