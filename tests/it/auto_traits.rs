//! `Send` and `Sync` of the public types, checked by the compiler.

use mongodbatlas::*;

fn send<T: Send>() {}
fn send_and_sync<T: Send + Sync>() {}

const _: fn() = || {
    send_and_sync::<AccessToken>();
    send_and_sync::<ApiKey>();
    send_and_sync::<Atlas>();
    send_and_sync::<BaseUrl>();
    send_and_sync::<Builder>();
    send_and_sync::<Call>();
    send_and_sync::<Cancellation>();
    send_and_sync::<Change>();
    send_and_sync::<Continuation>();
    send_and_sync::<Credentials>();
    send_and_sync::<Difference>();
    send_and_sync::<Document>();
    send_and_sync::<Error>();
    send_and_sync::<Filter>();
    send_and_sync::<Lifecycle>();
    send_and_sync::<Page<Project>>();
    send_and_sync::<RateLimit>();
    send_and_sync::<Reply>();
    send_and_sync::<RetryPolicy>();
    send_and_sync::<ServiceAccount>();
    send_and_sync::<api::Client>();
    send_and_sync::<operations::Operation>();
    send_and_sync::<operations::Schema>();
};

const _: fn() = || {
    send_and_sync::<AccessListEntry>();
    send_and_sync::<AccessListEntryHandle>();
    send_and_sync::<Alert>();
    send_and_sync::<AlertHandle>();
    send_and_sync::<AlertConfiguration>();
    send_and_sync::<AlertConfigurationHandle>();
    send_and_sync::<BackupSchedule>();
    send_and_sync::<Cluster>();
    send_and_sync::<ClusterHandle>();
    send_and_sync::<ClusterId>();
    send_and_sync::<CreatedOrganization>();
    send_and_sync::<DatabaseAccess>();
    send_and_sync::<DatabaseUser>();
    send_and_sync::<DatabaseUserHandle>();
    send_and_sync::<EventFilter>();
    send_and_sync::<FlexCluster>();
    send_and_sync::<FlexClusterHandle>();
    send_and_sync::<Invoice>();
    send_and_sync::<InvoiceHandle>();
    send_and_sync::<LogRequest>();
    send_and_sync::<MaintenanceWindow>();
    send_and_sync::<MeasurementQuery>();
    send_and_sync::<Measurements>();
    send_and_sync::<Organization>();
    send_and_sync::<OrganizationHandle>();
    send_and_sync::<OrganizationApiKey>();
    send_and_sync::<OrganizationApiKeyHandle>();
    send_and_sync::<OrganizationServiceAccount>();
    send_and_sync::<OrganizationServiceAccountHandle>();
    send_and_sync::<OrganizationUser>();
    send_and_sync::<OrganizationUserHandle>();
    send_and_sync::<Process>();
    send_and_sync::<ProcessHandle>();
    send_and_sync::<Project>();
    send_and_sync::<ProjectHandle>();
    send_and_sync::<ProjectApiKey>();
    send_and_sync::<ProjectApiKeyHandle>();
    send_and_sync::<ProjectTeam>();
    send_and_sync::<ProjectTeamHandle>();
    send_and_sync::<RestoreJob>();
    send_and_sync::<RestoreJobHandle>();
    send_and_sync::<SearchIndex>();
    send_and_sync::<SearchIndexHandle>();
    send_and_sync::<Snapshot>();
    send_and_sync::<SnapshotHandle>();
    send_and_sync::<Team>();
    send_and_sync::<TeamHandle>();
    send_and_sync::<Tree>();
};

/// Streams hold a future in progress, which one task at a time can poll.
const _: fn() = || {
    send::<Events>();
    send::<Inventory>();
    send::<Pager<Project>>();
    send::<Pages<Project>>();
    send::<Wait<'static>>();
    send::<Download>();
    send::<api::ByteStream>();
};

#[test]
fn futures_are_send() {
    fn assert<F: Future + Send>(_: impl Fn(Atlas) -> F) {}

    assert(|atlas| async move { atlas.projects().collect().await });
    assert(|atlas| async move { atlas.find_cluster("shop").await });
    assert(|atlas| async move { atlas.this_organization().await?.handle().get().await });
}
