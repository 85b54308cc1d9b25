#!/bin/sh
# usage: need.sh chromium|postgresql|python3-venv - installs it by apt when root; else says what to install and fails.
set -eu
what=$1

present() {
    case $what in
        chromium) command -v chromium >/dev/null ;;
        postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ;;
        python3-venv) false ;; # the caller has looked already
        *) echo "need.sh knows no '$what'" >&2; exit 2 ;;
    esac
}

present && exit 0
case $what in
    chromium) packages="chromium fonts-dejavu-core fonts-liberation" ;;
    *) packages=$what ;;
esac
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "$what is missing. Install it and try again: sudo apt-get install $packages" >&2
    exit 1
fi
echo "Installing $packages by apt-get ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq </dev/null
# shellcheck disable=SC2086 # the names are meant to be split
apt-get install -y -qq --no-install-recommends $packages </dev/null >/dev/null
[ "$what" = python3-venv ] || present || {
    echo "$what is still missing after apt-get install $packages." >&2
    exit 1
}
