#!/bin/sh
# Opens the publisher's desk on macOS by a double click in Finder; the same as desk.sh.
exec sh "$(dirname "$0")/desk.sh" "$@"
