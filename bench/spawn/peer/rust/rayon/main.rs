// rayon: scope.spawn in a pool of k threads.
//
// The spawning code runs inside the pool, as rayon's users do it: the thread that waits at the end
// of the scope is one of the k and runs tasks.
mod peer;

use peer::*;

struct Rayon;

impl System for Rayon {
    fn run(&mut self, task: Task, bytes: &mut [u8], spawned: Spawned) {
        let (first, n) = (Byte::first_of(bytes), bytes.len());
        rayon::in_place_scope(|scope| {
            for i in 0..n {
                let byte = first.at(i);
                scope.spawn(move |_| task(byte.address()));
            }
            if let Some(look) = spawned {
                look();
            }
        });
    }
}

fn main() {
    run_peer("rayon", |o| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(o.workers)
            .build()
            .unwrap_or_else(|e| fail(&e.to_string()));
        pool.install(|| o.measure(&mut Rayon))
    });
}
