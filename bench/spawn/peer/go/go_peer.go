// Go: a goroutine a task, joined by a WaitGroup. Speaks the protocol of bench/README.md.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

var (
	workers     = flag.Int("workers", 1, "GOMAXPROCS")
	task        = flag.String("task", "mark", "what a task does: mark, empty or queued")
	tasks       = flag.Int("tasks", 10000, "tasks a repetition")
	repetitions = flag.Int("repetitions", 10, "timed repetitions")
	warmup      = flag.Int("warmup", 1, "untimed repetitions before them")
	seconds     = flag.Float64("seconds", 1e9, "no repetition begins after this time")
)

// Variables, not functions, so that the compiler cannot inline what a task calls.
var (
	mark  = func(b *byte) { *b++ }
	empty = func(*byte) {}
)

type result struct {
	System       string  `json:"system"`
	Version      string  `json:"version"`
	Workers      int     `json:"workers"`
	Task         string  `json:"task"`
	Tasks        int     `json:"tasks"`
	WallNs       []int64 `json:"wall_ns"`
	CPUNs        []int64 `json:"cpu_ns"`
	ExecutedOnce []int64 `json:"executed_once"`
	FirstWallNs  int64   `json:"first_wall_ns"`
	PeakRSSBytes int64   `json:"peak_rss_bytes"`
	QueuedBytes  int64   `json:"queued_bytes"`
	StillQueued  int64   `json:"still_queued"`
}

func run(f func(*byte), bytes []byte, spawned func()) {
	var all sync.WaitGroup
	all.Add(len(bytes))
	for i := range bytes {
		go func(b *byte) {
			f(b)
			all.Done()
		}(&bytes[i])
	}
	if spawned != nil {
		spawned()
	}
	all.Wait()
}

func cpuNow() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		fail(err.Error())
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

func count(bytes []byte, value byte) (n int64) {
	for _, b := range bytes {
		if b == value {
			n++
		}
	}
	return n
}

// The value of a line "KEY:  123 kB" of one of the files, in bytes.
func memory(file, key string) int64 {
	text, err := os.ReadFile(file)
	if err != nil {
		return -1
	}
	for _, line := range strings.Split(string(text), "\n") {
		f := strings.Fields(line)
		if len(f) >= 2 && f[0] == key {
			kilobytes, _ := strconv.ParseInt(f[1], 10, 64)
			return kilobytes * 1024
		}
	}
	return -1
}

func repetition(f func(*byte), bytes []byte) (wall, cpu int64) {
	for i := range bytes {
		bytes[i] = 0
	}
	cpu = cpuNow()
	from := time.Now()
	run(f, bytes, nil)
	wall = time.Since(from).Nanoseconds()
	return wall, cpuNow() - cpu
}

func measure(r *result, bytes []byte) {
	begin := time.Now()
	f := mark
	if *task == "empty" {
		f = empty
	}
	for i := -*warmup; i < *repetitions; i++ {
		if i > 0 && time.Since(begin).Seconds() > *seconds {
			break
		}
		wall, cpu := repetition(f, bytes)
		if i == -*warmup {
			r.FirstWallNs = wall
		}
		if i >= 0 {
			r.WallNs = append(r.WallNs, wall)
			r.CPUNs = append(r.CPUNs, cpu)
		}
		if *task == "mark" {
			r.ExecutedOnce = append(r.ExecutedOnce, count(bytes, 1))
		}
	}
	// Empty tasks leave no trace: the same code is run with the function that marks.
	if *task == "empty" {
		repetition(mark, bytes)
		r.ExecutedOnce = append(r.ExecutedOnce, count(bytes, 1))
	}
}

func measureQueued(r *result, bytes []byte) {
	for i := range bytes {
		bytes[i] = 0
	}
	before := memory("/proc/self/smaps_rollup", "Rss:")
	run(mark, bytes, func() {
		r.QueuedBytes = memory("/proc/self/smaps_rollup", "Rss:") - before
		r.StillQueued = count(bytes, 0)
	})
	r.ExecutedOnce = append(r.ExecutedOnce, count(bytes, 1))
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, "go: "+message)
	os.Exit(2)
}

func main() {
	flag.Parse()
	switch {
	case flag.NArg() != 0:
		fail("unexpected argument " + flag.Arg(0))
	case *task != "mark" && *task != "empty" && *task != "queued":
		fail("no task '" + *task + "'")
	case *tasks < 1 || *workers < 1 || *repetitions < 1 || *warmup < 0:
		fail("--tasks, --workers and --repetitions are at least 1, --warmup at least 0")
	case *task == "queued" && *workers != 1:
		fail("--task=queued needs --workers=1")
	}
	runtime.GOMAXPROCS(*workers)
	r := result{System: "Go", Version: strings.TrimPrefix(runtime.Version(), "go"), Workers: *workers,
		Task: *task, Tasks: *tasks, WallNs: []int64{}, CPUNs: []int64{}}
	bytes := make([]byte, *tasks)
	if *task == "queued" {
		measureQueued(&r, bytes)
	} else {
		measure(&r, bytes)
	}
	r.PeakRSSBytes = memory("/proc/self/status", "VmHWM:")
	if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
		fail(err.Error())
	}
}
