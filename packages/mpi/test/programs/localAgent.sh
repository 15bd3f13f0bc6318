#!/bin/sh
# In place of ssh: runs the command of mpirun on this computer, whatever the name of the host (the first argument) is. Each host
# has a folder of its own for its sockets, because two daemons that make the same folder at the same time disturb each other.
TMPDIR="${TMPDIR:-/tmp}/$1"
export TMPDIR
mkdir -p "$TMPDIR"
shift
exec sh -c "$*"
