//! The limiter against a model of the buckets of Atlas, with a paused clock.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;
use tokio::time::sleep;

use super::*;

/// A bucket of Atlas.
struct Model {
    capacity: f64,
    rate: f64,
    /// Seconds between refills; 0 refills continuously.
    step: f64,
    tokens: f64,
    at: Instant,
    rejections: u32,
}

impl Model {
    fn new(capacity: u32, rate: f64, step: f64) -> Rc<RefCell<Self>> {
        let capacity = f64::from(capacity);
        Rc::new(RefCell::new(Self {
            capacity,
            rate,
            step,
            tokens: capacity,
            at: Instant::now(),
            rejections: 0,
        }))
    }

    /// Returns the headers of a response, or the rejection.
    fn serve(&mut self) -> Result<HeaderMap, Error> {
        let elapsed = self.at.elapsed().as_secs_f64();
        let time = if self.step > 0.0 {
            (elapsed / self.step).floor() * self.step
        } else {
            elapsed
        };
        self.at += Duration::from_secs_f64(time);
        self.tokens = (self.tokens + time * self.rate).min(self.capacity);
        if self.tokens < 1.0 {
            self.rejections += 1;
            return Err(self.rejection());
        }
        self.tokens -= 1.0;
        let mut headers = HeaderMap::new();
        let mut insert = |name, number: f64| {
            headers.insert(name, number.floor().to_string().parse().unwrap());
        };
        insert("ratelimit-limit", self.capacity);
        insert("ratelimit-remaining", self.tokens);
        Ok(headers)
    }

    fn rejection(&self) -> Error {
        let wait = ((1.0 - self.tokens) / self.rate).max(self.step).ceil();
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", wait.to_string().parse().unwrap());
        let step = if self.step > 0.0 { self.step } else { 1.0 };
        let document = json!({
            "error": 429, "errorCode": "RATE_LIMITED_TOKEN_BUCKET",
            "parameters": ["x", wait, self.capacity, (self.rate * step).floor(), step.floor()],
        });
        Error::from_response(429, None, &headers, document.to_string().as_bytes())
    }
}

fn new_request(group: &str) -> Request {
    let url = format!("https://a.example/api/atlas/v2/groups/{group}/clusters");
    Request::new(Method::GET, url.parse().unwrap())
}

fn list() -> &'static Operation {
    Operation::by_id("listGroupClusters").unwrap()
}

/// Makes a call as the transport does. Returns the number of rejections.
async fn call(limits: &Limits, model: &RefCell<Model>) -> u32 {
    let mut rejections = 0;
    loop {
        let permit = limits.acquire_permit(&new_request("g"), list()).await;
        sleep(Duration::from_millis(20)).await;
        let response = model.borrow_mut().serve();
        sleep(Duration::from_millis(20)).await;
        match response {
            Ok(headers) => {
                permit.learn(&headers);
                return rejections;
            }
            Err(error) => {
                permit.record_rejection(&error);
                drop(permit);
                rejections += 1;
                sleep(error.retry_after().unwrap()).await;
            }
        }
    }
}

/// Makes 1,000 calls from 32 tasks. Returns the time, the rejections and the maximum of one call.
async fn run_calls(limits: Limits, model: Rc<RefCell<Model>>) -> (f64, u32, u32) {
    let started = Instant::now();
    let remaining = RefCell::new(1000_u32);
    let worst = RefCell::new(0);
    let tasks = (0..32).map(|_| async {
        while let Some(next) = { remaining.borrow().checked_sub(1) } {
            remaining.replace(next);
            let rejections = call(&limits, &model).await;
            worst.replace_with(|worst| rejections.max(*worst));
        }
    });
    join_all(tasks).await;
    let rejections = model.borrow().rejections;
    (
        started.elapsed().as_secs_f64(),
        rejections,
        worst.into_inner(),
    )
}

