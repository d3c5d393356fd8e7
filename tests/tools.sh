#!/bin/sh
# Programs and fonts that the tests need. Missing ones are installed when root, else the
# one line to run is printed.
set -eu

missing=""
need() { # PROGRAM PACKAGE
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need_font() { # FAMILY PACKAGE
    [ -n "$(fc-list "$1" family 2>/dev/null)" ] || missing="$missing $2"
}
need_library() { # FILE PACKAGE
    PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep -q "$1" || missing="$missing $2"
}
need git git
need zsh zsh
need fish fish
need msgcat gettext
need chromium chromium
need firefox firefox-esr
need pandoc pandoc
need pdftotext poppler-utils
need soffice libreoffice-writer
need xmllint libxml2-utils
need java default-jre-headless
need jekyll jekyll
need ps procps
need fc-list fontconfig
need_library libatomic.so.1 libatomic1
need_font "DejaVu Sans" fonts-dejavu-core
need_font "Liberation Serif" fonts-liberation
need_font "NanumMyeongjo" fonts-nanum
need_font "Noto Serif CJK KR" fonts-noto-cjk
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    install="apt-get install --yes --no-install-recommends$missing"
    echo "the tests need programs and fonts that are not here; run:" >&2
    echo "sudo apt-get update && sudo $install" >&2
    exit 1
fi
echo "installing for the tests:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet=2
# shellcheck disable=SC2086 # one word per package
apt-get install --yes --no-install-recommends --quiet=2 $missing >/dev/null
