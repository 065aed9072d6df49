use super::*;

fn at(seconds: u64) -> Timestamp {
    after(
        Timestamp::from_second(1_788_249_600).unwrap(),
        Duration::from_secs(seconds),
    )
}

fn state_at(lifecycle: &mut Lifecycle, seconds: u64) -> (bool, StateName) {
    lifecycle.advance_to(at(seconds));
    (lifecycle.is_paused(), lifecycle.state())
}

#[test]
fn pause_and_resume_pass_through_updating() {
    let mut cluster = Lifecycle::running();

    cluster.pause(at(0)).unwrap();
    assert_eq!(state_at(&mut cluster, 29), (true, StateName::Updating));
    assert_eq!(state_at(&mut cluster, 30), (true, StateName::Idle));
    cluster.resume(at(100));
    assert_eq!(state_at(&mut cluster, 132), (false, StateName::Updating));
    assert_eq!(state_at(&mut cluster, 133), (false, StateName::Idle));
}

#[test]
fn pausing_cluster_can_be_resumed() {
    let mut cluster = Lifecycle::running();

    cluster.pause(at(0)).unwrap();
    cluster.resume(at(5));

    assert_eq!(state_at(&mut cluster, 5), (false, StateName::Updating));
    assert_eq!(state_at(&mut cluster, 38), (false, StateName::Idle));
}

#[test]
fn resumed_cluster_rejects_pause_for_60_minutes() {
    let mut cluster = Lifecycle::resumed_at(at(0));

    assert_eq!(
        cluster.pause(at(3599)),
        Err(ApiRejection::RecentlyResumed { minutes: 60 })
    );
    assert_eq!(cluster.pause(at(3600)), Ok(()));
}

#[test]
fn paused_cluster_is_resumed_after_30_days() {
    const DAY: u64 = 24 * 60 * 60;
    let mut cluster = Lifecycle::paused_since(at(0));

    assert_eq!(
        state_at(&mut cluster, 30 * DAY - 1),
        (true, StateName::Idle)
    );
    assert_eq!(
        state_at(&mut cluster, 30 * DAY),
        (false, StateName::Updating)
    );
    assert_eq!(
        state_at(&mut cluster, 30 * DAY + 33),
        (false, StateName::Idle)
    );
    assert!(cluster.pause(at(30 * DAY + 60)).is_err());
}

#[test]
fn unused_free_cluster_is_paused_after_60_days() {
    const DAY: u64 = 24 * 60 * 60;
    let mut cluster = Lifecycle::creating_for(Duration::from_secs(15), at(0));
    let mut state_at = |seconds: u64| {
        cluster.advance_free_to(at(seconds));
        (cluster.is_paused(), cluster.state())
    };

    assert_eq!(state_at(60 * DAY + 14), (false, StateName::Idle));
    assert_eq!(state_at(60 * DAY + 15), (true, StateName::Idle));
    assert_eq!(state_at(200 * DAY), (true, StateName::Idle));
}

#[test]
fn pause_is_rejected_with_pending_changes() {
    let mut creating = Lifecycle::creating(at(0));
    let mut updating = Lifecycle::running();
    updating.update(Duration::from_mins(1), at(0));

    assert_eq!(creating.pause(at(1)), Err(ApiRejection::PendingChanges));
    assert_eq!(updating.pause(at(1)), Err(ApiRejection::PendingChanges));
}

#[test]
fn deletion_completes_after_three_minutes() {
    let mut cluster = Lifecycle::running();

    cluster.delete(at(0));

    assert_eq!(state_at(&mut cluster, 179), (false, StateName::Deleting));
    assert!(!cluster.is_deleted(at(179)));
    assert!(cluster.is_deleted(at(180)));
}
