#!/bin/sh
# Chromium and Firefox for the browser tests: uses those that are there, else installs them with apt (as root or with
# sudo). Never fails: the tests themselves decide what a missing browser means (skipped at a desk, failed when CI=true).
set -u

is_there() {
    for name in "$@"; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && "$name" --version >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1; then
        # Without a terminal nobody can type a password.
        if [ -t 0 ]; then as_root="sudo"; else as_root="sudo -n"; fi
    else
        return 1
    fi
    log=$(mktemp)
    if { $as_root apt-get -o Acquire::Retries=3 update &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 install \
            --yes --no-install-recommends "$@"; } >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 20 "$log"
    rm -f "$log"
    return 1
}

ensure() { # NAME VARIABLE "PACKAGES" COMMAND…
    browser=$1 variable=$2 packages=$3
    shift 3
    if is_there "$@"; then
        return
    fi
    echo "$browser belum ada; memasangnya dengan apt … (installing $browser)"
    # Packages are words of their own.
    # shellcheck disable=SC2086
    if ! install $packages; then
        echo "$browser tidak dapat dipasang. Pasang sendiri, atau beri tahu tempatnya: $variable=/jalur/ke/$browser make test"
        echo "($browser could not be installed. Install it, or set $variable to its path.)"
    fi
}

ensure Chromium CHROMIUM "chromium fonts-liberation" \
    "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable
ensure Firefox FIREFOX "firefox-esr" "${FIREFOX:-}" firefox-esr firefox
exit 0
