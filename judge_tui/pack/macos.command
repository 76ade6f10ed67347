#!/bin/sh
# 双击运行。Double-click to start.
exec sh "$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)/program/start.sh" "$@"
