// The workloads in Go: a goroutine a task, joined by a WaitGroup. The algorithms are those of
// bench/compare/workload.
package main

import (
	"sync"
)

type offer struct {
	name string
	make func(request) workload
}

var offers = []offer{
	{"fib", func(r request) workload { return number(func() uint64 { return fib(r.size) }) }},
	{"queens", func(r request) workload {
		return number(func() uint64 { return queens(board{}, 0, r.size) })
	}},
	{"skynet", func(r request) workload {
		return number(func() uint64 { return skynet(0, powerOfTen(r.size)) })
	}},
	{"uts", func(r request) workload { return number(func() uint64 { return uts(19, 0, r.size) }) }},
	{"matmul", matmul},
	{"loop", loop},
	{"sort", mergeSort},
	{"spawn", spawn},
	{"spawn_inside", spawn},
	{"task_length", taskLength},
	{"wake", wake},
	{"idle", idle},
	{"parked", parked},
}

func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}

func checksum(data []uint64) (sum uint64) {
	for i, x := range data {
		sum += x * uint64(2*i+1)
	}
	return sum
}

func number(call func() uint64) workload {
	var result uint64
	return workload{run: func() { result = call() }, answer: func() uint64 { return result }}
}

// f and g at the same time.
func fork(f, g func()) {
	var both sync.WaitGroup
	both.Add(1)
	go func() {
		f()
		both.Done()
	}()
	g()
	both.Wait()
}

// f(0) + ... + f(n - 1), each of them a task.
func sum(n int, f func(int) uint64) (total uint64) {
	if n == 0 {
		return 0
	}
	results := make([]uint64, n)
	var all sync.WaitGroup
	all.Add(n - 1)
	for i := 0; i < n-1; i++ {
		go func(i int) {
			results[i] = f(i)
			all.Done()
		}(i)
	}
	results[n-1] = f(n - 1)
	all.Wait()
	for _, x := range results {
		total += x
	}
	return total
}

func fib(n int) uint64 {
	if n < 2 {
		return uint64(n)
	}
	var a, b uint64
	fork(func() { a = fib(n - 1) }, func() { b = fib(n - 2) })
	return a + b
}

type board [16]int8

func (b *board) fits(row int, place int8) bool {
	for i := 0; i < row; i++ {
		apart := int(b[i]) - int(place)
		if apart < 0 {
			apart = -apart
		}
		if apart == 0 || apart == row-i {
			return false
		}
	}
	return true
}

func queens(b board, row, n int) uint64 {
	if row == n {
		return 1
	}
	var places [16]int8
	count := 0
	for c := int8(0); c < int8(n); c++ {
		if b.fits(row, c) {
			places[count] = c
			count++
		}
	}
	return sum(count, func(i int) uint64 {
		next := b
		next[row] = places[i]
		return queens(next, row+1, n)
	})
}

func powerOfTen(n int) uint64 {
	power := uint64(1)
	for ; n > 0; n-- {
		power *= 10
	}
	return power
}

func skynet(first, leaves uint64) uint64 {
	if leaves == 1 {
		return first
	}
	return sum(10, func(i int) uint64 { return skynet(first+uint64(i)*(leaves/10), leaves/10) })
}

func utsChildren(node uint64, depth, limit int) (count int) {
	if depth == 0 {
		return 4
	}
	if depth >= limit {
		return 0
	}
	draw := mix(node) >> 32
	for bound := uint64(0xcccccccc); draw < bound; bound = bound * 4 / 5 {
		count++
	}
	return count
}

func uts(node uint64, depth, limit int) uint64 {
	children := utsChildren(node, depth, limit)
	if children == 0 {
		return 1
	}
	return 1 + sum(children, func(i int) uint64 {
		return uts(mix(node+uint64(i)+1), depth+1, limit)
	})
}

// spawns function(i) for each i below n, one by one, and waits.
func spawnEach(n int, function func(int)) {
	var all sync.WaitGroup
	all.Add(n)
	for i := 0; i < n; i++ {
		go func(i int) {
			function(i)
			all.Done()
		}(i)
	}
	all.Wait()
}

func ones(bytes []byte) (n uint64) {
	for _, b := range bytes {
		if b == 1 {
			n++
		}
	}
	return n
}

func spawn(r request) workload {
	bytes := make([]byte, r.size)
	// A variable, so that the compiler cannot inline what a task calls.
	mark := func(b *byte) { *b++ }
	return workload{
		prepare: func() {
			for i := range bytes {
				bytes[i] = 0
			}
		},
		run:    func() { spawnEach(len(bytes), func(i int) { mark(&bytes[i]) }) },
		answer: func() uint64 { return ones(bytes) },
	}
}

func taskLength(r request) workload {
	numbers := make([]uint64, r.size)
	steps := r.grain
	return workload{
		prepare: func() {
			for i := range numbers {
				numbers[i] = uint64(i)
			}
		},
		run: func() {
			spawnEach(len(numbers), func(i int) {
				x := numbers[i]
				for k := 0; k < steps; k++ {
					x = (x^(x>>31))*6364136223846793005 + 1442695040888963407
				}
				numbers[i] = x
			})
		},
		answer: func() uint64 { return checksum(numbers) },
	}
}
