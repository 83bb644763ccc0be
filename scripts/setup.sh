# Sets up a clone: Debian's packages, uv, and .venv with folkmoot in it. Sourced by ./run, ./test, ./fix and ./bench.
# Needs only bash on Debian 12 with Python 3.11. Call: setup run | setup fix | setup test | setup bench

# Debian's packages: what weasyprint draws PDF with, and for the tests a browser, a database and a word processor.
RUN_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation ca-certificates"
TEST_PACKAGES="$RUN_PACKAGES chromium postgresql libreoffice-writer python3-uno poppler-utils dovecot-imapd"
CLONE="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# Whatever the machine's language, we read and write UTF-8.
export LC_ALL=C.UTF-8 PYTHONUTF8=1

say() { printf '%s\n' "$*" >&2; }

python_311() {
    local candidate
    for candidate in python3.11 /usr/bin/python3.11 python3; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; raise SystemExit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    say "folkmoot: Python 3.11 is needed and was not found. On Debian 12: apt-get install python3"
    return 1
}

install_debian_packages() {
    local package missing=""
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
    done
    [ -z "$missing" ] && return
    if [ "$(id -u)" != 0 ]; then
        say "folkmoot: these Debian packages are missing. Please run:"
        say "    sudo apt-get install --no-install-recommends$missing"
        return 1
    fi
    say "Installing Debian packages:$missing"
    # shellcheck disable=SC2086
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends $missing; } >&2 </dev/null
}

install_uv() {
    [ -x .tools/bin/uv ] && return
    local python="$1"
    "$python" -m pip --version >/dev/null 2>&1 || install_debian_packages python3-pip || return 1
    # --target needs no virtual environment and passes Debian's guard of its own Python.
    "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
        --target .tools --no-deps --require-hashes -r requirements/uv.txt >&2
}

# One stamp a profile: what a wider profile installed is never taken away by a narrower one.
is_set_up() { [ -x .venv/bin/folkmoot ] && [ "$(cat ".venv/.folkmoot-$1" 2>/dev/null)" = "$2" ]; }

setup_here() {
    local profile="$1" packages="" locks="requirements/test.txt" covers="run fix" python stamp lock covered
    case "$profile" in
        run) packages="$RUN_PACKAGES" locks="requirements/run.txt" covers="run" ;;
        fix) ;;
        test) packages="$TEST_PACKAGES" covers="run fix test" ;;
        bench) packages="$TEST_PACKAGES" locks="$locks requirements/bench.txt" covers="run fix test bench" ;;
    esac
    # shellcheck disable=SC2086
    install_debian_packages $packages || return 1
    python="$(python_311)" || return 1
    stamp="$(cat pyproject.toml requirements/*.txt | sha256sum) $PWD"
    is_set_up "$profile" "$stamp" && return
    install_uv "$python" || return 1
    export UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
    [ -x .venv/bin/python ] || .tools/bin/uv venv --quiet --python "$python" .venv || return 1
    for lock in $locks; do
        .tools/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock" || return 1
    done
    # hatchling builds the editable package; --no-deps keeps everything else to the lock.
    .tools/bin/uv pip install --quiet --python .venv/bin/python --no-deps --editable . || return 1
    for covered in $covers; do
        printf '%s' "$stamp" > ".venv/.folkmoot-$covered"
    done
}

setup() {
    (cd "$CLONE" && setup_here "$1") || { say "folkmoot: the set-up did not finish; the lines above say why."; return 1; }
}
