#!/bin/bash
# A Docker daemon for the tests, in a place of its own.
#   eval "$(.ci/docker.sh start)"   start it, installing Debian's docker.io if need be; sets DOCKER_HOST
#   .ci/docker.sh stop              remove its containers, stop it and delete what it stored
# Where no daemon can run, `start` says why on standard error and fails; the tests then skip.
set -euo pipefail

state="$(cd "$(dirname "$0")/.." && pwd)/build/docker"
socket="$state/docker.sock"
pid_file="$state/docker.pid"

start() {
    if ! command -v dockerd >/dev/null; then
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends docker.io; } \
            >/dev/null 2>&1 || { echo "docker.io cannot be installed" >&2; return 1; }
    fi
    mkdir -p "$state"
    # No bridge and no packet filter: the sandbox's containers have no network, and the machine that
    # runs the tests may not let us make one. The driver is overlay2 wherever the file system allows.
    setsid dockerd --iptables=false --ip6tables=false --bridge=none \
        --host "unix://$socket" --pidfile "$pid_file" \
        --data-root "$state/data" --exec-root "$state/run" >"$state/log" 2>&1 </dev/null &
    for _ in $(seq 100); do
        if [ -S "$socket" ] && DOCKER_HOST="unix://$socket" docker version >/dev/null 2>&1; then
            echo "export DOCKER_HOST=unix://$socket"
            return 0
        fi
        kill -0 $! 2>/dev/null || break
        sleep 0.2
    done
    echo "dockerd does not start: $(tail -n 1 "$state/log")" >&2
    stop
    return 1
}

stop() {
    if [ -S "$socket" ]; then
        export DOCKER_HOST="unix://$socket"
        docker ps --all --quiet | xargs --no-run-if-empty docker rm --force >/dev/null || true
    fi
    if [ -f "$pid_file" ]; then
        daemon="$(cat "$pid_file")"
        kill "$daemon" 2>/dev/null || true
        for _ in $(seq 100); do
            kill -0 "$daemon" 2>/dev/null || break
            sleep 0.1
        done
        kill -9 "$daemon" 2>/dev/null || true
    fi
    rm -rf "$state"
}

"$@"
