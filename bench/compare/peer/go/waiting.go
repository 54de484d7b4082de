// Workloads in Go about sleep and memory.
package main

import (
	"runtime"
	"sync"
	"time"
)

// One goroutine for a runtime that sleeps. The main goroutine keeps its thread, which is thereby
// outside of the k that GOMAXPROCS leaves to the others, and sleeps meanwhile.
func wake(r request) workload {
	runtime.LockOSThread()
	runtime.GOMAXPROCS(r.workers + 1)
	var waited time.Duration
	runs := uint64(0)
	begun := make(chan time.Time)
	return workload{
		prepare: func() {
			time.Sleep(2 * time.Millisecond)
			runs = 0
		},
		run: func() {
			from := time.Now()
			go func() { begun <- time.Now() }()
			waited = (<-begun).Sub(from)
			runs++
		},
		answer: func() uint64 { return runs },
		value:  func() float64 { return float64(waited.Nanoseconds()) },
	}
}

// Processor time while there is nothing to do, in per cent of a core.
func idle(r request) workload {
	duration := time.Duration(r.size) * time.Millisecond
	runs := uint64(0)
	percent := 0.0
	return workload{
		prepare: func() {
			done := make(chan bool)
			runs = 0
			go func() { done <- true }()
			<-done
			runs++
			time.Sleep(50 * time.Millisecond)
		},
		run: func() {
			before := cpuNow()
			time.Sleep(duration)
			percent = float64(cpuNow()-before) / float64(duration.Nanoseconds()) * 100
		},
		answer: func() uint64 { return runs },
		value:  func() float64 { return percent },
	}
}

const rollUp, residentKey = "/proc/self/smaps_rollup", "Rss:"

// Memory of each goroutine that waits for a channel.
func parked(r request) workload {
	ended := uint64(0)
	perTask := 0.0
	return workload{
		run: func() {
			before := memory(rollUp, residentKey)
			open := make(chan bool)
			var begun, done sync.WaitGroup
			var counting sync.Mutex
			begun.Add(r.size)
			done.Add(r.size)
			for i := 0; i < r.size; i++ {
				go func() {
					begun.Done()
					<-open
					counting.Lock()
					ended++
					counting.Unlock()
					done.Done()
				}()
			}
			begun.Wait()
			time.Sleep(50 * time.Millisecond)
			perTask = float64(memory(rollUp, residentKey)-before) / float64(r.size)
			close(open)
			done.Wait()
		},
		answer: func() uint64 { return ended },
		value:  func() float64 { return perTask },
	}
}
