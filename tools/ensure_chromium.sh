#!/bin/sh
# Chromium for the browser tests: uses the one that is there, else installs it with apt (as root or with sudo).
# Never fails: the tests themselves decide what a missing browser means (skipped at a desk, failed when CI=true).
set -u

for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && "$name" --version >/dev/null 2>&1; then
        exit 0
    fi
done

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1; then
    # Without a terminal nobody can type a password.
    if [ -t 0 ]; then as_root="sudo"; else as_root="sudo -n"; fi
else
    as_root="missing"
fi

if [ "$as_root" != missing ] && command -v apt-get >/dev/null 2>&1; then
    echo "Chromium belum ada; memasangnya dengan apt … (installing Chromium)"
    log=$(mktemp)
    if { $as_root apt-get -o Acquire::Retries=3 update &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 install \
            --yes --no-install-recommends chromium fonts-liberation; } >"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -n 20 "$log"
    rm -f "$log"
fi

echo "Chromium tidak dapat dipasang. Pasang sendiri, atau beri tahu tempatnya: CHROMIUM=/jalur/ke/chromium make test"
echo "(Chromium could not be installed. Install it, or set CHROMIUM to its path.)"
exit 0
