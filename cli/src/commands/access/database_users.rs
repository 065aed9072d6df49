//! `dbusers`: the database users of a project.

use mongodbatlas::operation;
use serde_json::{Value, json};

use crate::{
    engine::{
        Invocation,
        definition::{
            Column, Command, Constant, Example, Future, Input, Literal, Noun, Target, argument,
            body, column, flag, path,
        },
        line::{globals::SECRET_TO, secret},
        steps::print::to_document,
        value,
    },
    error::CliError,
    exit::Exit,
};

/// The command group `dbusers`.
pub(crate) static NOUN: Noun = Noun::new("dbusers", "Manage database users")
    .aliases(&["dbuser", "database-users"])
    .commands(&[&LIST, &DESCRIBE, &CREATE, &UPDATE, &DELETE])
    .nouns(&[&CERTS]);

const USERNAME: Input = argument(
    "username",
    path("username"),
    "Name, ARN, distinguished name or group of the user",
);
const AUTH_DB: Input = flag(
    "auth-db",
    path("databaseName"),
    "Authentication database: admin or $external",
)
.default("admin");
const PASSWORD: Input = flag("password", body("/password"), "Password")
    .short('p')
    .secret();
const DESCRIPTION: Input = flag("desc", body("/description"), "Description");
const ROLES: Input = flag(
    "role",
    body("/roles"),
    "Roles of the user, such as readWrite@shop or read@shop.orders",
)
.list()
.parser(value::role)
.value_name("ROLE[@DATABASE[.COLLECTION]]");
const SCOPES: Input = flag(
    "scope",
    body("/scopes"),
    "Clusters and federated databases that the user can access",
)
.list()
.parser(scope)
.value_name("NAME[:TYPE]");
const X509: Input = flag("x509-type", body("/x509Type"), "X.509 authentication")
    .choices(&["NONE", "MANAGED", "CUSTOMER"]);

const COLUMNS: &[Column] = &[
    column("USERNAME", "username"),
    column("DATABASE", "databaseName"),
    column("ROLES", "roles.*.roleName"),
    column("SCOPES", "scopes.*.name"),
    column("DELETED AT", "deleteAfterDate").time(),
];
const PLAINTEXT_COLUMNS: &[Column] = &[
    column("USERNAME", "username"),
    column("DATABASE", "databaseName"),
];

static LIST: Command = Command::list(operation::LIST_GROUP_DATABASE_USERS, "List database users")
    .columns(COLUMNS)
    .plain(PLAINTEXT_COLUMNS)
    .examples(&[Example {
        line: "dbusers list --project Storefront",
        task: "List the database users of a project",
    }]);

static DESCRIBE: Command =
    Command::describe(operation::GET_GROUP_DATABASE_USER, "Show a database user")
        .arguments(&[USERNAME])
        .flags(&[AUTH_DB])
        .columns(COLUMNS)
        .plain(PLAINTEXT_COLUMNS)
        .examples(&[Example {
            line: "dbusers describe reporting --project Storefront",
            task: "Show a database user",
        }]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_DATABASE_USER,
    "Create a database user",
)
.details(
    "Without an authentication type the user has a password. X.509, IAM, LDAP and OIDC users have no password, and \
     all except OIDC and some LDAP users are in the database $external.",
)
.arguments(&[argument(
    "built-in-role",
    Target::None,
    "Roles on the database admin, such as atlasAdmin or readWriteAnyDatabase",
)
.optional()
.many()])
.flags(&[
    flag("username", body("/username"), "Name of the user")
        .short('u')
        .required(),
    PASSWORD,
    DESCRIPTION,
    ROLES,
    SCOPES,
    flag(
        "delete-after",
        body("/deleteAfterDate"),
        "Time at which Atlas deletes the user, or a duration from now such as `6h`",
    )
    .parser(value::time),
    flag("aws-iam-type", body("/awsIAMType"), "AWS IAM authentication")
        .choices(&["NONE", "USER", "ROLE"])
        .default("NONE"),
    flag("ldap-type", body("/ldapAuthType"), "LDAP authentication")
        .choices(&["NONE", "USER", "GROUP"])
        .default("NONE"),
    flag("oidc-type", body("/oidcAuthType"), "OIDC authentication")
        .choices(&["NONE", "USER", "IDP_GROUP"])
        .default("NONE"),
    X509.default("NONE"),
])
.constants(&[Constant::Body("/databaseName", Literal::Text("admin"))])
.adjust(complete_user)
.result("Database user '{username}' successfully created.")
.examples(&[
    Example {
        line: "dbusers create readWriteAnyDatabase --username app --password env:APP_PASSWORD --project Storefront",
        task: "Create a user with a built-in role and the password of a variable",
    },
    Example {
        line: "dbusers create --username analyst --role read@shop --scope shop-reports --password env:APP_PASSWORD --project Storefront",
        task: "Create a user for one database of one cluster",
    },
]);

