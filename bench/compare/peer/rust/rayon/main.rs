// rayon: join, scope and its sort, in a pool of k threads. The algorithms are those of
// bench/compare/workload.
//
// The code runs inside the pool, as rayon's users do it: the thread that waits is one of the k.
mod arrays;
mod outside;
mod peer;

use outside::{Idle, Outside, Producers, Wake};
use peer::*;

fn offers() -> Vec<(&'static str, Make)> {
    vec![
        ("fib", |r| {
            let n = r.size as u64;
            number(move || fib(n))
        }),
        ("queens", |r| {
            let n = r.size;
            number(move || queens(&[0; 16], 0, n))
        }),
        ("skynet", |r| {
            let leaves = 10u64.pow(r.size as u32);
            number(move || skynet(0, leaves))
        }),
        ("uts", |r| {
            let limit = r.size;
            number(move || uts(UTS_ROOT, 0, limit))
        }),
        ("matmul", |r| Box::new(arrays::Matrix::new(r.size, r.grain))),
        ("loop", |r| Box::new(arrays::Loop { out: vec![0; r.size], grain: r.grain })),
        ("sort", |r| Box::new(arrays::Sort::new(r.size, Some(r.grain)))),
        ("own_sort", |r| Box::new(arrays::Sort::new(r.size, None))),
        ("spawn", |r| Box::new(Mark { bytes: vec![0; r.size], inside: false })),
        ("spawn_inside", |r| Box::new(Mark { bytes: vec![0; r.size], inside: true })),
        ("task_length", |r| Box::new(Length { numbers: vec![0; r.size], steps: r.grain })),
        ("spawn_outside", |r| Box::new(Producers::new(Global, 1, r.size))),
        ("producers", |r| Box::new(Producers::new(Global, 2, r.size))),
        ("wake", |_| Box::new(Wake::new(Global))),
        ("idle", |r| Box::new(Idle::new(Global, r.size))),
        ("queued", |r| Box::new(Queued { bytes: vec![0; r.size], per_task: 0.0 })),
    ]
}

const OUTSIDE: [&str; 4] = ["spawn_outside", "producers", "wake", "idle"];

/// The pool of the program, for threads outside.
#[derive(Clone)]
struct Global;

impl Outside for Global {
    fn spawn<F: FnOnce() + Send + 'static>(&self, f: F) {
        rayon::spawn(f)
    }
}

/// f(from) + ... + f(to - 1), halved by join: cheaper here than a scope.
pub fn sum<F: Fn(usize) -> u64 + Sync>(from: usize, to: usize, f: &F) -> u64 {
    if to - from < 2 {
        return if from == to { 0 } else { f(from) };
    }
    let middle = from + (to - from) / 2;
    let (a, b) = rayon::join(|| sum(from, middle, f), || sum(middle, to, f));
    a + b
}

fn fib(n: u64) -> u64 {
    if n < 2 {
        return n;
    }
    let (a, b) = rayon::join(|| fib(n - 1), || fib(n - 2));
    a + b
}

fn queens(board: &Board, row: usize, n: usize) -> u64 {
    if row == n {
        return 1;
    }
    let (places, count) = fitting(board, row, n);
    sum(0, count, &|i| {
        let mut next = *board;
        next[row] = places[i];
        queens(&next, row + 1, n)
    })
}

fn skynet(first: u64, leaves: u64) -> u64 {
    if leaves == 1 {
        return first;
    }
    sum(0, 10, &|i| skynet(first + i as u64 * (leaves / 10), leaves / 10))
}

fn uts(node: u64, depth: usize, limit: usize) -> u64 {
    let children = uts_children(node, depth, limit);
    if children == 0 {
        return 1;
    }
    1 + sum(0, children, &|i| uts(mix(node + i as u64 + 1), depth + 1, limit))
}

struct Mark {
    bytes: Vec<u8>,
    inside: bool,
}

// A pointer that no compiler sees through.
fn opaque(task: fn(&mut u8)) -> fn(&mut u8) {
    std::hint::black_box(task)
}

fn mark(byte: &mut u8) {
    *byte += 1
}

impl Workload for Mark {
    fn prepare(&mut self) {
        self.bytes.fill(0)
    }
    fn run(&mut self) {
        let task = opaque(mark);
        let bytes = &mut self.bytes;
        if self.inside {
            rayon::scope(|scope| {
                scope.spawn(|inner| {
                    for byte in bytes {
                        inner.spawn(move |_| task(byte));
                    }
                })
            });
        } else {
            rayon::in_place_scope(|scope| {
                for byte in bytes {
                    scope.spawn(move |_| task(byte));
                }
            });
        }
    }
    fn answer(&mut self) -> u64 {
        self.bytes.iter().filter(|b| **b == 1).count() as u64
    }
}

/// Memory of each task that has not run when the last one has been spawned.
struct Queued {
    bytes: Vec<u8>,
    per_task: f64,
}

impl Workload for Queued {
    fn run(&mut self) {
        const ROLL_UP: &str = "/proc/self/smaps_rollup";
        let task = opaque(mark);
        let before = memory(ROLL_UP, "Rss:");
        let first = self.bytes.as_ptr();
        let n = self.bytes.len();
        let mut per_task = 0.0;
        rayon::in_place_scope(|scope| {
            for byte in &mut self.bytes {
                scope.spawn(move |_| task(byte));
            }
            let grown = memory(ROLL_UP, "Rss:") - before;
            let queued = (0..n).filter(|i| unsafe { first.add(*i).read_volatile() } == 0).count();
            per_task = grown as f64 / queued.max(1) as f64;
        });
        self.per_task = per_task;
    }
    fn answer(&mut self) -> u64 {
        self.bytes.iter().filter(|b| **b == 1).count() as u64
    }
    fn value(&self) -> Option<f64> {
        Some(self.per_task)
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
        rayon::in_place_scope(|scope| {
            for x in &mut self.numbers {
                scope.spawn(move |_| *x = chain(*x, steps));
            }
        });
    }
    fn answer(&mut self) -> u64 {
        checksum(self.numbers.iter().copied())
    }
}

fn main() {
    let version = option_env!("PEER_VERSION").unwrap_or("unknown");
    run_peer("rayon", version, &offers(), |make, o| {
        let builder = rayon::ThreadPoolBuilder::new().num_threads(o.request.workers);
        if OUTSIDE.contains(&o.request.workload.as_str()) {
            builder.build_global().unwrap_or_else(|e| fail(&e.to_string()));
            return measure(&mut *make(&o.request), o);
        }
        let pool = builder.build().unwrap_or_else(|e| fail(&e.to_string()));
        pool.install(|| measure(&mut *make(&o.request), o))
    });
}
