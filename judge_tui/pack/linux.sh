#!/bin/sh
# 双击（选“在终端中运行”），或在终端里运行：sh 开始-START-Linux.sh
exec sh "$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)/program/start.sh" "$@"
