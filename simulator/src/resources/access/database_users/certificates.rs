//! X.509 certificates of database users.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::Route;
use crate::state::clock::{after, format_time};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(in crate::resources) const ROUTES: &[Route] = &[("createGroupDatabaseUserCert", create)];

/// Validity of a certificate for each requested month.
const MONTH: Duration = Duration::from_hours(30 * 24);
/// Default value of `monthsUntilExpiration`.
const DEFAULT_MONTHS: u32 = 3;

/// `POST /groups/{groupId}/databaseUsers/{username}/certs`
pub(crate) fn create(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let months = body["monthsUntilExpiration"].as_u64();
    let months = months.and_then(|months| u32::try_from(months).ok());
    let not_after = after(call.now, MONTH * months.unwrap_or(DEFAULT_MONTHS));
    let subject = subject_of(call.path("username"));
    let pem = sign_certificate(&subject, call.now, not_after).map_err(|error| {
        let detail = format!("The certificate of {subject} cannot be created: {error}.");
        ApiError::rejected(500, "UNEXPECTED_ERROR", detail, Vec::new())
    })?;
    let id = state.ids().next(call.now);
    let number = u32::from_str_radix(id.get(16..).unwrap_or_default(), 16).unwrap_or_default();
    let document = json!({
        "_id": number,
        "createdAt": format_time(call.now),
        "groupId": call.path("groupId"),
        "notAfter": format_time(not_after),
        "subject": subject,
    });
    let certificates = state.store.list_mut(&context.collection);
    certificates.push(Record::new(id, document, call.now));
    let mut reply = generic::responses::build(&context, Value::Null);
    reply.document = None;
    reply.file = Some(pem.into());
    Ok(reply)
}

/// Returns the certificate subject of a user. A username can itself be a subject.
fn subject_of(user: &str) -> String {
    if user.starts_with("CN=") {
        user.to_owned()
    } else {
        format!("CN={user}")
    }
}

/// Returns a self-signed certificate and its key as PEM.
fn sign_certificate(subject: &str, from: Timestamp, to: Timestamp) -> Result<String, rcgen::Error> {
    let mut parameters = CertificateParams::new(Vec::new())?;
    parameters.distinguished_name = distinguished_name(subject);
    for (time, bound) in [
        (from, &mut parameters.not_before),
        (to, &mut parameters.not_after),
    ] {
        let date = TimeZone::UTC.to_datetime(time).date();
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        let seconds = time.as_second().rem_euclid(24 * 3600).unsigned_abs();
        let midnight = rcgen::date_time_ymd(date.year().into(), month, day);
        *bound = midnight + Duration::from_secs(seconds);
    }
    let key = KeyPair::generate()?;
    let certificate = parameters.self_signed(&key)?;
    Ok(format!("{}{}", certificate.pem(), key.serialize_pem()))
}

fn distinguished_name(subject: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    for part in subject.split(',') {
        let (attribute, value) = part.trim().split_once('=').unwrap_or(("CN", part));
        let kind = match attribute.to_uppercase().as_str() {
            "C" => DnType::CountryName,
            "L" => DnType::LocalityName,
            "O" => DnType::OrganizationName,
            "OU" => DnType::OrganizationalUnitName,
            "ST" => DnType::StateOrProvinceName,
            _ => DnType::CommonName,
        };
        name.push(kind, value);
    }
    name
}
