# Sourced by ./check and ./demo from the repository root: install_packages GROUP... makes sure that
# the packages which tools/packages.txt lists for these groups are there. It says what it installs
# and why, and is silent and quick when nothing is missing.

# Prints "package  why" for each package of the groups in $* that is not installed.
missing_packages() {
  local command package why
  while read -r command package why; do
    case " $* " in *" $command "*) ;; *) continue ;; esac
    if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
      printf '%-24s %s\n' "$package" "$why"
    fi
  done < <(grep -v '^#' tools/packages.txt)
}

# Prints what to type by hand, and fails.
explain_by_hand() {
  echo "$1" >&2
  echo "Install them by hand and run this again:" >&2
  echo "  apt-get install --no-install-recommends" "${@:2}" >&2
  return 1
}

# Fails, with a message, when a package is missing and cannot be installed.
install_packages() {
  local missing packages sudo=()
  if ! command -v dpkg-query >/dev/null; then
    command -v bazel >/dev/null && return 0
    echo "This is no Debian system: install Bazel 4.2 and the libraries of tools/packages.txt." >&2
    return 1
  fi
  missing=$(missing_packages "$@")
  [ -z "$missing" ] && return 0
  mapfile -t packages < <(awk '{print $1}' <<<"$missing")
  printf 'Missing Debian packages:\n%s\n' "$missing"

  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      explain_by_hand "Installing them takes root, and there is no sudo here." "${packages[@]}"
      return
    fi
    sudo=(sudo)
    # Without a terminal nobody can type a password: fail at once instead of waiting for one.
    [ -t 0 ] || sudo=(sudo -n)
  fi
  echo "Installing them with ${sudo[*]:+${sudo[*]} }apt-get ..."
  if ! apt_quietly update; then
    echo "The package lists cannot be refreshed (offline?): trying with those at hand." >&2
  fi
  if ! apt_quietly install -y --no-install-recommends "${packages[@]}"; then
    explain_by_hand "apt-get could not install them: offline, not permitted, or not Debian 12?" \
      "${packages[@]}"
  fi
}

# apt-get with its output shown only when it fails. Uses the caller's array `sudo`.
apt_quietly() {
  local log status=0
  log=$(mktemp)
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q "$@" </dev/null >"$log" 2>&1 || status=$?
  [ "$status" = 0 ] || tail -n 15 "$log" >&2
  rm -f "$log"
  return "$status"
}
