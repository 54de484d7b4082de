#!/bin/sh
# add_shares.sh EXECUTIONS NO_MACHINE_RUN FILE...: passes iff the files are all shares of one
# exploration, each was explored, none fails, and their executions add up to EXECUTIONS, those that
# no machine of views runs to NO_MACHINE_RUN. Prints the outcomes of all.
set -eu

expected=$1
expected_without_run=$2
shift 2

member() {  # NAME FILE
  sed -n "s/^\"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$2"
}

sum=0
without_run=0
index=0
split=$(member split "$1")
for file in "$@"; do
  [ "$(member share "$file")" = "$index/$#" ] || { echo "$file is not share $index/$#"; exit 1; }
  [ "$(member split "$file")" = "$split" ] || { echo "$file is of another split"; exit 1; }
  if [ "$(member explored "$file")" != true ]; then
    echo "share $index was not explored:"
    sed -n 's/^"report": "\(.*\)"$/\1/p' "$file" | sed 's/\\u000a/\n/g'
    exit 1
  fi
  sum=$((sum + $(member executions "$file")))
  without_run=$((without_run + $(member no_machine_run "$file")))
  index=$((index + 1))
done
sed -n 's/^{"count": \([0-9]*\), "outcome": "\(.*\)"},\{0,1\}$/\1 \2/p' "$@" |
  awk '{ n = $1; sub(/^[0-9]* /, ""); sum[$0] += n }
       END { for (o in sum) printf "%12d  %s\n", sum[o], o }' | sort -k2
if [ "$sum" != "$expected" ]; then
  echo "the number of complete executions is a golden value: expected $expected, actual $sum"
  exit 1
fi
if [ "$without_run" != "$expected_without_run" ]; then
  echo "how many executions no machine of views runs is a golden value:" \
    "expected $expected_without_run, actual $without_run (wyn_model_test has no_machine_run for it)"
  exit 1
fi
echo "$sum executions in $# shares"
