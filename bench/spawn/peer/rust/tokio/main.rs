// tokio: a task that spawns all the others and awaits their handles, on a scheduler of k threads.
//
// The main thread is none of the k and sleeps meanwhile; that it hands over the first task, and is
// woken after the last, is within the timed region.
mod peer;

use peer::*;
use tokio::runtime::{Builder, Runtime};

struct Tokio(Runtime);

async fn spawn_each(first: Byte, n: usize, task: Task, spawned: Spawned) {
    let mut handles = Vec::with_capacity(n);
    for i in 0..n {
        let byte = first.at(i);
        handles.push(tokio::spawn(async move { task(byte.address()) }));
    }
    if let Some(look) = spawned {
        look();
    }
    for handle in handles {
        handle.await.unwrap();
    }
}

impl System for Tokio {
    fn run(&mut self, task: Task, bytes: &mut [u8], spawned: Spawned) {
        let all = spawn_each(Byte::first_of(bytes), bytes.len(), task, spawned);
        self.0.block_on(self.0.spawn(all)).unwrap();
    }
}

fn main() {
    run_peer("tokio", |o| {
        let runtime = Builder::new_multi_thread().worker_threads(o.workers).build();
        o.measure(&mut Tokio(runtime.unwrap_or_else(|e| fail(&e.to_string()))))
    });
}
