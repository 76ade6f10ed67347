"""The manual page in both languages, made from the commands, and the shells' completion, made by click.

`python -m tests.house.manual` writes them into `share/`, which the wheel installs; tests keep them in step.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module

import click
from click.shell_completion import get_completion_class

from judge_tui.cli import COMMANDS, _group
from judge_tui.i18n import translator
from tests.house.readme import ROOT

PAGES = {
    "en": ROOT / "share" / "man" / "man1" / "judge-tui.1",
    "zh": ROOT / "share" / "man" / "zh_CN" / "man1" / "judge-tui.1",
}
COMPLETIONS = {
    "bash": ROOT / "share" / "bash-completion" / "completions" / "judge-tui",
    "zsh": ROOT / "share" / "zsh" / "site-functions" / "_judge-tui",
    "fish": ROOT / "share" / "fish" / "vendor_completions.d" / "judge-tui.fish",
}
WORDS = {
    "en": {
        "name": "NAME",
        "what": "judge a contest offline, merge the judges' files, reveal a result that explains itself",
        "synopsis": "SYNOPSIS",
        "description": "DESCRIPTION",
        "options": "OPTIONS",
        "commands": "COMMANDS",
        "environment": "ENVIRONMENT",
        "home": "The folder of keys, settings and recent files, instead of the user's data folder.",
        "colour": "No colours where it is set.",
        "files": "FILES",
        "settings": "Language, theme, plain boxes and keys, in the user's data folder.",
        "status": "EXIT STATUS",
        "codes": "0 done, 1 something to mend (said in words on standard error), 2 wrong usage, 130 interrupted.",
        "examples": "EXAMPLES",
        "see": "SEE ALSO",
        "help": "shows the handbook without a network.",
    },
    "zh": {
        "name": "名称",
        "what": "擂台赛现场评分：离线打分，合并评委文件，揭晓能说明理由的结果",
        "synopsis": "用法",
        "description": "说明",
        "options": "选项",
        "commands": "命令",
        "environment": "环境变量",
        "home": "密钥、设置和最近文件所在的文件夹，代替用户数据目录。",
        "colour": "设置了就不用颜色。",
        "files": "文件",
        "settings": "语言、配色、普通边框和按键；在用户数据目录里。",
        "status": "退出码",
        "codes": "0 完成；1 有需要改正的地方（标准错误上用文字说明）；2 用法不对；130 中断。",
        "examples": "例子",
        "see": "另见",
        "help": "离线查看手册。",
    },
}
EXAMPLES = (
    "judge-tui demo",
    "judge-tui issue contest.toml --out today",
    "judge-tui pack stick --kits today",
    "judge-tui merge today/contest.db /media/stick",
    "judge-tui rank today/contest.db --explain 3",
)


def roff(text: str) -> str:
    """Text as a manual page's source carries it: nothing in it is taken for a command."""
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\b\n", "")
    return re.sub(r"^([.'])", r"\\&\1", re.sub(r"\s*\n\s*", "\n", plain.strip()), flags=re.M)


def manual(version: str) -> str:
    """The page in the language that the command line speaks in this process."""
    words = WORDS[translator.language]
    group = _group()
    context = click.Context(group, info_name="judge-tui")
    lines = [
        f'.TH JUDGE-TUI 1 "" "judge-tui {version}" ""',
        f".SH {words['name']}",
        f"judge-tui \\- {roff(words['what'])}",
        f".SH {words['synopsis']}",
        r".B judge-tui",
        r"[\-\-lang zh|en] [COMMAND] [ARGUMENTS]",
        f".SH {words['description']}",
        roff(group.help or ""),
        ".PP",
        roff(group.epilog or ""),
        f".SH {words['options']}",
        *_options(group, context),
        f".SH {words['commands']}",
    ]
    for name, place in COMMANDS.items():
        module, attribute = place.split(":")
        lines += _command(name, getattr(import_module(module), attribute), context)
    lines += [f".SH {words['environment']}"]
    lines += [".TP", ".B JUDGE_TUI_HOME", words["home"], ".TP", ".B NO_COLOR", words["colour"]]
    lines += [f".SH {words['files']}", ".TP", ".B settings.toml", words["settings"]]
    lines += [f".SH {words['status']}", words["codes"], f".SH {words['examples']}", ".nf", *map(roff, EXAMPLES), ".fi"]
    lines += [f".SH {words['see']}", r".B judge\-tui help", words["help"]]
    return "\n".join(lines) + "\n"


def _command(name: str, command: click.Command, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join(piece for piece in command.collect_usage_pieces(context))
    return [f".SS judge\\-tui {roff(name)} {roff(usage)}", roff(command.help or ""), *_options(command, context)]


def _options(command: click.Command, context: click.Context) -> list[str]:
    lines = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and "--help" not in record[0]:
            lines += [".TP", f".B {roff(record[0])}", roff(record[1]) or "\\&"]
    return lines


def made(language: str) -> str:
    """The page in a language; in a process of its own, for help texts keep the language they were loaded in."""
    code = (
        f"from judge_tui.i18n import translator; translator.switch({language!r})\n"
        "from judge_tui import __version__; from tests.house.manual import manual\n"
        "import sys; sys.stdout.reconfigure(encoding='utf-8'); print(manual(__version__), end='')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def completion(shell: str) -> str:
    """What a shell sources to complete our commands; it asks the program itself each time, so new commands need no new one."""
    source = get_completion_class(shell)
    assert source is not None
    text = source(_group(), {}, "judge-tui", "_JUDGE_TUI_COMPLETE").source()
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


if __name__ == "__main__":
    texts = {path: made(language) for language, path in PAGES.items()}
    texts |= {path: completion(shell) for shell, path in COMPLETIONS.items()}
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
