//! `security ldap`: the LDAP configuration of a project.

use mongodbatlas::operation;
use serde_json::Value;

use super::pem;
use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Danger, Example, Input, Noun, Target, WaitFor, argument, body, column,
            flag, path,
        },
    },
    error::CliError,
};

/// The command group `security ldap`.
pub(super) static NOUN: Noun = Noun::new("ldap", "Manage the LDAP configuration of a project")
    .commands(&[&DESCRIBE, &SAVE, &VERIFY, &DELETE])
    .nouns(&[&VERIFICATIONS]);

const COLUMNS: &[Column] = &[
    column("HOSTNAME", "ldap.hostname"),
    column("PORT", "ldap.port"),
    column("AUTHENTICATION", "ldap.authenticationEnabled"),
    column("AUTHORIZATION", "ldap.authorizationEnabled"),
];

static DESCRIBE: Command = Command::describe(
    operation::GET_GROUP_USER_SECURITY,
    "Show the LDAP configuration",
)
.columns(COLUMNS)
.examples(&[Example {
    line: "security ldap describe --project Storefront",
    task: "Show the LDAP configuration of a project",
}]);

static SAVE: Command = Command::new(
    "save",
    operation::UPDATE_GROUP_USER_SECURITY,
    "Save an LDAP configuration",
)
.flags(&[
    flag("hostname", body("/ldap/hostname"), HOSTNAME).required(),
    flag("port", body("/ldap/port"), PORT)
        .integer()
        .default("636"),
    flag("bind-username", body("/ldap/bindUsername"), BIND_USERNAME).required(),
    flag("bind-password", body("/ldap/bindPassword"), BIND_PASSWORD)
        .secret()
        .required(),
    flag(
        "ca-certificate",
        body("/ldap/caCertificate"),
        CA_CERTIFICATE,
    )
    .value_name("PEM")
    .may_be_empty(),
    flag(
        "ca-certificate-file",
        Target::FileText("/ldap/caCertificate"),
        CA_CERTIFICATE_FILE,
    )
    .value_name("FILE")
    .excludes("ca-certificate"),
    flag(
        "authz-query-template",
        body("/ldap/authzQueryTemplate"),
        QUERY_TEMPLATE,
    ),
    flag(
        "authentication-enabled",
        body("/ldap/authenticationEnabled"),
        "Authenticate database users with LDAP",
    )
    .switch(),
    flag(
        "authorization-enabled",
        body("/ldap/authorizationEnabled"),
        "Authorize database users with LDAP",
    )
    .switch(),
    flag(
        "mapping-match",
        body("/ldap/userToDNMapping/0/match"),
        "Regular expression that user names have to match",
    ),
    flag(
        "mapping-ldap-query",
        body("/ldap/userToDNMapping/0/ldapQuery"),
        "LDAP query that finds the distinguished name of a user name that matches",
    )
    .excludes("mapping-substitution"),
    flag(
        "mapping-substitution",
        body("/ldap/userToDNMapping/0/substitution"),
        "Distinguished name for a user name that matches; {0} is the first group",
    ),
])
.adjust(check_configuration)
.columns(COLUMNS)
.examples(&[
    Example {
        line: "security ldap save --hostname ldap.example.com --bind-username cn=atlas,dc=example,dc=com --bind-password env:APP_PASSWORD --authentication-enabled --project Storefront",
        task: "Authenticate database users with LDAP",
    },
    Example {
        line: "security ldap save --hostname ldap.example.com --bind-username cn=atlas,dc=example,dc=com --bind-password env:APP_PASSWORD --mapping-match (.+)@example.com --mapping-substitution cn={0},dc=example,dc=com --project Storefront",
        task: "Map user names to distinguished names",
    },
]);

const HOSTNAME: &str = "Name or IP address of the LDAP server";
const PORT: &str = "Port of the LDAP server";
const BIND_USERNAME: &str = "Distinguished name with which Atlas connects to the server";
const BIND_PASSWORD: &str = "Password of the distinguished name";
const CA_CERTIFICATE: &str = "Certificate authority of the server, in PEM; empty removes it";
const CA_CERTIFICATE_FILE: &str = "File with the certificate authority of the server, in PEM";
const QUERY_TEMPLATE: &str = "LDAP query for the groups of a user; {USER} is the user";

