#!/bin/sh
# Programs that the tests run. Missing ones are installed when root, else the one line
# to run is printed.
set -eu

missing=""
need() {
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need git git
need zsh zsh
need fish fish
need msgcat gettext
need chromium chromium
need pdftotext poppler-utils
need soffice libreoffice-writer
need xmllint libxml2-utils
need java default-jre-headless
need ps procps
need fc-list fontconfig
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list :lang=ko family)" ]; then
    missing="$missing fonts-noto-cjk fonts-nanum"
fi
[ -n "$missing" ] || exit 0

line="apt-get install --yes --no-install-recommends$missing"
if [ "$(id -u)" -ne 0 ]; then
    echo "the tests need programs that are not here; run: sudo $line" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet=2
# shellcheck disable=SC2086 # one word per package
$line --quiet=2 >/dev/null
