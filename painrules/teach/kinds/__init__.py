"""The kinds of question, each with what makes it.

`cases` asks about a case as a whole, `options` about its options, `knowledge` about what the pack knows besides. To add
a kind: a value of `ItemKind`, a stem in the pack, a function that drafts it here, and one in `recheck` that derives its
key.
"""

from collections.abc import Callable
from functools import partial

from painrules.teach.draw import Draw
from painrules.teach.kinds import cases, knowledge, options
from painrules.teach.kinds.bench import Bench, Draft
from painrules.vocab import ItemKind

Maker = Callable[[Bench, Draw], Draft | None]

MAKERS: dict[ItemKind, Maker] = {
    ItemKind.MECHANISM: cases.mechanism,
    ItemKind.CATEGORIES: cases.categories,
    ItemKind.FIRST_LINE: options.first_line,
    ItemKind.LATER_LINE: options.later_line,
    ItemKind.NOT_SUPPORTED: options.not_supported,
    ItemKind.CAUTION: options.caution,
    ItemKind.RED_FLAG: cases.red_flag,
    ItemKind.ASK_NEXT: cases.ask_next,
    ItemKind.MATCH: knowledge.match,
    ItemKind.ORDER: knowledge.order,
    ItemKind.SOURCE: knowledge.source,
}
"""What makes each kind, but for true and false, which take turns."""


def maker(kind: ItemKind, *, true: bool) -> Maker:
    """What makes a kind; a true-or-false question is true or false as asked."""
    if kind is ItemKind.TRUE_FALSE:
        return partial(knowledge.true_false, wanted=true)
    return MAKERS[kind]


__all__ = ["Bench", "Draft", "Maker", "maker"]
