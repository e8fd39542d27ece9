"""Writing a file of everything that fits its layout, and naming what does not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from exchange.dbf.writing import Unwritable

Item = TypeVar("Item")
Built = TypeVar("Built")


@dataclass(frozen=True, slots=True)
class Fitted(Generic[Item, Built]):
    """What was built of the items that fit, and the items that do not with the sentence why."""

    built: Built
    fit: Sequence[Item]
    unfit: Sequence[tuple[Item, str]]


def build_of_fitting(items: Sequence[Item], build: Callable[[Sequence[Item]], Built]) -> Fitted[Item, Built]:
    """Build of all items, or, when one does not fit, of those that fit taken alone."""
    try:
        return Fitted(build(items), items, ())
    except Unwritable:
        judged = [(item, _why_unfit(item, build)) for item in items]
    fit = [item for item, why in judged if not why]
    return Fitted(build(fit), fit, [(item, why) for item, why in judged if why])


def _why_unfit(item: Item, build: Callable[[Sequence[Item]], Built]) -> str:
    try:
        build([item])
    except Unwritable as error:
        return str(error)
    return ""
