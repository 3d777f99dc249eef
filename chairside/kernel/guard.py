"""Who may come through a domain's front door."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from chairside.kernel.op import Op

P = ParamSpec("P")
R = TypeVar("R")
Door = Callable[Concatenate[Op, P], Coroutine[Any, Any, R]]


def needs(*permissions: str) -> Callable[[Door[P, R]], Door[P, R]]:
    """Refuse the operation unless its actor holds the permission, or one of several; which of them is then the door's
    to look at (`op.may`)."""

    def guarded(door: Door[P, R]) -> Door[P, R]:
        @wraps(door)
        async def enter(op: Op, /, *args: P.args, **kwargs: P.kwargs) -> R:
            op.require(*permissions)
            return await door(op, *args, **kwargs)

        enter.needs = " | ".join(permissions)  # type: ignore[attr-defined]
        return enter

    return guarded


def open_to_all(reason: str) -> Callable[[Door[P, R]], Door[P, R]]:
    """A door before sign-in; the reason stands in the permission table."""

    def mark(door: Door[P, R]) -> Door[P, R]:
        door.needs = f"nobody: {reason}"  # type: ignore[attr-defined]
        return door

    return mark
