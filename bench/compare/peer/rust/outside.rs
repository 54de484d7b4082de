// Workloads whose tasks come from threads that are not the runtime's own.
use crate::peer::*;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicUsize, Ordering};
use std::sync::{mpsc, Mutex};
use std::thread::Thread;
use std::time::{Duration, Instant};

/// Has the runtime call a function.
pub trait Outside: Clone + Send + 'static {
    fn spawn<F: FnOnce() + Send + 'static>(&self, f: F);
}

const BLOCK_TASKS: usize = 64;

// The tasks of a block that have not run, in a cache line of their own (workload/countdown.h).
#[repr(align(64))]
struct Block(AtomicU32);

// Static, so that a task takes one pointer with it, as in the other workloads.
static FIRST: AtomicPtr<u8> = AtomicPtr::new(null_mut());
static BLOCKS: AtomicPtr<Block> = AtomicPtr::new(null_mut());
static MISSING_BLOCKS: AtomicUsize = AtomicUsize::new(0);
static WAITING: Mutex<Option<Thread>> = Mutex::new(None);

struct Byte(*mut u8);
unsafe impl Send for Byte {}

impl Byte {
    // The task of this byte. Each byte has one; the vectors outlive them all.
    fn raise(&self) {
        let block = unsafe {
            *self.0 += 1;
            let index = self.0.offset_from(FIRST.load(Ordering::Relaxed)) as usize;
            &*BLOCKS.load(Ordering::Relaxed).add(index / BLOCK_TASKS)
        };
        if block.0.fetch_sub(1, Ordering::AcqRel) == 1
            && MISSING_BLOCKS.fetch_sub(1, Ordering::AcqRel) == 1
        {
            wake_the_waiting();
        }
    }
}

fn wake_the_waiting() {
    if let Some(thread) = &*WAITING.lock().unwrap() {
        thread.unpark();
    }
}

/// Threads spawn tasks that raise a byte each; the thread that waits sleeps until the last task
/// wakes it.
pub struct Producers<S: Outside> {
    spawner: S,
    producers: usize,
    bytes: Vec<u8>,
    blocks: Vec<Block>,
}

impl<S: Outside> Producers<S> {
    pub fn new(spawner: S, producers: usize, tasks: usize) -> Producers<S> {
        let count = (tasks + BLOCK_TASKS - 1) / BLOCK_TASKS;
        let blocks = (0..count).map(|_| Block(AtomicU32::new(0))).collect();
        Producers { spawner, producers, bytes: vec![0; tasks], blocks }
    }
}

impl<S: Outside> Workload for Producers<S> {
    fn prepare(&mut self) {
        self.bytes.fill(0);
        let tasks = self.bytes.len();
        for (i, block) in self.blocks.iter_mut().enumerate() {
            *block.0.get_mut() = BLOCK_TASKS.min(tasks - i * BLOCK_TASKS) as u32;
        }
        FIRST.store(self.bytes.as_mut_ptr(), Ordering::SeqCst);
        BLOCKS.store(self.blocks.as_mut_ptr(), Ordering::SeqCst);
        MISSING_BLOCKS.store(self.blocks.len(), Ordering::SeqCst);
    }
    fn run(&mut self) {
        *WAITING.lock().unwrap() = Some(std::thread::current());
        let tasks = self.bytes.len();
        let shares: Vec<_> = (0..self.producers)
            .map(|p| {
                let (from, to) = (tasks * p / self.producers, tasks * (p + 1) / self.producers);
                let spawner = self.spawner.clone();
                std::thread::spawn(move || {
                    let first = FIRST.load(Ordering::SeqCst);
                    for i in from..to {
                        let byte = Byte(unsafe { first.add(i) });
                        spawner.spawn(move || byte.raise());
                    }
                })
            })
            .collect();
        for share in shares {
            share.join().unwrap();
        }
        while MISSING_BLOCKS.load(Ordering::Acquire) != 0 {
            std::thread::park();
        }
    }
    fn answer(&mut self) -> u64 {
        self.bytes.iter().filter(|b| **b == 1).count() as u64
    }
}

/// One task for a runtime that sleeps: the time from before its spawn to its beginning.
pub struct Wake<S: Outside> {
    spawner: S,
    waited: Duration,
    runs: u64,
}

impl<S: Outside> Wake<S> {
    pub fn new(spawner: S) -> Wake<S> {
        Wake { spawner, waited: Duration::ZERO, runs: 0 }
    }
}

impl<S: Outside> Workload for Wake<S> {
    fn prepare(&mut self) {
        std::thread::sleep(Duration::from_millis(2));
        self.runs = 0;
    }
    fn run(&mut self) {
        let (begun, begins) = mpsc::channel();
        let from = Instant::now();
        self.spawner.spawn(move || begun.send(Instant::now()).unwrap());
        self.waited = begins.recv().unwrap() - from;
        self.runs += 1;
    }
    fn answer(&mut self) -> u64 {
        self.runs
    }
    fn value(&self) -> Option<f64> {
        Some(self.waited.as_nanos() as f64)
    }
}

/// Processor time while there is nothing to do, in per cent of a core.
pub struct Idle<S: Outside> {
    once: Wake<S>,
    duration: Duration,
    percent: f64,
}

impl<S: Outside> Idle<S> {
    pub fn new(spawner: S, milliseconds: usize) -> Idle<S> {
        let duration = Duration::from_millis(milliseconds as u64);
        Idle { once: Wake::new(spawner), duration, percent: 0.0 }
    }
}

impl<S: Outside> Workload for Idle<S> {
    fn prepare(&mut self) {
        self.once.prepare();
        self.once.run();
        std::thread::sleep(Duration::from_millis(50));
    }
    fn run(&mut self) {
        let before = cpu_now();
        std::thread::sleep(self.duration);
        self.percent = (cpu_now() - before) as f64 / self.duration.as_nanos() as f64 * 100.0;
    }
    fn answer(&mut self) -> u64 {
        self.once.answer()
    }
    fn value(&self) -> Option<f64> {
        Some(self.percent)
    }
}