static UPDATE: Command = Command::update(
    operation::UPDATE_GROUP_DATABASE_USER,
    "Update a database user",
)
.arguments(&[USERNAME])
.flags(&[
    AUTH_DB,
    flag("new-username", Target::None, "Name of the user")
        .aliases(&["username"])
        .short('u')
        .hidden(),
    PASSWORD,
    DESCRIPTION,
    ROLES,
    SCOPES,
    X509,
])
.result("Successfully updated database user '{username}'.")
.examples(&[Example {
    line: "dbusers update reporting --role read@shop,read@archive --project Storefront",
    task: "Replace the roles of a user",
}]);

static DELETE: Command = Command::delete(
    operation::DELETE_GROUP_DATABASE_USER,
    "Delete a database user",
)
.arguments(&[USERNAME])
.flags(&[AUTH_DB])
.result("DB user '{username}' deleted")
.examples(&[Example {
    line: "dbusers delete reporting --project Storefront --yes",
    task: "Delete a database user",
}]);

static CERTS: Noun = Noun::new("certs", "Manage X.509 certificates of database users")
    .aliases(&["cert"])
    .commands(&[&LIST_CERTS, &CREATE_CERT]);

static LIST_CERTS: Command = Command::list(
    operation::LIST_GROUP_DATABASE_USER_CERTS,
    "List the certificates of a database user",
)
.arguments(&[USERNAME])
.columns(&[
    column("ID", "_id"),
    column("SUBJECT", "subject"),
    column("CREATED", "createdAt").time(),
    column("EXPIRES", "notAfter").time(),
])
.plain(&[
    column("ID", "_id"),
    column("CREATED AT", "createdAt"),
    column("SUBJECT", "subject"),
])
.examples(&[Example {
    line: "dbusers certs list reporting --project Storefront",
    task: "List the certificates of a user",
}]);

static CREATE_CERT: Command = Command::create(
    operation::CREATE_GROUP_DATABASE_USER_CERT,
    "Create a certificate for a database user",
)
.flags(&[
    flag("username", path("username"), "Name of the user").required(),
    flag(
        "months-until-expiration",
        body("/monthsUntilExpiration"),
        "Months until the certificate expires, at most 24",
    )
    .integer()
    .default("3"),
    SECRET_TO,
])
.run(create_certificate)
.examples(&[Example {
    line: "dbusers certs create --username CN=reports --months-until-expiration 12 --project Storefront",
    task: "Print a certificate and its private key",
}]);

/// Creates a certificate and prints the certificate and the private key.
fn create_certificate<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let scope = invocation.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = invocation.request(operation::CREATE_GROUP_DATABASE_USER_CERT, scope)?;
        if invocation.is_on("dry-run") {
            return invocation.print_dry_run(&request);
        }
        invocation.create_secret_file()?;
        let certificate = invocation.download_text(&request).await;
        let certificate = certificate.inspect_err(|_| invocation.remove_secret_file())?;
        if invocation.store_secret(&certificate)? {
            if invocation.session.format.is_human_readable() {
                let file = invocation.text("secret-to").unwrap_or_default();
                let line = format!("Certificate and private key written to {file}\n");
                invocation.ui.print(&line)?;
                return Ok(Exit::Success);
            }
            return invocation.print_result(Some(&to_document(&Value::Null)?), None);
        }
        if invocation.session.format.is_human_readable() {
            invocation
                .ui
                .print(&format!("{}\n", certificate.trim_end()))?;
            return Ok(Exit::Success);
        }
        let document = to_document(&certificate.into())?;
        invocation.print_result(Some(&document), None)
    })
}

/// Parses `NAME[:TYPE]`; the type is a cluster by default.
fn scope(text: &str) -> Result<Value, CliError> {
    let (name, kind) = text.rsplit_once(':').unwrap_or((text, "CLUSTER"));
    if name.is_empty() || kind.is_empty() {
        return Err(CliError::usage(format!("invalid scope `{text}`"))
            .with_hint("write `CLUSTER` or `NAME:DATA_LAKE`"));
    }
    Ok(json!({ "name": name, "type": kind.to_uppercase() }))
}

/// Adds the built-in roles, and the database `$external` for users without a password.
fn complete_user(invocation: &Invocation<'_>, body: &mut Value) -> Result<(), CliError> {
    let mut roles = Vec::new();
    for role in invocation.texts("built-in-role") {
        roles.push(json!({ "roleName": role, "databaseName": "admin" }));
    }
    if let Value::Array(items) = body["roles"].take() {
        roles.extend(items);
    }
    if roles.is_empty() {
        return Err(CliError::usage("a database user needs a role").with_hint(
            "add a built-in role such as `readWriteAnyDatabase`, or `--role ROLE@DATABASE`",
        ));
    }
    body["roles"] = roles.into();
    let is_set = |name: &str| invocation.text(name).is_some_and(|kind| kind != "NONE");
    let is_external = is_set("aws-iam-type")
        || is_set("x509-type")
        || is_set("ldap-type")
        || invocation.text("oidc-type") == Some("USER");
    if is_external {
        body["databaseName"] = "$external".into();
    }
    let has_password = !is_external && !is_set("oidc-type");
    if has_password && body["password"].is_null() {
        body["password"] = secret::ask("password")?.into();
    }
    Ok(())
}
