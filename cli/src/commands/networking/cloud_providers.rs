//! `cloud-providers`: roles in accounts of cloud providers that a project may assume.

use mongodbatlas::operation;

use crate::engine::definition::{
    Command, Constant, Danger, Example, Input, Literal, Noun, argument, body, column, flag, path,
};

/// The command group `cloud-providers`.
pub(crate) static NOUN: Noun = Noun::new(
    "cloud-providers",
    "Manage the access of Atlas to accounts of cloud providers",
)
.aliases(&["cloud-provider"])
.nouns(&[&ACCESS_ROLES]);

static ACCESS_ROLES: Noun = Noun::new("access-roles", "Manage roles that a project may assume")
    .aliases(&["access-role"])
    .commands(&[&LIST])
    .nouns(&[&AWS]);

static AWS: Noun =
    Noun::new("aws", "Manage IAM roles of AWS").commands(&[&CREATE, &AUTHORIZE, &DEAUTHORIZE]);

const ROLE_ID: Input = argument("role-id", path("roleId"), "Id of the role in Atlas");
const ON_AWS: Constant = Constant::Body("/providerName", Literal::Text("AWS"));

static LIST: Command = Command::list(
    operation::LIST_GROUP_CLOUD_PROVIDER_ACCESS,
    "List the roles that a project may assume",
)
.columns(&[
    column("ID", "roleId|_id"),
    column("PROVIDER", "providerName"),
    column(
        "ROLE",
        "iamAssumedRoleArn|servicePrincipalId|gcpServiceAccountForAtlas",
    ),
    column("AUTHORIZED", "authorizedDate").time(),
    column("STATUS", "status").state(),
])
.examples(&[Example {
    line: "cloud-providers access-roles list --project Storefront",
    task: "List the roles that a project may assume",
}]);

static CREATE: Command = Command::create(
    operation::CREATE_GROUP_CLOUD_PROVIDER_ACCESS,
    "Prepare access to an IAM role of AWS",
)
.details(
    "Prints the ARN and the external id that the trust policy of the IAM role needs. Then run \
     `cloud-providers access-roles aws authorize` with the ARN of the role.",
)
.constants(&[ON_AWS])
.result(
    "AWS IAM role '{roleId}' successfully created.\nAtlas AWS Account ARN: {atlasAWSAccountArn}\n\
     Unique External ID: {atlasAssumedRoleExternalId}",
)
.examples(&[Example {
    line: "cloud-providers access-roles aws create --project Storefront",
    task: "Prepare access to an IAM role",
}]);

// the official message lacks the second quotation mark
static AUTHORIZE: Command = Command::new(
    "authorize",
    operation::AUTHORIZE_GROUP_CLOUD_PROVIDER_ACCESS_ROLE,
    "Let a project assume an IAM role of AWS",
)
.arguments(&[ROLE_ID])
.flags(&[
    flag("iam-assumed-role-arn", body("/iamAssumedRoleArn"), "ARN of the IAM role")
        .value_name("ARN")
        .required(),
])
.constants(&[ON_AWS])
.result("AWS IAM role '{role-id} successfully authorized.")
.examples(&[Example {
    line: "cloud-providers access-roles aws authorize 5f0c2a9e1b3d4e0001a2bd06 --iam-assumed-role-arn arn:aws:iam::123456789012:role/atlas-backups --project Storefront",
    task: "Let a project assume an IAM role",
}]);

static DEAUTHORIZE: Command = Command::new(
    "deauthorize",
    operation::DEAUTHORIZE_GROUP_CLOUD_PROVIDER_ACCESS_ROLE,
    "Remove the access to an IAM role of AWS",
)
.arguments(&[ROLE_ID])
.constants(&[Constant::Path("cloudProvider", "AWS")])
.danger(Danger::TypeName)
.result("AWS IAM role successfully deauthorized.")
.examples(&[Example {
    line: "cloud-providers access-roles aws deauthorize 5f0c2a9e1b3d4e0001a2bd06 --project Storefront --yes",
    task: "Remove the access to an IAM role",
}]);
