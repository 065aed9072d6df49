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
    /// How likely it is each time, from 0 to 1.
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

impl Written {
    /// Refuses what would not happen as it is written.
    fn check(&self) -> Result<(), String> {
        let is_chance = |it: f64| (0.0..=1.0).contains(&it);
        if self.probability.is_some_and(|it| !is_chance(it)) {
            return Err("`probability` must be between 0 and 1".to_owned());
        }
        if self.status.is_some_and(|it| !(200..=599).contains(&it)) {
            return Err("`status` must be between 200 and 599".to_owned());
        }
        if self.page == Some(0) {
            return Err("`page` must be at least 1".to_owned());
        }
        if self.kind == "nextLinkHost" && self.origin.is_none() {
            return Err("a fault of the kind `nextLinkHost` needs an `origin`".to_owned());
        }
        let fields = [
            ("status", self.status.is_some(), &["answer", "html"][..]),
            ("contentType", self.content_type.is_some(), &["answer"]),
            ("body", self.body.is_some(), &["answer"]),
            (
                "milliseconds",
                self.milliseconds.is_some(),
                &["latency", "slowBody"],
            ),
            ("after", self.after.is_some(), &["cutBody"]),
            ("retryAfter", self.retry_after.is_some(), &["rateLimited"]),
            ("page", self.page.is_some(), &["emptyPage"]),
            ("origin", self.origin.is_some(), &["nextLinkHost"]),
        ];
        let mut foreign = fields
            .into_iter()
            .filter(|(_, is_given, kinds)| *is_given && !kinds.contains(&self.kind.as_str()));
        foreign.next().map_or(Ok(()), |(field, _, kinds)| {
            let kinds = kinds.join("` and `");
            Err(format!("`{field}` is for faults of the kind `{kinds}`"))
        })
    }
}

impl Fault {
    /// Reads a fault; the error says what is wrong with it.
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, String> {
        let written: Written = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        written.check()?;
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
