//! Faults as the control interface takes them: JSON in, faults out.

use std::time::Duration;

use serde::Deserialize;

use super::Fault;

/// A fault as a client of the control interface writes it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    kind: String,
    #[serde(default)]
    path: String,
    method: Option<String>,
    times: Option<u32>,
    #[serde(default)]
    always: bool,
    #[serde(default)]
    when_authorized: bool,
    probability: Option<f64>,
    #[serde(default)]
    seed: u64,
    status: Option<u16>,
    content_type: Option<String>,
    body: Option<String>,
    milliseconds: Option<u64>,
    after: Option<usize>,
    retry_after: Option<u64>,
    page: Option<u64>,
    origin: Option<String>,
}

impl Fault {
    /// Reads a fault; the error says what is wrong with it.
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, String> {
        let written: Written = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        let pause = Duration::from_millis(written.milliseconds.unwrap_or(1000));
        let mut fault = match written.kind.as_str() {
            "answer" => Self::answer(
                written.status.unwrap_or(500),
                written
                    .content_type
                    .as_deref()
                    .unwrap_or("application/json"),
                written.body.unwrap_or_default(),
            ),
            "rateLimited" => Self::rate_limited(written.retry_after.unwrap_or(1)),
            "html" => Self::html(written.status.unwrap_or(502)),
            "latency" => Self::latency(pause),
            "slowBody" => Self::slow_body(pause),
            "cutBody" => Self::cut_body(written.after.unwrap_or(10)),
            "reset" => Self::drop_connection(),
            "staleNonces" => Self::stale_nonces(),
            "expiredTokens" => Self::expired_tokens(),
            "emptyPage" => Self::empty_page(written.page.unwrap_or(1)),
            "nextLinkHost" => Self::next_link_host(written.origin.unwrap_or_default()),
            kind => return Err(format!("unknown kind of fault `{kind}`")),
        };
        fault = fault.for_path(written.path);
        if let Some(method) = written.method {
            fault = fault.for_method(method);
        }
        if written.when_authorized {
            fault = fault.when_authorized();
        }
        if let Some(probability) = written.probability {
            fault = fault.with_probability(probability, written.seed).always();
        }
        match (written.times, written.always) {
            (Some(times), _) => fault = fault.times(times),
            (None, true) => fault = fault.always(),
            (None, false) => {}
        }
        Ok(fault)
    }
}
