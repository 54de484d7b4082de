// The workloads on arrays with rayon.
use crate::peer::*;
use crate::sum;
use rayon::prelude::*;

pub struct Loop {
    pub out: Vec<u64>,
    pub grain: usize,
}

impl Workload for Loop {
    fn prepare(&mut self) {
        self.out.fill(0)
    }
    fn run(&mut self) {
        let grain = self.grain;
        self.out.par_chunks_mut(grain).with_max_len(1).enumerate().for_each(|(piece, out)| {
            for (i, x) in out.iter_mut().enumerate() {
                *x = mix((piece * grain + i) as u64);
            }
        });
    }
    fn answer(&mut self) -> u64 {
        checksum(self.out.iter().copied())
    }
}

/// Square matrices, and pointers to a quadrant of each.
pub struct Matrix {
    n: usize,
    base: usize,
    width: usize,
    a: Vec<f64>,
    b: Vec<f64>,
    c: Vec<f64>,
}

#[derive(Clone, Copy)]
struct Product {
    c: *mut f64,
    a: *const f64,
    b: *const f64,
    n: usize,
    width: usize,
}
unsafe impl Send for Product {}
unsafe impl Sync for Product {}

impl Product {
    // No other product of the same round writes to this quadrant.
    unsafe fn here(self) {
        for i in 0..self.n {
            let c = std::slice::from_raw_parts_mut(self.c.add(i * self.width), self.n);
            for k in 0..self.n {
                let factor = *self.a.add(i * self.width + k);
                let b = std::slice::from_raw_parts(self.b.add(k * self.width), self.n);
                for j in 0..self.n {
                    c[j] += factor * b[j];
                }
            }
        }
    }

    unsafe fn quadrant(self, q: usize, round: usize) -> Product {
        let half = self.n / 2;
        let (row, column) = ((q >> 1) * half, (q & 1) * half);
        Product {
            c: self.c.add(row * self.width + column),
            a: self.a.add(row * self.width + round * half),
            b: self.b.add(round * half * self.width + column),
            n: half,
            width: self.width,
        }
    }

    fn multiply(self, base: usize) {
        if self.n <= base {
            return unsafe { self.here() };
        }
        for round in 0..2 {
            sum(0, 4, &|q| {
                unsafe { self.quadrant(q, round) }.multiply(base);
                0
            });
        }
    }
}

impl Matrix {
    pub fn new(n: usize, base: usize) -> Matrix {
        // Each row has a cache line of its own behind it, as in the programs in C++.
        let width = n + 8;
        let mut m = Matrix {
            n,
            base,
            width,
            a: vec![0.0; n * width],
            b: vec![0.0; n * width],
            c: vec![0.0; n * width],
        };
        for i in 0..n * n {
            let place = m.place(i);
            m.a[place] = (mix(i as u64) & 7) as f64;
            m.b[place] = (mix((i + n * n) as u64) & 7) as f64;
        }
        m
    }

    fn place(&self, i: usize) -> usize {
        i / self.n * self.width + i % self.n
    }
}

impl Workload for Matrix {
    fn prepare(&mut self) {
        self.c.fill(0.0)
    }
    fn run(&mut self) {
        Product {
            c: self.c.as_mut_ptr(),
            a: self.a.as_ptr(),
            b: self.b.as_ptr(),
            n: self.n,
            width: self.width,
        }
        .multiply(self.base)
    }
    fn answer(&mut self) -> u64 {
        checksum((0..self.n * self.n).map(|i| self.c[self.place(i)] as u64))
    }
}

/// The merge sort with pieces of a grain, or rayon's own sort.
pub struct Sort {
    data: Vec<u64>,
    buffer: Vec<u64>,
    grain: Option<usize>,
}

impl Sort {
    pub fn new(n: usize, grain: Option<usize>) -> Sort {
        Sort { data: vec![0; n], buffer: vec![0; n], grain }
    }
}

impl Workload for Sort {
    fn prepare(&mut self) {
        for (i, x) in self.data.iter_mut().enumerate() {
            *x = mix(i as u64);
        }
    }
    fn run(&mut self) {
        match self.grain {
            Some(grain) => merge_sort(&mut self.data, &mut self.buffer, false, grain),
            None => self.data.par_sort_unstable(),
        }
    }
    fn answer(&mut self) -> u64 {
        checksum(self.data.iter().copied())
    }
}

fn merge_sort(data: &mut [u64], buffer: &mut [u64], into_buffer: bool, grain: usize) {
    let n = data.len();
    if n <= 16 {
        return insert(data, buffer, into_buffer);
    }
    let middle = n / 2;
    let (left, right) = data.split_at_mut(middle);
    let (left_buffer, right_buffer) = buffer.split_at_mut(middle);
    if n <= grain {
        merge_sort(left, left_buffer, !into_buffer, grain);
        merge_sort(right, right_buffer, !into_buffer, grain);
    } else {
        rayon::join(
            || merge_sort(left, left_buffer, !into_buffer, grain),
            || merge_sort(right, right_buffer, !into_buffer, grain),
        );
    }
    let (from, to) = if into_buffer { (data, buffer) } else { (buffer, data) };
    let (a, b) = from.split_at(middle);
    merge(a, b, to, grain);
}

fn insert(data: &mut [u64], buffer: &mut [u64], into_buffer: bool) {
    for i in 1..data.len() {
        let x = data[i];
        let mut k = i;
        while k > 0 && data[k - 1] > x {
            data[k] = data[k - 1];
            k -= 1;
        }
        data[k] = x;
    }
    if into_buffer {
        buffer.copy_from_slice(data);
    }
}

fn merge<'a>(mut a: &'a [u64], mut b: &'a [u64], out: &mut [u64], grain: usize) {
    if out.len() <= grain {
        return merge_here(a, b, out);
    }
    if a.len() < b.len() {
        std::mem::swap(&mut a, &mut b);
    }
    let cut_a = a.len() / 2;
    let cut_b = b.partition_point(|x| *x < a[cut_a]);
    let (left, right) = out.split_at_mut(cut_a + cut_b);
    rayon::join(
        || merge(&a[..cut_a], &b[..cut_b], left, grain),
        || merge(&a[cut_a..], &b[cut_b..], right, grain),
    );
}

fn merge_here(a: &[u64], b: &[u64], out: &mut [u64]) {
    let (mut i, mut k) = (0, 0);
    for x in out {
        if i == a.len() || (k < b.len() && b[k] < a[i]) {
            *x = b[k];
            k += 1;
        } else {
            *x = a[i];
            i += 1;
        }
    }
}
