// The workloads on arrays in Go.
package main

import "sort"

func loop(r request) workload {
	out := make([]uint64, r.size)
	pieces := (r.size + r.grain - 1) / r.grain
	return workload{
		prepare: func() {
			for i := range out {
				out[i] = 0
			}
		},
		run: func() {
			spawnEach(pieces, func(piece int) {
				to := (piece + 1) * r.grain
				if to > len(out) {
					to = len(out)
				}
				for i := piece * r.grain; i < to; i++ {
					out[i] = mix(uint64(i))
				}
			})
		},
		answer: func() uint64 { return checksum(out) },
	}
}

// A product of square matrices by quadrants; the slices begin at the quadrant, `width` is the
// length of a row of the whole.
type product struct {
	c, a, b  []float64
	n, width int
}

func (p product) here() {
	for i := 0; i < p.n; i++ {
		c := p.c[i*p.width:][:p.n]
		for k := 0; k < p.n; k++ {
			factor := p.a[i*p.width+k]
			b := p.b[k*p.width:][:p.n]
			for j := range c {
				c[j] += factor * b[j]
			}
		}
	}
}

func (p product) quadrant(q, round int) product {
	half := p.n / 2
	row, column := (q>>1)*half, (q&1)*half
	return product{p.c[row*p.width+column:], p.a[row*p.width+round*half:],
		p.b[round*half*p.width+column:], half, p.width}
}

func multiply(p product, base int) {
	if p.n <= base {
		p.here()
		return
	}
	for round := 0; round < 2; round++ {
		sum(4, func(q int) uint64 {
			multiply(p.quadrant(q, round), base)
			return 0
		})
	}
}

// Each row has a cache line of its own behind it, as in the programs in C++.
func matmul(r request) workload {
	n, width := r.size, r.size+8
	place := func(i int) int { return i/n*width + i%n }
	a, b, c := make([]float64, n*width), make([]float64, n*width), make([]float64, n*width)
	for i := 0; i < n*n; i++ {
		a[place(i)] = float64(mix(uint64(i)) & 7)
		b[place(i)] = float64(mix(uint64(i+n*n)) & 7)
	}
	return workload{
		prepare: func() {
			for i := range c {
				c[i] = 0
			}
		},
		run: func() { multiply(product{c, a, b, n, width}, r.grain) },
		answer: func() uint64 {
			whole := make([]uint64, n*n)
			for i := range whole {
				whole[i] = uint64(c[place(i)])
			}
			return checksum(whole)
		},
	}
}

type sorter struct {
	data, buffer []uint64
	grain        int
}

func (s sorter) sort(from, to int, intoBuffer bool) {
	if to-from <= 16 {
		s.insert(from, to, intoBuffer)
		return
	}
	middle := from + (to-from)/2
	if to-from <= s.grain {
		s.sort(from, middle, !intoBuffer)
		s.sort(middle, to, !intoBuffer)
	} else {
		fork(func() { s.sort(from, middle, !intoBuffer) }, func() { s.sort(middle, to, !intoBuffer) })
	}
	in, out := s.buffer, s.data
	if intoBuffer {
		in, out = s.data, s.buffer
	}
	s.merge(in[from:middle], in[middle:to], out[from:to])
}

func (s sorter) insert(from, to int, intoBuffer bool) {
	data := s.data[from:to]
	for i := 1; i < len(data); i++ {
		x := data[i]
		k := i
		for ; k > 0 && data[k-1] > x; k-- {
			data[k] = data[k-1]
		}
		data[k] = x
	}
	if intoBuffer {
		copy(s.buffer[from:to], data)
	}
}

func (s sorter) merge(a, b, out []uint64) {
	if len(a)+len(b) <= s.grain {
		mergeHere(a, b, out)
		return
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	cutA := len(a) / 2
	cutB := sort.Search(len(b), func(i int) bool { return b[i] >= a[cutA] })
	middle := cutA + cutB
	fork(func() { s.merge(a[:cutA], b[:cutB], out[:middle]) },
		func() { s.merge(a[cutA:], b[cutB:], out[middle:]) })
}

func mergeHere(a, b, out []uint64) {
	for k := range out {
		if len(a) == 0 || (len(b) != 0 && b[0] < a[0]) {
			out[k] = b[0]
			b = b[1:]
		} else {
			out[k] = a[0]
			a = a[1:]
		}
	}
}

func mergeSort(r request) workload {
	s := sorter{make([]uint64, r.size), make([]uint64, r.size), r.grain}
	return workload{
		prepare: func() {
			for i := range s.data {
				s.data[i] = mix(uint64(i))
			}
		},
		run:    func() { s.sort(0, len(s.data), false) },
		answer: func() uint64 { return checksum(s.data) },
	}
}
