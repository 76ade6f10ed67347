"""The group of all commands: language first, errors in words, exit codes as shells expect them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from judge_tui import __version__, settings
from judge_tui.cli import COMMANDS, EXIT_ERROR, EXIT_INTERRUPTED
from judge_tui.cli.errors import show_error
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg, verbatim
from judge_tui.i18n import speak_everywhere
from judge_tui.i18n import translator as _t


class OpenedError(Exception):
    """A key that was locked has been opened: the command is to be run again."""


class LazyGroup(click.Group):
    """Loads a command's module when it is called, so that `--version` and one command stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        _speak(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1)
            if not close:
                raise
            name = f"`judge-tui {close[0]}`"
            words = msg("{wrong} Did you mean {name}?", wrong=verbatim(error.message), name=name)
            raise click.UsageError(_t(words), ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except JudgeTuiError as error:
            if error.code == "PASSPHRASE" and _unlocked():
                raise OpenedError from error
            show_error(error)
            ctx.exit(EXIT_ERROR)
        except BrokenPipeError:
            raise
        except OSError as error:  # a disk or a folder in a place where nobody asked
            what = str(error.filename or error.filename2 or "")
            show_error(
                JudgeTuiError(
                    "DISK",
                    msg("{file}: {what}", file=what or "judge-tui", what=verbatim(error.strerror or error)),
                    msg("Make sure that the disk has room and can be written, then try again."),
                )
            )
            ctx.exit(EXIT_ERROR)


def _speak(command: click.Command) -> None:
    """What stands for options, texts and numbers in the line of usage, in the reader's language; click does not ask for it."""
    command.options_metavar = _t(msg("[OPTIONS]"))
    for item in command.params:
        if isinstance(item, click.Option) and item.metavar is None and not item.is_flag:
            if item.type is click.STRING:
                item.metavar = _t(msg("TEXT"))
            elif item.type is click.INT:
                item.metavar = _t(msg("NUMBER"))


def _unlocked() -> bool:
    from judge_tui.cli.unlocking import unlocked

    return unlocked()


def run_group(arguments: list[str] | None = None) -> None:
    """Run the command line with these arguments (None: the process's own)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = _language_first(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(arguments)
    except click.Abort:
        sys.exit(EXIT_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    sys.exit(code if isinstance(code, int) else 0)


def _run(arguments: list[str]) -> Any:
    """The command, and once more each time a locked key was opened for it."""
    while True:
        try:
            return make_group().main(args=arguments, prog_name="judge-tui", standalone_mode=False)
        except OpenedError:
            continue


def _language_first(arguments: list[str]) -> list[str]:
    """Speak the language of `--lang` before the first help text is written; it may stand anywhere, and is put first."""
    chosen, rest = [], []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--lang":
            chosen += [word, *([follows] if (follows := next(words, None)) is not None else [])]
        else:
            (chosen if word.startswith("--lang=") else rest).append(word)
    wanted = chosen[-1].removeprefix("--lang=") if chosen else ""
    try:
        language = wanted if wanted in ("zh", "en") else settings.load().language or settings.system_language()
    except JudgeTuiError as error:
        show_error(error)
        language = settings.system_language()
    _t.switch(language if language in ("zh", "en") else "en")
    speak_everywhere(_t.language)
    return [*chosen, *rest]


def make_group() -> click.Group:
    """The group with all commands, its help in the language spoken now."""

    @click.group(
        cls=LazyGroup,
        invoke_without_command=True,
        options_metavar=_t(msg("[OPTIONS]")),
        subcommand_metavar=_t(msg("[COMMAND] [ARGS]...")),
        help=_t(msg("Judge a contest offline, merge the judges' files, rank them, and reveal the result.")),
        epilog=_t(msg("With no command: the start screen. `judge-tui demo` shows a whole contest in two minutes.")),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    @click.option(
        "--lang", type=click.Choice(["zh", "en"]), help=_t(msg("Language: zh or en (default: the system's)."))
    )
    @click.version_option(__version__, "--version", prog_name="judge-tui", help=_t(msg("Show the version and exit.")))
    @click.pass_context
    def judge_tui(ctx: click.Context, lang: str | None) -> None:
        if ctx.invoked_subcommand is None:
            from judge_tui.cli.start import start

            start()

    return judge_tui
