#!/bin/sh
# The README on bare machines: for each Debian release a new root with nothing but python3,
# python3-venv and make, a clone of HEAD in it, and there, as root, `make demo`, what the
# README says to install and to type, word for word, and `make test`.
#
#   sudo sh tests/fresh.sh                 bookworm and trixie
#   sudo sh tests/fresh.sh trixie          one of them
#
# FRESH=DIR   where the roots and their logs lie (a new folder; about 6 GB a release).
# MIRROR=URL  where debootstrap finds Debian.
#
# What this machine needs to reach its package registries (name servers, certificates,
# settings of pip and npm) goes along; nothing else of it does.
set -eu

[ "$(id -u)" -eq 0 ] || { echo "debootstrap and chroot need root: sudo sh $0" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "run: apt-get install debootstrap" >&2; exit 1; }

here=$(cd "$(dirname "$0")/.." && pwd)
place=${FRESH:-$(mktemp -d /var/tmp/fresh.XXXXXX)}
mkdir -p "$place"

bare() { # RELEASE ROOT: a new root, as debootstrap leaves it
    [ -d "$place/$1.bare" ] || {
        debootstrap --variant=minbase --include=python3,python3-venv,make \
            "$1" "$place/$1.part" ${MIRROR:+"$MIRROR"} >"$place/$1.bootstrap.log"
        mv "$place/$1.part" "$place/$1.bare"
    }
    rm -rf "$2"
    cp -a "$place/$1.bare" "$2"
}

way_out() { # ROOT: how this machine reaches its registries
    cp -L /etc/resolv.conf /etc/hosts "$1/etc/"
    for path in /etc/ssl/certs/ca-certificates.crt /etc/pip.conf /etc/npmrc; do
        if [ -f "$path" ]; then
            mkdir -p "$1$(dirname "$path")"
            cp -L "$path" "$1$path"
        fi
    done
    if [ -f "$HOME/.npmrc" ]; then cp "$HOME/.npmrc" "$1/root/.npmrc"; fi
}

inside() { # ROOT COMMAND: run a shell command in the clone, with a process tree of its own
    # shellcheck disable=SC2016 # the inner shell expands
    unshare --mount --pid --fork sh -euc '
        mount -t proc proc "$1/proc"
        mount --rbind /dev "$1/dev"
        exec chroot "$1" /usr/bin/env -i HOME=/root TERM=dumb LANG=C.UTF-8 \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            $3 sh -euc "cd /root/translate_flow; $2"
    ' sh "$1" "$2" "$(env | grep -E '^(PIP_CERT|PIP_DEFAULT_TIMEOUT|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS|[a-z_]*_proxy)=' || true)"
}

timed() { # ROOT NAME COMMAND: run it, and say how it ended and how long it took
    start=$(date +%s)
    code=0
    inside "$1" "$3" || code=$?
    echo "== $2: exit $code after $(($(date +%s) - start)) s"
    return "$code"
}

# shellcheck disable=SC2016 # the shell inside expands
readme='sed -n "/^python3 -m venv/,/^\`\`\`/p" README.md | sed "\$d" >/tmp/install
    . /tmp/install; python3 tests/pages.py README.md'

packages() { chroot "$1" dpkg-query --show | wc -l; }

failed=0
for release in "${@:-bookworm trixie}"; do
    for name in $release; do
        root=$place/$name log=$place/$name.log
        echo "== $name: bare root"
        bare "$name" "$root"
        way_out "$root"
        git clone --quiet --no-hardlinks "$here" "$root/root/translate_flow"
        before=$(packages "$root")
        if {
            timed "$root" "make demo" "make demo" &&
                timed "$root" "the README" "$readme" &&
                timed "$root" "make test" "make test"
        } >"$log" 2>&1; then ended=passed; else ended=FAILED failed=1; fi
        grep -E '^(== |[0-9]+ (passed|failed)|(FAILED|ERROR|SKIPPED) )' "$log" | tail -60
        size=$(du -sm --one-file-system "$root" | cut -f1)
        env=$(du -sm "$root/root/translate_flow/.venv" 2>/dev/null | cut -f1)
        echo "== $name $ended: $before packages before, $(packages "$root") after;" \
            "$size MB, of which the environment ${env:-0} MB; log: $log"
    done
done
exit "$failed"
