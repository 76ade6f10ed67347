"""How much is listened to, and from whom: sizes, seconds and rates, each in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from judge_tui.services.sync.wire import MAX_REQUEST

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a hub. Rates are requests a second with a burst; `address` is one laptop's network address.

    Enrolled judges are limited by their own key, so that a hall behind one address is no crowd; whoever is not enrolled is
    limited by address.
    """

    body: int = MAX_REQUEST
    body_seconds: float = 10.0
    head_seconds: float = 10.0
    idle_seconds: float = 75.0
    connections: int = 2_000
    address_connections: int = 64
    judge_rate: float = 20.0
    judge_burst: float = 60.0
    stranger_rate: float = 20.0
    stranger_burst: float = 200.0
    authors_a_kit: int = 16
    take_seconds: float = 20.0
    batch: int = 1_024
    pause: float = 0.02
    log_lines: int = 20_000


@dataclass(slots=True)
class Bucket:
    """Tokens that fill up again with time; `clock` gives seconds that only rise."""

    rate: float
    burst: float
    clock: Callable[[], float]
    _tokens: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._tokens, self._at = self.burst, self.clock()

    def take(self) -> bool:
        """Whether there is a token for one more."""
        now = self.clock()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    @property
    def full(self) -> bool:
        """Whether nothing was taken for so long that the bucket need not be remembered."""
        return self._tokens + (self.clock() - self._at) * self.rate >= self.burst


class Buckets(Generic[Key]):
    """One bucket for each key; full ones are forgotten, so that memory does not grow with whoever ever called."""

    MOST = 10_000

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._held: dict[Key, Bucket] = {}

    def take(self, key: Key) -> bool:
        """Whether this one may have one more."""
        bucket = self._held.get(key)
        if bucket is None:
            if len(self._held) >= self.MOST:
                self._held = {one: held for one, held in self._held.items() if not held.full}
            bucket = self._held.setdefault(key, Bucket(self._rate, self._burst, self._clock))
        return bucket.take()
