#!/bin/bash
# install_test.sh INSTALL_SH: the installing half of ./check, with dpkg-query, id, sudo and apt-get
# replaced by scripts that write down how they were called.
set -euo pipefail
install_sh=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fake() {
  printf '#!/bin/bash\n%s\n' "$2" >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}

# A system with the packages present-a and present-b, root, and an apt-get that succeeds.
prepare() {
  rm -rf "$work/bin" "$work/tools" "$work/calls"
  mkdir -p "$work/bin" "$work/tools"
  cp "$install_sh" "$work/tools/install.sh"
  printf '%s\n' '# comment' 'check present-a needed by tests' 'check lacking-a needed by all' \
    'peers lacking-b only to compare' 'clang present-b compiler' >"$work/tools/packages.txt"
  : >"$work/calls"
  fake dpkg-query 'case "${!#}" in present-*) echo -n installed ;; *) exit 1 ;; esac'
  fake id 'echo 0'
  fake apt-get "echo \"apt-get \$*\" >>$work/calls"
  for tool in bash cat mktemp rm tail awk grep env; do
    ln -s "$(command -v "$tool")" "$work/bin/$tool"
  done
}

# Runs install_packages "$@"; sets $output and $status.
run() {
  status=0
  output=$(cd "$work" && PATH=$work/bin bash -c 'set -euo pipefail
    . tools/install.sh; install_packages "$@"' - "$@" 2>&1 </dev/null) || status=$?
}

expect() {  # expect WHAT CONDITION...
  if ! "${@:2}"; then
    printf 'FAILED: %s\nstatus %s, output:\n%s\ncalls:\n' "$1" "$status" "$output"
    cat "$work/calls"
    failures=$((failures + 1))
  fi
}
says() { grep -qF -e "$1" <<<"$output"; }
called() { grep -qE -e "$1" "$work/calls"; }
silent() { [ -z "$output" ] && [ ! -s "$work/calls" ]; }
fails() { [ "$status" != 0 ]; }
succeeds() { [ "$status" = 0 ]; }
not() { ! "$@"; }

prepare
run clang
expect "nothing missing: success" succeeds
expect "nothing missing: not a word, no call" silent

prepare
run check
expect "as root: success" succeeds
expect "as root: says what and why" says "needed by all"
expect "as root: does not mention what is there" not says "present-a"
expect "as root: installs what is missing, and only that" called '^apt-get .*install .* lacking-a$'
expect "as root: takes no recommended packages" called '--no-install-recommends'
expect "as root: leaves other groups alone" not called 'lacking-b'

prepare
run check peers
expect "two groups: installs both" called 'install .* lacking-a lacking-b$'

prepare
fake id 'echo 1000'
run check
expect "no root, no sudo: fails" fails
expect "no root, no sudo: says why" says "takes root, and there is no sudo"
expect "no root, no sudo: says what to type" \
  says "apt-get install --no-install-recommends lacking-a"
expect "no root, no sudo: calls nothing" not called apt-get

prepare
fake id 'echo 1000'
fake sudo "echo \"sudo \$*\" >>$work/calls"
run check
expect "no root, sudo: uses it" called '^sudo -n env .*apt-get .*install .*lacking-a$'

prepare
fake apt-get "echo \"apt-get \$*\" >>$work/calls; case \"\$*\" in *update*) exit 100 ;; esac"
run check
expect "lists out of reach: tries those at hand" called 'install .* lacking-a$'
expect "lists out of reach: says so" says "offline?"
expect "lists out of reach: success all the same" succeeds

prepare
fake apt-get 'echo "E: no such package"; exit 100'
run check
expect "apt-get fails: fails" fails
expect "apt-get fails: shows its words" says "E: no such package"
expect "apt-get fails: says what to type" says "apt-get install --no-install-recommends lacking-a"

prepare
rm "$work/bin/dpkg-query"
run check
expect "not Debian, no Bazel: fails" fails
expect "not Debian, no Bazel: says what is needed" says "tools/packages.txt"

prepare
rm "$work/bin/dpkg-query"
fake bazel 'exit 0'
run check
expect "not Debian, but Bazel: goes on" succeeds

echo "$failures failures"
[ "$failures" = 0 ]