#[tokio::test(start_paused = true)]
async fn concurrent_calls_respect_the_bucket() {
    for (rate, step) in [
        (10.0, 0.0),
        (100.0 / 60.0, 0.0),
        (0.5, 0.0),
        (10.0, 1.0),
        (5.0, 10.0),
        (25.0, 0.0),
    ] {
        let ideal = 900.0 / rate;

        let (time, rejections, worst) =
            run_calls(Limits::new(32, true), Model::new(100, rate, step)).await;

        println!(
            "{rate}/s in steps of {step} s: {:.3} of the ideal time, {rejections} rejections, at most {worst} for one call",
            time / ideal
        );
        assert!(
            worst < 4,
            "rate {rate}, step {step}: {worst} rejections of one call"
        );
        assert!(
            time <= 1.2 * ideal,
            "rate {rate}, step {step}: {time} s instead of {ideal} s"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn registered_limits_prevent_every_rejection() {
    let limits = Limits::new(32, true);
    limits.register(RateLimit {
        id: "clusters".to_owned(),
        scope: "GROUP".to_owned(),
        endpoints: vec![(
            "GET".to_owned(),
            "/api/atlas/v2/groups/{id}/clusters".to_owned(),
        )],
        capacity: 100,
        refill: 10,
        refill_time: Duration::from_secs(1),
    });

    let (time, rejections, _) = run_calls(limits, Model::new(100, 10.0, 0.0)).await;

    assert_eq!(rejections, 0);
    assert!(time <= 1.2 * 90.0, "{time} s");
}

#[tokio::test(start_paused = true)]
async fn client_without_rate_limits_is_rejected() {
    let (_, rejections, _) = run_calls(Limits::new(32, false), Model::new(100, 10.0, 0.0)).await;

    assert!(rejections > 100, "{rejections}");
}

#[tokio::test(start_paused = true)]
async fn each_project_has_its_own_bucket() {
    let limits = Limits::new(32, true);
    let now = Instant::now();
    let permit = limits.acquire_permit(&new_request("a"), list()).await;
    let model = Model::new(100, 0.5, 0.0);
    model.borrow_mut().tokens = 0.0;
    permit.record_rejection(&model.borrow().rejection());
    drop(permit);

    drop(limits.acquire_permit(&new_request("b"), list()).await);
    assert_eq!(now.elapsed(), Duration::ZERO);

    drop(limits.acquire_permit(&new_request("a"), list()).await);
    assert!(now.elapsed() >= Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn long_retry_after_delays_no_request() {
    let limits = Limits::new(32, true);
    let now = Instant::now();
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", "86400".parse().unwrap());
    let permit = limits.acquire_permit(&new_request("a"), list()).await;
    permit.record_rejection(&Error::from_response(429, None, &headers, b""));
    drop(permit);

    drop(limits.acquire_permit(&new_request("a"), list()).await);

    assert_eq!(
        now.elapsed(),
        Duration::ZERO,
        "Atlas rejects each call itself"
    );
}

#[tokio::test(start_paused = true)]
async fn permits_are_limited() {
    let limits = Limits::new(2, false);
    let (first, second) = (
        limits.acquire_permit(&new_request("a"), list()).await,
        limits.acquire_permit(&new_request("a"), list()).await,
    );

    let request = new_request("a");
    let third = limits.acquire_permit(&request, list());
    assert!(
        tokio::time::timeout(Duration::from_secs(1), third)
            .await
            .is_err()
    );

    drop(first);
    drop(limits.acquire_permit(&request, list()).await);
    drop(second);
}

#[tokio::test(start_paused = true)]
async fn dropped_permit_is_not_in_flight() {
    let limits = Limits::new(1, true);
    drop(limits.acquire_permit(&new_request("a"), list()).await);
    let waiting = limits.acquire_permit(&new_request("a"), list()).await;
    drop(waiting);

    let state = limits.state().unwrap();
    assert!(
        state
            .buckets
            .values()
            .all(|bucket| format!("{bucket:?}").contains("in_flight: 0"))
    );
}

#[tokio::test(start_paused = true)]
async fn unused_bucket_becomes_idle() {
    let bucket = Bucket::new(None, Instant::now());
    assert!(!bucket.is_idle(Instant::now()));

    tokio::time::advance(Duration::from_hours(1)).await;

    assert!(bucket.is_idle(Instant::now()));
}
