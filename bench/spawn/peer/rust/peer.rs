// The frame of the peers in Rust: protocol, measurement and output of bench/README.md.
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::mpsc;
use std::time::Instant;

pub type Task = fn(*mut u8);

/// Called after the last spawn and before the wait, where memory is measured.
pub type Spawned = Option<Box<dyn FnOnce() + Send>>;

/// A runtime that is running.
pub trait System {
    /// Spawns a task for each byte, which calls `task` with its address, and waits for all. This,
    /// and nothing else, is timed.
    fn run(&mut self, task: Task, bytes: &mut [u8], spawned: Spawned);
}

pub struct Options {
    pub workers: usize,
    task: String,
    tasks: usize,
    repetitions: usize,
    warmup: usize,
    seconds: f64,
}

#[derive(Default)]
pub struct Outcome {
    wall: Vec<i64>,
    cpu: Vec<i64>,
    executed_once: Vec<i64>,
    first_wall: i64,
    queued_bytes: i64,
    still_queued: i64,
}

/// The place of a task; the vector outlives them all.
#[derive(Clone, Copy)]
pub struct Byte(*mut u8);
unsafe impl Send for Byte {}

impl Byte {
    pub fn first_of(bytes: &mut [u8]) -> Byte {
        Byte(bytes.as_mut_ptr())
    }
    pub fn at(self, i: usize) -> Byte {
        Byte(unsafe { self.0.add(i) })
    }
    pub fn address(&self) -> *mut u8 {
        self.0
    }
}

fn mark(byte: *mut u8) {
    unsafe { *byte += 1 }
}

fn empty(_: *mut u8) {}

// The value passes through memory that the optimiser must take for shared.
fn opaque(task: Task) -> Task {
    let cell = AtomicPtr::new(task as *mut ());
    let hidden: &AtomicPtr<()> = unsafe { std::ptr::read_volatile(&(&cell as *const AtomicPtr<()>)).as_ref().unwrap() };
    unsafe { std::mem::transmute::<*mut (), Task>(hidden.load(Ordering::SeqCst)) }
}

pub fn fail(message: &str) -> ! {
    eprintln!("{}", message);
    std::process::exit(2)
}

fn number<T: std::str::FromStr>(key: &str, text: &str) -> T {
    text.parse().unwrap_or_else(|_| fail(&format!("{}: not a number: {}", key, text)))
}

fn parse(system: &str) -> Options {
    let mut o = Options {
        workers: 1,
        task: "mark".to_string(),
        tasks: 10000,
        repetitions: 10,
        warmup: 1,
        seconds: 1e9,
    };
    for argument in std::env::args().skip(1) {
        let mut halves = argument.splitn(2, '=');
        let key = halves.next().unwrap_or("").to_string();
        let value = halves.next().unwrap_or_else(|| fail(&format!("{} needs a value", key)));
        match key.as_str() {
            "--workers" => o.workers = number(&key, value),
            "--task" => o.task = value.to_string(),
            "--tasks" => o.tasks = number(&key, value),
            "--repetitions" => o.repetitions = number(&key, value),
            "--warmup" => o.warmup = number(&key, value),
            "--seconds" => o.seconds = number(&key, value),
            _ => fail(&format!("{}: unexpected argument {}", system, key)),
        }
    }
    if !["mark", "empty", "queued"].contains(&o.task.as_str()) {
        fail(&format!("no task '{}'", o.task));
    }
    if o.tasks < 1 || o.workers < 1 || o.repetitions < 1 {
        fail("--tasks, --workers and --repetitions are at least 1");
    }
    if o.task == "queued" && o.workers != 1 {
        fail("--task=queued needs --workers=1");
    }
    o
}

fn cpu_now() -> i64 {
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut t) };
    t.tv_sec as i64 * 1_000_000_000 + t.tv_nsec as i64
}

