use super::*;
use std::sync::Mutex;
use store::{Location, Moment, StoreError};
use tempfile::TempDir;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

const CODE: &str = "FY-202611-0001";

async fn open() -> (TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open_and_migrate(&Location { folder: folder.path().into(), url: None }).await.unwrap();
    (folder, db)
}

fn start(db: &Db) -> Relay {
    Relay::start(db.clone(), 0, |_| async { Ok(()) }, std::future::pending())
}

async fn put(db: &Db, versions: std::ops::Range<i64>) {
    db.write(async |tx| {
        for version in versions {
            outbox::put(&tx, Moment(0), Kind::Listing, "ningbo", CODE, version).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

/// The version of the next thing heard.
async fn version(listener: &mut Listener) -> i64 {
    match listener.next().await {
        Heard::Changed(events) => events[0].version,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_commit_is_heard_by_all_on_both_topics() {
    let (_folder, db) = open().await;
    let relay = start(&db);
    let (mut one, mut two) = (relay.subscribe(), relay.subscribe());
    put(&db, 7..8).await;
    relay.wake();
    let heard = one.next().await;
    assert_eq!(two.next().await, heard);
    let Heard::Changed(events) = heard else { panic!("{heard:?}") };
    let topics: Vec<_> = events.iter().map(|e| (e.seq, e.topic.as_str(), e.id.as_str(), e.version)).collect();
    assert_eq!(topics, [(1, "listing:FY-202611-0001", CODE, 7), (1, "gallery:ningbo", CODE, 7)]);
    assert_eq!((relay.newest(), one.position()), (1, 1));
}

#[tokio::test]
async fn messages_come_in_the_order_of_the_outbox_and_what_was_undone_never() {
    let (_folder, db) = open().await;
    let relay = start(&db);
    let mut listener = relay.subscribe();
    put(&db, 0..2).await;
    let undone: StoreResult<()> = db
        .write(async |tx| {
            outbox::put(&tx, Moment(0), Kind::Listing, "ningbo", CODE, 99).await?;
            Err(StoreError::corrupt("undone"))
        })
        .await;
    assert!(undone.is_err());
    put(&db, 2..4).await;
    relay.wake();
    for expected in 0..4 {
        assert_eq!(version(&mut listener).await, expected);
        assert_eq!(listener.position(), expected + 1);
    }
}

#[tokio::test]
async fn what_another_node_writes_is_heard_without_a_wake_up() {
    let (_folder, db) = open().await;
    let mut listener = start(&db).subscribe();
    put(&db, 5..6).await;
    assert_eq!(version(&mut listener).await, 5);
}

#[tokio::test]
async fn a_wake_up_is_heard_sooner_than_the_next_look() {
    let (_folder, db) = open().await;
    let relay = start(&db);
    let mut listener = relay.subscribe();
    let rounds = async {
        for round in 0..20 {
            put(&db, round..round + 1).await;
            relay.wake();
            listener.next().await;
        }
    };
    assert!(timeout(SOON * 16, rounds).await.is_ok());
}

#[tokio::test]
async fn a_commit_wakes_the_relay_without_a_word() {
    let (_folder, db) = open().await;
    let relay = start(&db);
    let mut listener = relay.subscribe();
    let rounds = async {
        for round in 0..20 {
            put(&db, round..round + 1).await;
            listener.next().await;
        }
    };
    // Looking now and then would take longer.
    assert!(timeout(SOON * 16, rounds).await.is_ok());
}

#[tokio::test]
async fn the_read_model_is_brought_up_to_date_before_anybody_hears() {
    let (_folder, db) = open().await;
    let read_model = Arc::new(Mutex::new(Vec::new()));
    let taken = read_model.clone();
    let before = move |messages: Vec<Message>| {
        let taken = taken.clone();
        async move {
            // Long enough for an early broadcast to arrive first.
            tokio::task::yield_now().await;
            taken.lock().unwrap().extend(messages.iter().map(|m| m.version));
            Ok(())
        }
    };
    let relay = Relay::start(db.clone(), 0, before, std::future::pending());
    let mut listener = relay.subscribe();
    for round in 0..20 {
        put(&db, round..round + 1).await;
        relay.wake();
        let heard = version(&mut listener).await;
        assert_eq!(read_model.lock().unwrap().last(), Some(&heard));
    }
}

#[tokio::test]
async fn messages_whose_read_model_failed_are_held_back_and_come_again() {
    let (_folder, db) = open().await;
    let (tried, mut tries) = mpsc::channel(1);
    let mut attempts = 0;
    let before = move |messages: Vec<Message>| {
        attempts += 1;
        let (attempt, tried) = (attempts, tried.clone());
        async move {
            tried.send(messages.len()).await.unwrap();
            if attempt == 1 { Err(StoreError::corrupt("not now")) } else { Ok(()) }
        }
    };
    let relay = Relay::start(db.clone(), 0, before, std::future::pending());
    let mut listener = relay.subscribe();
    put(&db, 1..2).await;
    relay.wake();
    assert_eq!(tries.recv().await, Some(1));
    assert_eq!(relay.newest(), 0);
    relay.wake();
    assert_eq!(version(&mut listener).await, 1);
    assert_eq!(tries.recv().await, Some(1));
}

#[tokio::test]
async fn who_comes_back_is_told_what_was_missed_and_hears_the_rest_once() {
    let (_folder, db) = open().await;
    let relay = start(&db);
    let mut first = relay.subscribe();
    put(&db, 1..4).await;
    while first.position() < 3 {
        first.next().await;
    }
    let mut back = relay.subscribe();
    put(&db, 4..5).await;
    relay.wake();
    first.next().await;
    let missed: Vec<_> = back.since(1).await.unwrap().unwrap().iter().map(|e| e.version).collect();
    assert_eq!(missed, [2, 2, 3, 3]);
    assert_eq!(version(&mut back).await, 4);
    assert_eq!(back.since(4).await.unwrap(), Some(vec![]));
}

#[tokio::test]
async fn what_was_told_before_the_position_is_not_told_again() {
    let (_folder, db) = open().await;
    let relay = start(&db);
    // As if the relay had told two messages between the two steps of a subscription.
    let mut listener = Listener { position: 2, ..relay.subscribe() };
    put(&db, 1..4).await;
    relay.wake();
    assert_eq!(version(&mut listener).await, 3);
}

#[tokio::test]
async fn who_missed_what_is_no_longer_kept_must_load_again() {
    let (_folder, db) = open().await;
    put(&db, 1..4).await;
    let relay = Relay::start(db, 5, |_| async { Ok(()) }, std::future::pending());
    assert_eq!(relay.subscribe().since(2).await.unwrap(), None);
}

#[tokio::test]
async fn who_is_too_far_behind_or_ahead_must_load_again() {
    let (_folder, db) = open().await;
    let relay = start(&db);
    let mut first = relay.subscribe();
    put(&db, 0..CATCH_UP + 1).await;
    relay.wake();
    while first.position() <= CATCH_UP {
        first.next().await;
    }
    let back = relay.subscribe();
    assert_eq!(back.since(0).await.unwrap(), None);
    assert_eq!(back.since(i64::MIN).await.unwrap(), None);
    assert_eq!(back.since(back.position() + 1).await.unwrap(), None);
    assert_eq!(back.since(1).await.unwrap().unwrap().len(), 1000);
}

#[tokio::test]
async fn a_listener_that_lags_learns_that_it_missed_something_and_goes_on_from_there() {
    let (_folder, db) = open().await;
    let relay = start(&db);
    let (mut slow, mut quick) = (relay.subscribe(), relay.subscribe());
    let many = i64::try_from(BACKLOG).unwrap() + 1;
    put(&db, 0..many).await;
    relay.wake();
    while quick.position() < many {
        quick.next().await;
    }
    assert_eq!(slow.next().await, Heard::Missed);
    assert_eq!(slow.position(), many);
    put(&db, many..many + 1).await;
    relay.wake();
    assert_eq!(version(&mut slow).await, many);
}

#[tokio::test]
async fn the_stop_ends_every_listener_also_those_that_come_later() {
    let (_folder, db) = open().await;
    let (stop, stopped) = oneshot::channel::<()>();
    let relay = Relay::start(db, 0, |_| async { Ok(()) }, async move {
        let _ = stopped.await;
    });
    let mut listener = relay.subscribe();
    stop.send(()).unwrap();
    assert_eq!(listener.next().await, Heard::Ended);
    assert_eq!(relay.subscribe().next().await, Heard::Ended);
}
