# Sets up a clone: Debian's packages, uv, and .venv with folkmoot in it. Sourced by ./run, ./test, ./fix and ./bench.
# Needs only bash on Debian 12 with Python 3.11. Call: setup run | setup test | setup bench

# Debian's packages: what weasyprint draws PDF with, and for the tests a browser, a database and a word processor.
RUN_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation ca-certificates"
TEST_PACKAGES="$RUN_PACKAGES chromium postgresql libreoffice-writer python3-uno poppler-utils"
UV_VERSION="0.13.9"

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

setup() {
    local profile="$1" python lock groups stamp
    case "$profile" in
        run) install_debian_packages $RUN_PACKAGES || return 1; lock="requirements/run.txt" ;;
        test) install_debian_packages $TEST_PACKAGES || return 1; lock="requirements/test.txt" ;;
        bench) install_debian_packages $TEST_PACKAGES || return 1; lock="requirements/test.txt requirements/bench.txt" ;;
    esac
    python="$(python_311)" || return 1
    stamp="$(cat pyproject.toml $lock | sha256sum)"
    if [ -x .venv/bin/folkmoot ] && [ "$(cat .venv/.folkmoot-setup 2>/dev/null)" = "$profile $stamp $PWD" ]; then
        return
    fi
    if [ ! -x .tools/bin/uv ]; then
        "$python" -m pip --version >/dev/null 2>&1 || install_debian_packages python3-pip || return 1
        "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
            --target .tools "uv==$UV_VERSION" >&2 || return 1
    fi
    export UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
    [ -x .venv/bin/python ] || .tools/bin/uv venv --quiet --python "$python" .venv || return 1
    # The run profile never takes away what ./test or ./bench installed.
    if [ "$profile" = run ]; then
        .tools/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/run.txt || return 1
    else
        for groups in $lock; do
            .tools/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$groups" || return 1
        done
    fi
    # hatchling builds the editable package; --no-deps keeps everything else to the lock.
    .tools/bin/uv pip install --quiet --python .venv/bin/python --no-deps --editable . || return 1
    printf '%s' "$profile $stamp $PWD" > .venv/.folkmoot-setup
}