// The value of a line "KEY:  123 kB", in bytes.
fn memory(file: &str, key: &str) -> i64 {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    for line in text.lines() {
        let mut fields = line.split_whitespace();
        if fields.next() == Some(key) {
            return fields.next().and_then(|f| f.parse::<i64>().ok()).map_or(-1, |k| k * 1024);
        }
    }
    -1
}

fn count(bytes: &[u8], value: u8) -> i64 {
    bytes.iter().filter(|b| **b == value).count() as i64
}

fn repetition(system: &mut dyn System, task: Task, bytes: &mut [u8]) -> (i64, i64) {
    bytes.iter_mut().for_each(|b| *b = 0);
    let cpu = cpu_now();
    let from = Instant::now();
    system.run(task, bytes, None);
    let wall = from.elapsed().as_nanos() as i64;
    (wall, cpu_now() - cpu)
}

fn measure(system: &mut dyn System, o: &Options, bytes: &mut [u8]) -> Outcome {
    let mut r = Outcome::default();
    let begin = Instant::now();
    let task = opaque(if o.task == "empty" { empty } else { mark });
    for i in 0..o.warmup + o.repetitions {
        if i > o.warmup && begin.elapsed().as_secs_f64() > o.seconds {
            break;
        }
        let (wall, cpu) = repetition(system, task, bytes);
        if i == 0 {
            r.first_wall = wall;
        }
        if i >= o.warmup {
            r.wall.push(wall);
            r.cpu.push(cpu);
        }
        if o.task == "mark" {
            r.executed_once.push(count(bytes, 1));
        }
    }
    // Empty tasks leave no trace: the same instantiation is run with the function that marks.
    if o.task == "empty" {
        repetition(system, opaque(mark), bytes);
        r.executed_once.push(count(bytes, 1));
    }
    r
}

fn measure_queued(system: &mut dyn System, bytes: &mut [u8]) -> Outcome {
    const ROLL_UP: &str = "/proc/self/smaps_rollup";
    let mut r = Outcome::default();
    bytes.iter_mut().for_each(|b| *b = 0);
    let (first, n) = (Byte::first_of(bytes), bytes.len());
    let before = memory(ROLL_UP, "Rss:");
    let (tell, told) = mpsc::channel();
    let look = move || {
        let grown = memory(ROLL_UP, "Rss:") - before;
        let not_run = |i: &usize| unsafe { first.at(*i).address().read_volatile() } == 0;
        tell.send((grown, (0..n).filter(not_run).count() as i64)).unwrap();
    };
    system.run(opaque(mark), bytes, Some(Box::new(look)));
    let (grown, not_run) = told.recv().unwrap();
    r.queued_bytes = grown;
    r.still_queued = not_run;
    r.executed_once.push(count(bytes, 1));
    r
}

impl Options {
    /// Measures what is asked for.
    pub fn measure(&self, system: &mut dyn System) -> Outcome {
        let mut bytes = vec![0u8; self.tasks];
        if self.task == "queued" {
            measure_queued(system, &mut bytes)
        } else {
            measure(system, self, &mut bytes)
        }
    }
}

/// Has `inside` start the runtime and measure it, and prints the answer.
pub fn run_peer(system: &str, inside: impl FnOnce(&Options) -> Outcome) {
    let o = parse(system);
    let r = inside(&o);
    println!(
        "{{\"system\":\"{}\",\"version\":\"{}\",\"workers\":{},\"task\":\"{}\",\"tasks\":{},\
         \"wall_ns\":{:?},\"cpu_ns\":{:?},\"executed_once\":{:?},\"first_wall_ns\":{},\
         \"peak_rss_bytes\":{},\"queued_bytes\":{},\"still_queued\":{}}}",
        system,
        option_env!("PEER_VERSION").unwrap_or("unknown"),
        o.workers,
        o.task,
        o.tasks,
        r.wall,
        r.cpu,
        r.executed_once,
        r.first_wall,
        memory("/proc/self/status", "VmHWM:"),
        r.queued_bytes,
        r.still_queued
    );
}