static VERIFY: Command = Command::new(
    "verify",
    operation::VERIFY_GROUP_USER_SECURITY_LDAP,
    "Start a test of an LDAP configuration",
)
.details("`security ldap verify status watch REQUEST_ID` waits for its end.")
.flags(&[
    flag("hostname", body("/hostname"), HOSTNAME).required(),
    flag("port", body("/port"), PORT).integer().default("636"),
    flag("bind-username", body("/bindUsername"), BIND_USERNAME).required(),
    flag("bind-password", body("/bindPassword"), BIND_PASSWORD)
        .secret()
        .required(),
    flag("ca-certificate", body("/caCertificate"), CA_CERTIFICATE)
        .value_name("PEM")
        .may_be_empty(),
    flag(
        "ca-certificate-file",
        Target::FileText("/caCertificate"),
        CA_CERTIFICATE_FILE,
    )
    .value_name("FILE")
    .excludes("ca-certificate"),
    flag(
        "authz-query-template",
        body("/authzQueryTemplate"),
        QUERY_TEMPLATE,
    ),
])
.adjust(check_certificate)
.columns(VERIFICATION_COLUMNS)
.plain(VERIFICATION_PLAIN)
.examples(&[Example {
    line: "security ldap verify --hostname ldap.example.com --bind-username cn=atlas,dc=example,dc=com --bind-password env:APP_PASSWORD --project Storefront",
    task: "Test the connection to an LDAP server",
}]);

static DELETE: Command = Command::new(
    "delete",
    operation::DELETE_GROUP_USER_SECURITY_LDAP_USER_TO_DN_MAPPING,
    "Delete the mapping of user names to distinguished names",
)
.danger(Danger::Confirm)
.result("LDAP configuration userToDNMapping deleted from project'{project}'")
.examples(&[Example {
    line: "security ldap delete --project Storefront --yes",
    task: "Delete the mapping of a project",
}]);

/// The command group `security ldap verify`, beside the command of the same name.
static VERIFICATIONS: Noun = Noun::new("verify", "Follow the test of an LDAP configuration")
    .commands(&[&STATUS])
    .nouns(&[&STATUSES]);

/// The command group `security ldap verify status`, beside the command of the same name.
static STATUSES: Noun = Noun::new(
    "status",
    "Wait for the end of the test of an LDAP configuration",
)
.commands(&[&WATCH]);

const REQUEST: Input = argument(
    "request-id",
    path("requestId"),
    "Id of the test, which `security ldap verify` prints",
);
const VERIFICATION_COLUMNS: &[Column] = &[
    column("REQUEST ID", "requestId"),
    column("STATUS", "status").state(),
    column("CHECKS", "validations.*.validationType"),
    column("RESULTS", "validations.*.status"),
];
const VERIFICATION_PLAIN: &[Column] = &[
    column("REQUEST ID", "requestId"),
    column("PROJECT ID", "groupId"),
    column("STATUS", "status"),
];

static STATUS: Command = Command::new(
    "status",
    operation::GET_GROUP_USER_SECURITY_LDAP_VERIFY,
    "Show the test of an LDAP configuration",
)
.arguments(&[REQUEST])
.columns(VERIFICATION_COLUMNS)
.plain(VERIFICATION_PLAIN)
.examples(&[Example {
    line: "security ldap verify status 5f0c2a9e1b3d4e0001a2b3f1 --project Storefront",
    task: "Show a test",
}]);

static WATCH: Command = Command::new(
    "watch",
    operation::GET_GROUP_USER_SECURITY_LDAP_VERIFY,
    "Wait for the end of the test of an LDAP configuration",
)
.arguments(&[REQUEST])
.columns(VERIFICATION_COLUMNS)
.wait(WaitFor {
    operation: operation::GET_GROUP_USER_SECURITY_LDAP_VERIFY,
    fallback: None,
    created: "",
    field: "status",
    until: &["SUCCESS", "FAIL", "FAILED"],
    failed: &[],
    result: "LDAP Configuration request completed.",
    always: true,
})
.examples(&[Example {
    line: "security ldap verify status watch 5f0c2a9e1b3d4e0001a2b3f1 --project Storefront",
    task: "Wait for the end of a test",
}]);

/// Rejects a mapping without an expression to match, and a certificate authority that is not in PEM.
fn check_configuration(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    pem::check(body, "/ldap/caCertificate", certificate_source(invocation))?;
    let mapping = body.pointer("/ldap/userToDNMapping/0");
    if mapping.is_some_and(|mapping| mapping.get("match").is_none()) {
        return Err(CliError::usage("the mapping has no expression to match")
            .with_hint("add `--mapping-match EXPRESSION`, such as `(.+)@example.com`"));
    }
    Ok(())
}

/// Rejects a certificate authority that is not in PEM.
fn check_certificate(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    pem::check(body, "/caCertificate", certificate_source(invocation))
}

/// Returns the file or the flag with the certificate authority.
fn certificate_source<'a>(invocation: &'a Invocation<'_>) -> &'a str {
    let file = invocation.text("ca-certificate-file");
    file.unwrap_or("--ca-certificate")
}
