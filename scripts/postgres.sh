# A PostgreSQL server of our own for one test run, in a folder that goes when the run ends. Sourced by ./test.

POSTGRES_FOLDER=""
POSTGRES_URL=""

# initdb and postgres refuse root, so root lends them to Debian's own database user.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

free_port() {
    .venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start_postgres() {
    local programs port log
    # Debian keeps its servers in one folder a version, off the path; the newest is last.
    programs="$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)"
    [ -x "$programs/initdb" ] || { say "folkmoot: PostgreSQL's server programs were not found."; return 1; }
    POSTGRES_FOLDER="$(mktemp -d /tmp/folkmoot-postgresql.XXXXXX)"
    log="$POSTGRES_FOLDER/log"
    [ "$(id -u)" != 0 ] || chown postgres "$POSTGRES_FOLDER"
    port="$(free_port)"
    as_postgres "$programs/initdb" --pgdata "$POSTGRES_FOLDER/data" --auth trust --username postgres \
        --encoding UTF8 --locale C.UTF-8 --no-sync >/dev/null || return 1
    # A test database may be lost when the machine stops, so nothing waits for the disk.
    as_postgres "$programs/pg_ctl" --pgdata "$POSTGRES_FOLDER/data" --log "$log" --wait --silent --options "\
        -p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$POSTGRES_FOLDER \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start || { cat "$log" >&2; return 1; }
    POSTGRES_PROGRAMS="$programs"
    POSTGRES_URL="postgresql://postgres@127.0.0.1:$port/postgres"
}

stop_postgres() {
    [ -n "$POSTGRES_FOLDER" ] || return 0
    as_postgres "$POSTGRES_PROGRAMS/pg_ctl" --pgdata "$POSTGRES_FOLDER/data" --mode immediate --silent stop
    rm -rf "$POSTGRES_FOLDER"
    POSTGRES_FOLDER=""
}
