//! Parses faults from the JSON of the control interface.

use std::time::Duration;

use serde::Deserialize;

use super::Fault;

/// A fault in a JSON request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct FaultDocument {
    kind: String,
    #[serde(default)]
    path: String,
    method: Option<String>,
    times: Option<u32>,
    #[serde(default)]
    always: bool,
    #[serde(default)]
    when_authorized: bool,
    /// The probability of each occurrence, from 0 to 1.
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

impl FaultDocument {
    /// Rejects values out of range and fields without effect.
    fn check(&self) -> Result<(), String> {
        let is_probability = |value: f64| (0.0..=1.0).contains(&value);
        if self.probability.is_some_and(|value| !is_probability(value)) {
            return Err("`probability` must be between 0 and 1".to_owned());
        }
        if self
            .status
            .is_some_and(|status| !(200..=599).contains(&status))
        {
            return Err("`status` must be between 200 and 599".to_owned());
        }
        if self.page == Some(0) {
            return Err("`page` must be at least 1".to_owned());
        }
        if self.kind == "nextLinkHost" && self.origin.is_none() {
            return Err("a fault of the kind `nextLinkHost` requires `origin`".to_owned());
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
        let mut unused = fields
            .into_iter()
            .filter(|(_, is_present, kinds)| *is_present && !kinds.contains(&self.kind.as_str()));
        unused.next().map_or(Ok(()), |(field, _, kinds)| {
            let kinds = kinds.join("` and `");
            Err(format!(
                "`{field}` applies only to faults of the kind `{kinds}`"
            ))
        })
    }
}

impl Fault {
    /// Parses a fault.
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, String> {
        let document: FaultDocument =
            serde_json::from_slice(text).map_err(|error| error.to_string())?;
        document.check()?;
        let pause = Duration::from_millis(document.milliseconds.unwrap_or(1000));
        let mut fault = match document.kind.as_str() {
            "answer" => Self::answer(
                document.status.unwrap_or(500),
                document
                    .content_type
                    .as_deref()
                    .unwrap_or("application/json"),
                document.body.unwrap_or_default(),
            ),
            "rateLimited" => Self::rate_limited(document.retry_after.unwrap_or(1)),
            "html" => Self::html(document.status.unwrap_or(502)),
            "latency" => Self::latency(pause),
            "slowBody" => Self::slow_body(pause),
            "cutBody" => Self::cut_body(document.after.unwrap_or(10)),
            "reset" => Self::drop_connection(),
            "staleNonces" => Self::stale_nonces(),
            "expiredTokens" => Self::expired_tokens(),
            "emptyPage" => Self::empty_page(document.page.unwrap_or(1)),
            "nextLinkHost" => Self::next_link_host(document.origin.unwrap_or_default()),
            kind => return Err(format!("unknown fault kind `{kind}`")),
        };
        fault = fault.for_path(document.path);
        if let Some(method) = document.method {
            fault = fault.for_method(method);
        }
        if document.when_authorized {
            fault = fault.when_authorized();
        }
        if let Some(probability) = document.probability {
            fault = fault.with_probability(probability, document.seed).always();
        }
        match (document.times, document.always) {
            (Some(times), _) => fault = fault.times(times),
            (None, true) => fault = fault.always(),
            (None, false) => {}
        }
        Ok(fault)
    }
}
