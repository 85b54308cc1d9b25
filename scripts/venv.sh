#!/bin/sh
# usage: venv.sh PYTHON REQUIREMENTS - makes .venv if it is missing and installs the pinned packages into it.
set -eu
python=$1
requirements=$2

command -v "$python" >/dev/null || {
    echo "python3 is missing. Install it first: apt-get install python3 python3-venv" >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed; $python is $("$python" --version 2>&1). Choose another: make PYTHON=/path/to/python3" >&2
    exit 1
}
if ! [ -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    rm -rf .venv
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian ships python3 without ensurepip, in a package of its own.
        "$(dirname "$0")/need.sh" python3-venv
        "$python" -c 'import ensurepip, venv' || {
            echo "$python cannot make virtual environments; install its venv package or choose another: make PYTHON=/usr/bin/python3" >&2
            exit 1
        }
    fi
    echo "Making .venv with $("$python" --version) ..."
    "$python" -m venv .venv
fi
echo "Installing $requirements ..."
.venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet --requirement "$requirements"
