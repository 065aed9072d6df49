//! LDAP and X.509 settings of a project.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::{ApiResponse, Call};
use crate::generic::{self, Context, requests};
use crate::resources::{Route, render_link};
use crate::state::{Record, State};

/// The handlers of this module, by operation id.
pub(super) const ROUTES: &[Route] = &[
    ("verifyGroupUserSecurityLdap", verify),
    ("deleteGroupUserSecurityLdapUserToDnMapping", clear_mapping),
    ("disableGroupUserSecurityCustomerX509", disable_x509),
    ("updateGroupUserSecurity", update),
];

/// `PATCH /groups/{groupId}/userSecurity`
pub(crate) fn update(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let authorities = body["customerX509"]["cas"].as_str();
    // An empty value removes the certificate authorities.
    if authorities.is_some_and(|pem| !pem.is_empty() && !is_certificate_list(pem)) {
        let expected = "PEM-encoded X.509 certificates";
        return Err(ApiError::invalid_attribute("customerX509.cas", expected));
    }
    generic::respond(state, call)
}

/// Returns `true` if a text consists of at least one PEM block, and each block is a DER sequence.
fn is_certificate_list(pem: &str) -> bool {
    const HEADER: &str = "-----BEGIN CERTIFICATE-----";
    const FOOTER: &str = "-----END CERTIFICATE-----";
    let mut blocks = pem.split(HEADER).skip(1).peekable();
    blocks.peek().is_some()
        && blocks.all(|block| {
            let content = block.split_once(FOOTER).map(|(content, _)| content);
            let content = content.map(|content| content.split_whitespace().collect::<String>());
            let bytes = content.and_then(|content| BASE64_STANDARD.decode(content).ok());
            bytes.is_some_and(|bytes| is_der_sequence(&bytes))
        })
}

/// Returns `true` for a DER sequence whose length equals the length in its header.
fn is_der_sequence(bytes: &[u8]) -> bool {
    let [0x30, first, rest @ ..] = bytes else {
        return false;
    };
    if *first < 0x80 {
        return rest.len() == usize::from(*first);
    }
    let digits = usize::from(first & 0x7f);
    let Some((length, content)) = rest.split_at_checked(digits) else {
        return false;
    };
    let length = length
        .iter()
        .fold(0_usize, |length, byte| (length << 8) | usize::from(*byte));
    (1..=4).contains(&digits) && content.len() == length
}

/// `DELETE /groups/{groupId}/userSecurity/ldap/userToDNMapping`
///
/// Returns the remaining settings.
pub(crate) fn clear_mapping(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    remove_setting(state, call, |settings| {
        let ldap = settings.get_mut("ldap").and_then(Value::as_object_mut);
        if let Some(ldap) = ldap {
            ldap.remove("userToDNMapping");
        }
    })
}

/// `DELETE /groups/{groupId}/userSecurity/customerX509`
///
/// Returns the remaining settings.
pub(crate) fn disable_x509(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    remove_setting(state, call, |settings| {
        if let Some(settings) = settings.as_object_mut() {
            settings.remove("customerX509");
        }
    })
}

/// Changes the stored settings and returns them.
fn remove_setting(
    state: &mut State,
    call: &Call,
    remove: impl FnOnce(&mut Value),
) -> Result<ApiResponse, ApiError> {
    let mut context = Context::prepare(state, call)?;
    context.collection = format!("/groups/{}/userSecurity", call.path("groupId"));
    "/groups/{groupId}/userSecurity".clone_into(&mut context.plan.collection);
    if let Some(settings) = state.store.single_mut(&context.collection) {
        remove(&mut settings.document);
    }
    let settings = state.store.single(&context.collection).cloned();
    let settings = settings.unwrap_or_else(|| Record::new("", json!({}), call.now));
    Ok(generic::item_response(&context, &settings))
}

/// `POST /groups/{groupId}/userSecurity/ldap/verify`
pub(crate) fn verify(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    let body = requests::parse_body(&context)?.unwrap_or_default();
    let id = state.ids().next(call.now);
    let mut request = requests::remove_secrets(&context, &body);
    // Atlas omits an empty certificate.
    if let Some(request) = request.as_object_mut() {
        request.retain(|name, value| name != "caCertificate" || *value != "");
    }
    let document = json!({
        "groupId": call.path("groupId"),
        "links": [render_link(call, &format!("{}/{id}", call.request_path), "self")],
        "request": request,
        "requestId": id,
        "status": "PENDING",
        "validations": [],
    });
    let record = Record::new(id, document, call.now);
    let verifications = state.store.list_mut(&context.collection);
    verifications.push(record.clone());
    Ok(generic::item_response(&context, &record))
}
