#!/bin/bash
# usage: postgres.sh COMMAND... - runs COMMAND with DATABASE_URL of a throw-away PostgreSQL, then removes the server.
# It listens on loopback only, on a free port, in a folder of its own; as root it runs under another user, since initdb
# refuses root.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/need.sh" postgresql
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

folder=$(mktemp -d "${TMPDIR:-/tmp}/p2emas-postgres-XXXXXX")
if [ "$(id -u)" = 0 ]; then
    owner=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$owner" "$folder"
    as() { (cd "$folder" && runuser -u "$owner" -- "$@"); }
else
    as() { (cd "$folder" && "$@"); }
fi
clean() {
    status=$?
    trap - EXIT INT TERM HUP
    if [ -f "$folder/data/postmaster.pid" ]; then
        as "$bin/pg_ctl" --pgdata "$folder/data" --mode immediate --silent stop >/dev/null 2>&1 || true
    fi
    rm -rf "$folder"
    exit "$status"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

password=$(python3 -c 'import secrets; print(secrets.token_hex(16))')
as sh -c 'umask 077; printf %s "$1" > password' - "$password"
as "$bin/initdb" --pgdata "$folder/data" --username p2emas --pwfile "$folder/password" \
    --auth scram-sha-256 --encoding UTF8 --locale C.UTF-8 --no-sync >"$folder.log" 2>&1 || {
    cat "$folder.log" >&2
    rm -f "$folder.log"
    exit 1
}
rm -f "$folder.log"
started=
for attempt in 1 2 3 4 5; do
    # The port is free now, but may be taken a moment later: then the next try takes another.
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c max_connections=200"
    options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=256MB"
    if as "$bin/pg_ctl" --pgdata "$folder/data" --log "$folder/server.log" --options "$options" \
        --wait --timeout 60 --silent start >/dev/null; then
        started=yes
        break
    fi
    echo "PostgreSQL did not start on port $port (try $attempt)." >&2
done
[ -n "$started" ] || {
    cat "$folder/server.log" >&2
    exit 1
}
echo "PostgreSQL $(basename "$(dirname "$bin")") on 127.0.0.1:$port, only for this run."
PGPASSWORD=$password "$bin/createdb" --host 127.0.0.1 --port "$port" --username p2emas p2emas
DATABASE_URL="postgres://p2emas:$password@127.0.0.1:$port/p2emas" "$@"
