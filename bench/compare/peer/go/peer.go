// The frame of the Go peer: protocol, measurement and output of bench/README.md.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

type request struct {
	workload    string
	size, grain int
	workers     int
}

// A workload of one size, ready to be repeated.
type workload struct {
	prepare func()
	run     func()
	answer  func() uint64
	value   func() float64 // what run measured itself, where wall time is not the point
}

type result struct {
	System       string    `json:"system"`
	Version      string    `json:"version"`
	Workload     string    `json:"workload"`
	Size         int       `json:"size"`
	Grain        int       `json:"grain"`
	Workers      int       `json:"workers"`
	Values       []float64 `json:"values"`
	CPUNs        []float64 `json:"cpu_ns"`
	Answers      []uint64  `json:"answers"`
	First        float64   `json:"first"`
	PeakRSSBytes int64     `json:"peak_rss_bytes"`
}

// Processor time of the process in nanoseconds. Not getrusage: it counts in microseconds, and an
// idle process takes less.
func cpuNow() int64 {
	const processCPUTime = 2 // CLOCK_PROCESS_CPUTIME_ID
	var t syscall.Timespec
	_, _, failed := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, processCPUTime,
		uintptr(unsafe.Pointer(&t)), 0)
	if failed != 0 {
		fail(failed.Error())
	}
	return t.Nano()
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

func repeat(w workload, r *result) (value, cpu float64) {
	if w.prepare != nil {
		w.prepare()
	}
	cpuBefore := cpuNow()
	from := time.Now()
	w.run()
	value = float64(time.Since(from).Nanoseconds())
	cpu = float64(cpuNow() - cpuBefore)
	r.Answers = append(r.Answers, w.answer())
	if w.value != nil {
		value = w.value()
	}
	return value, cpu
}

func measure(w workload, warmup, repetitions int, seconds float64, r *result) {
	begin := time.Now()
	for i := -warmup; i < repetitions; i++ {
		if i > 0 && time.Since(begin).Seconds() > seconds {
			break
		}
		value, cpu := repeat(w, r)
		if i == -warmup {
			r.First = value
		}
		if i >= 0 {
			r.Values = append(r.Values, value)
			r.CPUNs = append(r.CPUNs, cpu)
		}
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, "go: "+message)
	os.Exit(2)
}

func main() {
	list := flag.Bool("list", false, "print the name, the version and the workloads, and end")
	name := flag.String("workload", "", "what to run")
	size := flag.Int("size", 0, "how much of it")
	grain := flag.Int("grain", 0, "how finely")
	workers := flag.Int("workers", 1, "GOMAXPROCS")
	repetitions := flag.Int("repetitions", 10, "measured repetitions")
	warmup := flag.Int("warmup", 1, "repetitions before them")
	seconds := flag.Float64("seconds", 1e9, "no repetition begins after this time")
	flag.Parse()
	version := strings.TrimPrefix(runtime.Version(), "go")
	if *list {
		names := []string{}
		for _, o := range offers {
			names = append(names, o.name)
		}
		print(map[string]interface{}{"system": "Go", "version": version, "workloads": names})
		return
	}
	if flag.NArg() != 0 {
		fail("unexpected argument " + flag.Arg(0))
	}
	if *workers < 1 || *repetitions < 1 || *warmup < 0 {
		fail("--workers and --repetitions are at least 1, --warmup at least 0")
	}
	for _, o := range offers {
		if o.name == *name {
			runtime.GOMAXPROCS(*workers)
			r := result{System: "Go", Version: version, Workload: *name, Size: *size, Grain: *grain,
				Workers: *workers}
			measure(o.make(request{*name, *size, *grain, *workers}), *warmup, *repetitions, *seconds, &r)
			r.PeakRSSBytes = memory("/proc/self/status", "VmHWM:")
			print(r)
			return
		}
	}
	fail("Go has no workload '" + *name + "'; --list names them")
}

func print(line interface{}) {
	if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
		fail(err.Error())
	}
}
