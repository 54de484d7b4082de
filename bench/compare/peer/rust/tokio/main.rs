// tokio: tasks on its scheduler of k threads. The algorithms are those of bench/compare/workload;
// what needs borrowed memory has no place here.
//
// The main thread is none of the k: it waits in block_on, as tokio's users do it.
mod outside;
mod peer;

use outside::{Idle, Outside, Producers, Wake};
use peer::*;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

type Sum = Pin<Box<dyn Future<Output = u64> + Send>>;

fn offers() -> Vec<(&'static str, Make)> {
    vec![
        ("fib", |r| {
            let n = r.size as u64;
            number(move || in_a_task(fib(n)))
        }),
        ("queens", |r| {
            let n = r.size;
            number(move || in_a_task(queens([0; 16], 0, n)))
        }),
        ("skynet", |r| {
            let leaves = 10u64.pow(r.size as u32);
            number(move || in_a_task(skynet(0, leaves)))
        }),
        ("uts", |r| {
            let limit = r.size;
            number(move || in_a_task(uts(UTS_ROOT, 0, limit)))
        }),
        ("spawn", |r| Box::new(Mark { bytes: vec![0; r.size], inside: false })),
        ("spawn_inside", |r| Box::new(Mark { bytes: vec![0; r.size], inside: true })),
        ("task_length", |r| Box::new(Length { numbers: vec![0; r.size], steps: r.grain })),
        ("spawn_outside", |r| Box::new(Producers::<Runtime>::new(Handle::current().into(), 1, r.size))),
        ("producers", |r| Box::new(Producers::<Runtime>::new(Handle::current().into(), 2, r.size))),
        ("wake", |_| Box::new(Wake::<Runtime>::new(Handle::current().into()))),
        ("idle", |r| Box::new(Idle::<Runtime>::new(Handle::current().into(), r.size))),
        ("parked", |r| Box::new(Parked { tasks: r.size, ended: 0, per_task: 0.0 })),
    ]
}

#[derive(Clone)]
struct Runtime(Handle);

impl From<Handle> for Runtime {
    fn from(h: Handle) -> Runtime {
        Runtime(h)
    }
}

impl Outside for Runtime {
    fn spawn<F: FnOnce() + Send + 'static>(&self, f: F) {
        self.0.spawn(async move { f() });
    }
}

// On one of the k threads.
fn in_a_task<F: Future + Send + 'static>(f: F) -> F::Output
where
    F::Output: Send + 'static,
{
    Handle::current().block_on(tokio::spawn(f)).unwrap()
}

fn fib(n: u64) -> Sum {
    Box::pin(async move {
        if n < 2 {
            return n;
        }
        let a = tokio::spawn(fib(n - 1));
        let b = fib(n - 2).await;
        a.await.unwrap() + b
    })
}

// f(0) + ... + f(n - 1), each of them a task but the last.
async fn sum(n: usize, f: impl Fn(usize) -> Sum) -> u64 {
    if n == 0 {
        return 0;
    }
    let others: Vec<_> = (0..n - 1).map(|i| tokio::spawn(f(i))).collect();
    let mut total = f(n - 1).await;
    for other in others {
        total += other.await.unwrap();
    }
    total
}

fn queens(board: Board, row: usize, n: usize) -> Sum {
    Box::pin(async move {
        if row == n {
            return 1;
        }
        let (places, count) = fitting(&board, row, n);
        sum(count, |i| {
            let mut next = board;
            next[row] = places[i];
            queens(next, row + 1, n)
        })
        .await
    })
}

fn skynet(first: u64, leaves: u64) -> Sum {
    Box::pin(async move {
        if leaves == 1 {
            return first;
        }
        sum(10, |i| skynet(first + i as u64 * (leaves / 10), leaves / 10)).await
    })
}

fn uts(node: u64, depth: usize, limit: usize) -> Sum {
    Box::pin(async move {
        let children = uts_children(node, depth, limit);
        if children == 0 {
            return 1;
        }
        1 + sum(children, |i| uts(mix(node + i as u64 + 1), depth + 1, limit)).await
    })
}

