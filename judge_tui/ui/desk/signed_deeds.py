"""How a deed is done at the table: a reason and a signer are asked for, then it is signed in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message
from judge_tui.ui.desk.table import Table
from judge_tui.ui.dialogs.reason import ReasonDialog, Signed

Act = Callable[[], object]


class SignedDeeds:
    """The name last signed with is offered again."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._by = ""
        self.try_again: Callable[[], None] = lambda: None
        """How waiting files are tried again; whoever collects sets it."""

    def do(self, act: Act, done: Message, *, announces: bool = False, then: Callable[[], object] | None = None) -> None:
        """Do this in a thread of its own, then look again; an error is shown and nothing has changed. `announces` says that
        files may have waited for it: they are tried again at once. `then` follows where it was done."""
        self._table.screen.run_worker(partial(self._do, act, done, announces, then), thread=True, group="deed")

    def _do(self, act: Act, done: Message, announces: bool, then: Callable[[], object] | None) -> None:
        app = self._table.screen.app
        app.call_from_thread(self._table.working, 1)
        try:
            act()
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        else:
            app.call_from_thread(self._table.say, done)
            app.call_from_thread(self._table.reload)
            if announces:
                app.call_from_thread(self.try_again)
            if then is not None:
                app.call_from_thread(then)
        finally:
            app.call_from_thread(self._table.working, -1)

    def ask(
        self,
        title: Message,
        text: Message,
        act: Callable[[str, tuple[str, ...]], object],
        done: Message,
        *,
        announces: bool = False,
        why: Message | None = None,
    ) -> None:
        """Ask for reason (or what `why` says instead) and signer, then do it."""

        def answered(signed: Signed | None) -> None:
            if signed is not None:
                self.remember(signed)
                self.do(partial(act, signed.reason, signed.by), done, announces=announces)

        self._table.screen.app.push_screen(ReasonDialog(title, text, by=self._by, why=why), answered)

    def remember(self, signed: Signed) -> None:
        """Offer this name next time."""
        self._by = "、".join(signed.by)

    @property
    def by(self) -> str:
        """The name last signed with."""
        return self._by
