#!/bin/bash
# The command check_corpus: its last line, its exit status, and what it says about wrong input.
set -u
check=$1
rows=$2
failed=0

expect() {  # what, wanted status, wanted text (extended regular expression), command...
  local what=$1 status=$2 text=$3 got
  shift 3
  "$@" >"$TEST_TMPDIR/out" 2>&1
  got=$?
  if [[ $got != "$status" ]] || ! tail -n 1 "$TEST_TMPDIR/out" | grep -Eq -- "$text"; then
    echo "FAILED: $what: status $got, wanted $status and '$text'; the output ends with"
    tail -n 5 "$TEST_TMPDIR/out"
    failed=1
  fi
}

# The first row of the file, with one execution too many.
gzip -dc "$rows" | head -n 1 | sed 's/"execs":\([0-9]*\)/"execs":1\1/g' >"$TEST_TMPDIR/wrong.jsonl"
gzip -dc "$rows" | head -c 3000 >"$TEST_TMPDIR/cut.jsonl"
head -c 3000 "$rows" >"$TEST_TMPDIR/cut.jsonl.gz"

totals='executions=[0-9]+ runs=[0-9]+ wasted=0 duplicates=0 seconds=[0-9.]+$'
expect "all models agree" 0 "^rows=2992 agree=2992 disagree=0 $totals" \
  "$check" --model=all "$rows"
expect "the default is one model" 0 "^rows=748 agree=748 disagree=0 $totals" "$check" "$rows"
expect "a wrong row is found" 1 '^rows=1 agree=0 disagree=1 ' \
  "$check" --model=sc "$TEST_TMPDIR/wrong.jsonl"
expect "the same as JSON" 1 '^rows=1 agree=0 disagree=1 ' \
  "$check" --json --model=tso "$TEST_TMPDIR/wrong.jsonl"
differs='^\{"id":.*"agree":false,"execs":[0-9]+,"states":\[\[.*"difference":'
head -n 1 "$TEST_TMPDIR/out" | grep -Eq "$differs" || {
  echo "FAILED: the row as JSON: $(head -n 1 "$TEST_TMPDIR/out")"
  failed=1
}
expect "a file that is not there" 2 'no-such-file: cannot be opened' "$check" no-such-file
expect "a folder" 2 'is a folder' "$check" "$TEST_TMPDIR"
expect "a row that is cut" 2 'cut.jsonl:[0-9]+: ' "$check" "$TEST_TMPDIR/cut.jsonl"
expect "a file that is cut" 2 'cut.jsonl.gz: is damaged' "$check" "$TEST_TMPDIR/cut.jsonl.gz"
expect "an unknown model" 2 'help' "$check" --model=arm "$rows"
expect "no file" 2 'help' "$check"
exit $failed
