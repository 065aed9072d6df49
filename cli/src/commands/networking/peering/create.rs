//! `networking peering create`: a connection, and the network container that it needs.

use mongodbatlas::{Document, operation};
use serde_json::{Value, json};

use super::super::{atlas_region, aws_region};
use crate::{
    engine::{
        Invocation,
        definition::{
            Command, Constant, Example, Future, Input, Literal, Noun, Target, body, flag,
        },
        request::Request,
    },
    error::CliError,
    exit::Exit,
};

/// The commands of `networking peering create`, one for each cloud provider.
pub(super) static NOUN: Noun = Noun::new(
    "create",
    "Connect the network of Atlas with one of a cloud provider",
)
.commands(&[&AWS, &AZURE, &GCP]);

const DETAILS: &str =
    "Uses the network container of the project in the region, and creates it if there is none.";
const CREATED: &str = "Network peering connection '{id}' created.";
const CIDR_BLOCK: Input = flag(
    "atlas-cidr-block",
    Target::None,
    "CIDR block of the network container, if it has to be created",
)
.value_name("CIDR");

static AWS: Command = Command::new(
    "aws",
    operation::CREATE_GROUP_PEER,
    "Connect the network of Atlas with a VPC of AWS",
)
.details(DETAILS)
.flags(&[
    flag("account-id", body("/awsAccountId"), "Account of AWS that owns the VPC").required(),
    CIDR_BLOCK,
    flag("region", body("/accepterRegionName"), "Region of the VPC, such as `us-east-1`")
        .parser(aws_region)
        .required(),
    flag(
        "route-table-cidr-block",
        body("/routeTableCidrBlock"),
        "CIDR block of the VPC or of a subnet",
    )
    .value_name("CIDR")
    .required(),
    flag("vpc-id", body("/vpcId"), "Id of the VPC").required(),
])
.constants(&[Constant::Body("/providerName", Literal::Text("AWS"))])
.result(CREATED)
.run(create_on_aws)
.examples(&[Example {
    line: "networking peering create aws --account-id 123456789012 --region us-east-1 --vpc-id vpc-0a1b2c3d4e5f60718 --route-table-cidr-block 10.0.0.0/16 --atlas-cidr-block 192.168.64.0/21 --project Storefront",
    task: "Connect with a VPC of AWS",
}]);

static AZURE: Command = Command::new(
    "azure",
    operation::CREATE_GROUP_PEER,
    "Connect the network of Atlas with a VNet of Azure",
)
.details(DETAILS)
.flags(&[
    CIDR_BLOCK,
    flag("directory-id", body("/azureDirectoryId"), "Directory of Azure AD").required(),
    flag("region", Target::None, "Region of the network container, such as `US_EAST_2`")
        .required(),
    flag(
        "resource-group",
        body("/resourceGroupName"),
        "Resource group of the VNet",
    )
    .required(),
    flag("subscription-id", body("/azureSubscriptionId"), "Subscription of the VNet").required(),
    flag("vnet", body("/vnetName"), "Name of the VNet").required(),
])
.constants(&[Constant::Body("/providerName", Literal::Text("AZURE"))])
.result(CREATED)
.run(create_on_azure)
.examples(&[Example {
    line: "networking peering create azure --directory-id 3f2d9c1e-7a64-4b0f-9d1c-5e8a2b7c6d40 --subscription-id 8c1f0b7d-2e3a-4c5b-8d9e-0f1a2b3c4d5e --resource-group shop --vnet shop-vnet --region US_EAST_2 --atlas-cidr-block 192.168.128.0/21 --project Storefront",
    task: "Connect with a VNet of Azure",
}]);

static GCP: Command = Command::new(
    "gcp",
    operation::CREATE_GROUP_PEER,
    "Connect the network of Atlas with a VPC of Google Cloud",
)
.details("Uses the network container of the project on Google Cloud, and creates it if there is none.")
.flags(&[
    CIDR_BLOCK.required(),
    flag("gcp-project-id", body("/gcpProjectId"), "Project of Google Cloud that owns the VPC")
        .required(),
    flag("network", body("/networkName"), "Name of the VPC").required(),
    flag(
        "region",
        Target::None,
        "Regions of the network container, separated by commas. Default: all",
    )
    .list()
    .value_name("REGIONS"),
])
.constants(&[Constant::Body("/providerName", Literal::Text("GCP"))])
.result(CREATED)
.run(create_on_gcp)
.examples(&[Example {
    line: "networking peering create gcp --gcp-project-id shop-network --network shop-vpc --atlas-cidr-block 192.168.0.0/18 --project Storefront",
    task: "Connect with a VPC of Google Cloud",
}]);

