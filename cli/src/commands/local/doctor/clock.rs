//! Compares the clock of this machine with the clock of the server.

use jiff::Timestamp;

use super::Finding;

/// The clock skew in seconds that tokens tolerate.
const MAX_SKEW: i64 = 60;

/// Compares the clock with the time of the response, which the header `Date` has.
pub(super) fn clock(server: Option<Timestamp>, now: Timestamp) -> Finding {
    let Some(server) = server else {
        return Finding::ok("clock", "the server does not send its time");
    };
    let skew = now.as_second() - server.as_second();
    if skew.abs() <= MAX_SKEW {
        return Finding::ok("clock", "at most a minute from the server's");
    }
    let direction = if skew > 0 { "ahead of" } else { "behind" };
    let detail = format!("{} s {direction} the server's", skew.abs());
    let fix = if cfg!(windows) {
        "w32tm /resync"
    } else if cfg!(target_os = "macos") {
        "sudo sntp -sS time.apple.com"
    } else {
        "sudo timedatectl set-ntp true"
    };
    Finding::failed("clock", detail, fix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skew_of_more_than_a_minute_is_a_failure() {
        let now: Timestamp = "2026-11-27T08:00:00Z".parse().unwrap();

        for (server, result, detail) in [
            (
                "2026-11-27T07:59:30Z",
                "ok",
                "at most a minute from the server's",
            ),
            (
                "2026-11-27T07:55:00Z",
                "failed",
                "300 s ahead of the server's",
            ),
            (
                "2026-11-27T08:05:00Z",
                "failed",
                "300 s behind the server's",
            ),
        ] {
            let finding = clock(server.parse().ok(), now);
            assert_eq!(
                (finding.result, finding.detail.as_str()),
                (result, detail),
                "{server}"
            );
        }
        assert_eq!(clock(None, now).result, "ok");
    }
}
