// The frame of the peers in Rust: protocol, measurement and output of bench/README.md.
use std::time::Instant;

#[derive(Clone, Default)]
pub struct Request {
    pub workload: String,
    pub size: usize,
    pub grain: usize,
    pub workers: usize,
}

/// A workload of one size, ready to be repeated.
pub trait Workload {
    fn prepare(&mut self) {}
    fn run(&mut self);
    fn answer(&mut self) -> u64;
    /// What run() measured itself, where wall time is not the point.
    fn value(&self) -> Option<f64> {
        None
    }
}

pub type Make = fn(&Request) -> Box<dyn Workload>;

/// A workload whose result is one number.
pub struct Number<F: FnMut() -> u64>(pub F, pub u64);

impl<F: FnMut() -> u64> Workload for Number<F> {
    fn run(&mut self) {
        self.1 = (self.0)()
    }
    fn answer(&mut self) -> u64 {
        self.1
    }
}

pub fn number<F: FnMut() -> u64 + 'static>(call: F) -> Box<dyn Workload> {
    Box::new(Number(call, 0))
}

pub fn mix(x: u64) -> u64 {
    let mut x = x.wrapping_add(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d049bb133111eb);
    x ^ (x >> 31)
}

pub fn checksum(data: impl Iterator<Item = u64>) -> u64 {
    data.enumerate()
        .fold(0u64, |sum, (i, x)| sum.wrapping_add(x.wrapping_mul(2 * i as u64 + 1)))
}

pub fn chain(mut x: u64, steps: usize) -> u64 {
    for _ in 0..steps {
        x = (x ^ (x >> 31)).wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    }
    x
}

/// A board whose first rows hold a queen each.
pub type Board = [i8; 16];

/// The places of the queen in `row`.
pub fn fitting(board: &Board, row: usize, n: usize) -> ([i8; 16], usize) {
    let mut places = [0i8; 16];
    let mut count = 0;
    for place in 0..n as i8 {
        let fits = (0..row).all(|i| {
            let apart = (board[i] - place).unsigned_abs() as usize;
            apart != 0 && apart != row - i
        });
        if fits {
            places[count] = place;
            count += 1;
        }
    }
    (places, count)
}

pub const UTS_ROOT: u64 = 19;

pub fn uts_children(node: u64, depth: usize, limit: usize) -> usize {
    if depth == 0 {
        return 4;
    }
    if depth >= limit {
        return 0;
    }
    let draw = mix(node) >> 32;
    let mut bound = 0xccccccccu64;
    let mut count = 0;
    while draw < bound {
        count += 1;
        bound = bound * 4 / 5;
    }
    count
}

pub fn fail(message: &str) -> ! {
    eprintln!("{}", message);
    std::process::exit(2)
}

/// The value of a line "KEY:  123 kB", in bytes.
pub fn memory(file: &str, key: &str) -> i64 {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    for line in text.lines() {
        let mut fields = line.split_whitespace();
        if fields.next() == Some(key) {
            return fields.next().and_then(|f| f.parse::<i64>().ok()).map_or(-1, |k| k * 1024);
        }
    }
    -1
}

pub fn cpu_now() -> i64 {
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut t) };
    t.tv_sec as i64 * 1_000_000_000 + t.tv_nsec as i64
}

#[derive(Default)]
pub struct Outcome {
    values: Vec<f64>,
    cpu: Vec<f64>,
    answers: Vec<u64>,
    first: f64,
}

pub struct Options {
    pub request: Request,
    repetitions: usize,
    warmup: usize,
    seconds: f64,
    list: bool,
}

fn parse_number<T: std::str::FromStr>(key: &str, text: &str) -> T {
    text.parse().unwrap_or_else(|_| fail(&format!("{}: not a number: {}", key, text)))
}

pub fn parse(system: &str) -> Options {
    let request = Request { workers: 1, ..Request::default() };
    let mut o = Options { request, repetitions: 10, warmup: 1, seconds: 1e9, list: false };
    for argument in std::env::args().skip(1) {
        if argument == "--list" {
            o.list = true;
            continue;
        }
        let mut halves = argument.splitn(2, '=');
        let key = halves.next().unwrap_or("").to_string();
        let value = halves.next().unwrap_or_else(|| fail(&format!("{} needs a value", key)));
        match key.as_str() {
            "--workload" => o.request.workload = value.to_string(),
            "--size" => o.request.size = parse_number(&key, value),
            "--grain" => o.request.grain = parse_number(&key, value),
            "--workers" => o.request.workers = parse_number(&key, value),
            "--repetitions" => o.repetitions = parse_number(&key, value),
            "--warmup" => o.warmup = parse_number(&key, value),
            "--seconds" => o.seconds = parse_number(&key, value),
            _ => fail(&format!("{}: unexpected argument {}", system, key)),
        }
    }
    if o.request.workers < 1 || o.repetitions < 1 {
        fail("--workers and --repetitions are at least 1");
    }
    o
}

pub fn measure(w: &mut dyn Workload, o: &Options) -> Outcome {
    let mut r = Outcome::default();
    let begin = Instant::now();
    for i in 0..o.warmup + o.repetitions {
        if i > o.warmup && begin.elapsed().as_secs_f64() > o.seconds {
            break;
        }
        w.prepare();
        let cpu = cpu_now();
        let from = Instant::now();
        w.run();
        let wall = from.elapsed().as_nanos() as f64;
        let cpu_used = (cpu_now() - cpu) as f64;
        r.answers.push(w.answer());
        let value = w.value().unwrap_or(wall);
        if i == 0 {
            r.first = value;
        }
        if i >= o.warmup {
            r.values.push(value);
            r.cpu.push(cpu_used);
        }
    }
    r
}

/// Lists the offers, or has `inside` measure the one that is asked for, and prints the answer.
pub fn run_peer(
    system: &str,
    version: &str,
    offers: &[(&str, Make)],
    inside: impl FnOnce(Make, &Options) -> Outcome,
) {
    let o = parse(system);
    if o.list {
        let names: Vec<&str> = offers.iter().map(|o| o.0).collect();
        println!(
            "{{\"system\":\"{}\",\"version\":\"{}\",\"workloads\":{:?}}}",
            system, version, names
        );
        return;
    }
    let q = &o.request;
    let make = match offers.iter().find(|x| x.0 == q.workload) {
        Some(offer) => offer.1,
        None => fail(&format!("{} has no workload '{}'; --list names them", system, q.workload)),
    };
    let r = inside(make, &o);
    println!(
        "{{\"system\":\"{}\",\"version\":\"{}\",\"workload\":\"{}\",\"size\":{},\"grain\":{},\
         \"workers\":{},\"values\":{:?},\"cpu_ns\":{:?},\"answers\":{:?},\"first\":{:?},\
         \"peak_rss_bytes\":{}}}",
        system,
        version,
        q.workload,
        q.size,
        q.grain,
        q.workers,
        r.values,
        r.cpu,
        r.answers,
        r.first,
        memory("/proc/self/status", "VmHWM:")
    );
}
