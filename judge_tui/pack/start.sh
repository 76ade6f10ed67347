#!/bin/sh
# Starts judge-tui from the folder above this one: nothing is installed, no network is used.
program=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 1
root=$(dirname -- "$program")

say() {
    printf '%s\n' "$@" >&2
}

leave() {
    if [ -n "$JUDGE_TUI_HOLD" ]; then
        printf '%s' "按回车关闭窗口 / Press Enter to close this window: " >&2
        read -r _
    fi
    exit "$1"
}

# Double-clicked without a terminal: open one and start again in it.
if [ $# -eq 0 ] && ! { [ -t 0 ] && [ -t 1 ]; }; then
    JUDGE_TUI_HOLD=1
    export JUDGE_TUI_HOLD
    for terminal in x-terminal-emulator deepin-terminal mate-terminal gnome-terminal konsole xfce4-terminal xterm; do
        command -v "$terminal" >/dev/null 2>&1 || continue
        case $terminal in
        gnome-terminal) exec "$terminal" -- sh "$0" ;;
        mate-terminal | xfce4-terminal) exec "$terminal" -x sh "$0" ;;
        *) exec "$terminal" -e sh "$0" ;;
        esac
    done
    say "请打开终端，运行： / Open a terminal and run:" "  sh '$0'"
    exit 1
fi

# Of the Pythons on this laptop, the first that the pack has libraries for.
ask='import platform, sys
machine = platform.machine().lower()
mac = sys.platform == "darwin"
system = "macos" if mac else "linux"
machine = {"amd64": "x86_64", "arm64": "arm64" if mac else "aarch64"}.get(machine, machine)
print(f"{sys.version_info[0]}.{sys.version_info[1]} {system}-{machine}")'
python=
for name in python3 python3.14 python3.13 python3.12 python3.11 /usr/local/bin/python3 /opt/homebrew/bin/python3; do
    answer=$("$name" -c "$ask" 2>/dev/null) || continue
    version=${answer% *}
    platform=${answer#* }
    [ -r "$program/lib/$platform/pythons.txt" ] || continue
    read -r served <"$program/lib/$platform/pythons.txt"
    case " $served " in
    *" $version "*)
        python=$name
        break
        ;;
    esac
done
if [ -z "$python" ]; then
    if [ -n "${platform-}" ] && [ ! -r "$program/lib/$platform/pythons.txt" ]; then
        say "这个文件夹没有适用于本机（$platform）的程序。" \
            "This folder has no program for this laptop ($platform); it has: $(ls "$program/lib")"
    else
        say "这台笔记本需要 Python ${served:-3.11} 之一（现有：${version:-无}）。请用系统的软件商店安装 python3，或换一台。" \
            "This laptop needs one of Python ${served:-3.11} (it has: ${version:-none}). Install python3, or use another laptop."
    fi
    leave 1
fi

PYTHONPATH=$program/app:$program/lib/$platform
PYTHONNOUSERSITE=1
export PYTHONPATH PYTHONNOUSERSITE
case ${1-} in
'') set -- sit "$root/kits" ;;
*.judge) set -- score "$@" ;;
esac
"$python" -m judge_tui "$@" && exit 0
leave $?