fn create_on_aws<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let region = atlas_region(invocation.text("region").unwrap_or_default());
        let container = json!({ "providerName": "AWS", "regionName": region });
        create(invocation, container).await
    })
}

fn create_on_azure<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let region = atlas_region(invocation.text("region").unwrap_or_default());
        let container = json!({ "providerName": "AZURE", "region": region });
        create(invocation, container).await
    })
}

fn create_on_gcp<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let mut container = json!({ "providerName": "GCP" });
        let regions = invocation.input("region").copied();
        if let Some(regions) = regions.and_then(|input| invocation.json(&input).transpose()) {
            container["regions"] = regions?;
        }
        create(invocation, container).await
    })
}

/// Creates a peering connection. Creates the network container first if the project has no matching container.
async fn create(invocation: &mut Invocation<'_>, container: Value) -> Result<Exit, CliError> {
    let scope = invocation.scope().await?;
    let project = scope.map(|(_, place)| place.id).unwrap_or_default();
    let mut request =
        invocation.request(operation::CREATE_GROUP_PEER, Some(("groupId", &project)))?;
    let id = match find_container(invocation, &project, &container).await? {
        Some(id) => id,
        None => create_container(invocation, &project, container).await?,
    };
    if let Some(body) = &mut request.body {
        body["containerId"] = id.into();
    }
    invocation.confirm_and_send(&request).await
}

/// Creates a container and returns its id. With `--dry-run` it prints the request.
async fn create_container(
    invocation: &mut Invocation<'_>,
    project: &str,
    mut container: Value,
) -> Result<String, CliError> {
    let block = invocation.text("atlas-cidr-block");
    let block = block.ok_or_else(|| missing_block(&container))?;
    container["atlasCidrBlock"] = block.into();
    let request = Request::new(operation::CREATE_GROUP_CONTAINER)
        .with("groupId", project)
        .with_body(container);
    if invocation.is_on("dry-run") {
        invocation.print_dry_run(&request)?;
        return Ok("<id of the container>".to_owned());
    }
    let (response, _) = invocation.send(&request).await?;
    let created = response.document().map(Document::to_value);
    Ok(id_of(&created.unwrap_or_default()))
}

/// Returns the id of the project's container with the same provider and region.
async fn find_container(
    invocation: &Invocation<'_>,
    project: &str,
    container: &Value,
) -> Result<Option<String>, CliError> {
    let provider = container["providerName"].as_str().unwrap_or_default();
    let request = Request::new(operation::LIST_GROUP_CONTAINERS)
        .with("groupId", project)
        .with("providerName", provider);
    let atlas = invocation.session.atlas().await?;
    let containers = async { request.call(&atlas).items()?.collect().await }.await;
    let containers =
        containers.map_err(|error| CliError::from_request_error(&error, &invocation.action()))?;
    let mut containers = containers.iter().map(Document::to_value);
    let found = containers.find(|existing| covers_regions(existing, container));
    Ok(found.map(|existing| id_of(&existing)))
}

/// Returns `true` if an existing container is in the regions of a requested one. A container of Google Cloud without
/// regions is in all of them.
fn covers_regions(existing: &Value, container: &Value) -> bool {
    let is_in = |region: &Value| match existing["regions"].as_array() {
        Some(regions) => regions.contains(region),
        None => true,
    };
    let regions = container["regions"].as_array();
    ["regionName", "region"]
        .iter()
        .all(|field| existing[field] == container[field])
        && regions.is_none_or(|regions| regions.iter().all(is_in))
}

fn id_of(container: &Value) -> String {
    container["id"].as_str().unwrap_or_default().to_owned()
}

fn missing_block(container: &Value) -> CliError {
    let region = container["regionName"].as_str();
    let region = region
        .or_else(|| container["region"].as_str())
        .unwrap_or_default();
    CliError::usage(format!("the project has no network container in {region}"))
        .with_hint("add `--atlas-cidr-block CIDR` to create one, such as `192.168.64.0/21`")
}