// A place that one task writes to; the vector outlives the tasks.
struct Place<T>(*mut T);
unsafe impl<T> Send for Place<T> {}
unsafe impl<T> Sync for Place<T> {}

impl<T> Clone for Place<T> {
    fn clone(&self) -> Place<T> {
        Place(self.0)
    }
}

impl<T: Send + 'static> Place<T> {
    fn at(&self, i: usize) -> Place<T> {
        Place(unsafe { self.0.add(i) })
    }
    fn change(self, f: impl Fn(&mut T)) {
        unsafe { f(&mut *self.0) }
    }
}

// Spawns f(place) for n places, one by one, and waits.
async fn spawn_each<T: Send + 'static>(
    first: Place<T>,
    n: usize,
    f: impl Fn(&mut T) + Copy + Send + 'static,
) {
    let tasks: Vec<_> = (0..n)
        .map(|i| {
            let place = first.at(i);
            tokio::spawn(async move { place.change(f) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

struct Mark {
    bytes: Vec<u8>,
    inside: bool,
}

fn mark(byte: &mut u8) {
    *byte += 1
}

impl Workload for Mark {
    fn prepare(&mut self) {
        self.bytes.fill(0)
    }
    fn run(&mut self) {
        let task: fn(&mut u8) = std::hint::black_box(mark);
        let all = spawn_each(Place(self.bytes.as_mut_ptr()), self.bytes.len(), task);
        if self.inside {
            in_a_task(all)
        } else {
            Handle::current().block_on(all)
        }
    }
    fn answer(&mut self) -> u64 {
        self.bytes.iter().filter(|b| **b == 1).count() as u64
    }
}

struct Length {
    numbers: Vec<u64>,
    steps: usize,
}

impl Workload for Length {
    fn prepare(&mut self) {
        for (i, x) in self.numbers.iter_mut().enumerate() {
            *x = i as u64;
        }
    }
    fn run(&mut self) {
        let steps = self.steps;
        let first = Place(self.numbers.as_mut_ptr());
        let step = move |x: &mut u64| *x = chain(*x, steps);
        Handle::current().block_on(spawn_each(first, self.numbers.len(), step))
    }
    fn answer(&mut self) -> u64 {
        checksum(self.numbers.iter().copied())
    }
}

/// Memory of each task that waits for a semaphore.
struct Parked {
    tasks: usize,
    ended: u64,
    per_task: f64,
}

impl Workload for Parked {
    fn run(&mut self) {
        const ROLL_UP: &str = "/proc/self/smaps_rollup";
        let n = self.tasks;
        let before = memory(ROLL_UP, "Rss:");
        // One allocation for all, so that a task holds one pointer.
        let shared = Arc::new((Semaphore::new(0), AtomicUsize::new(0), AtomicU64::new(0)));
        for _ in 0..n {
            let shared = shared.clone();
            tokio::spawn(async move {
                shared.1.fetch_add(1, Ordering::SeqCst);
                shared.0.acquire().await.unwrap().forget();
                shared.2.fetch_add(1, Ordering::SeqCst);
            });
        }
        while shared.1.load(Ordering::SeqCst) < n {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(50));
        self.per_task = (memory(ROLL_UP, "Rss:") - before) as f64 / n as f64;
        shared.0.add_permits(n);
        while Arc::strong_count(&shared) > 1 {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.ended = shared.2.load(Ordering::SeqCst);
    }
    fn answer(&mut self) -> u64 {
        self.ended
    }
    fn value(&self) -> Option<f64> {
        Some(self.per_task)
    }
}

fn main() {
    let version = option_env!("PEER_VERSION").unwrap_or("unknown");
    run_peer("tokio", version, &offers(), |make, o| {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(o.request.workers)
            .build()
            .unwrap_or_else(|e| fail(&e.to_string()));
        let _inside = runtime.enter();
        measure(&mut *make(&o.request), o)
    });
}
