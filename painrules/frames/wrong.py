"""What is wrong with a row: it is put to `explore`, which says so in its own words."""

from collections.abc import Iterable, Mapping
from typing import Any

from painrules.errors import Problem, shown
from painrules.frames.cells import amount_in, outcomes_in, words_in, yes_or_no
from painrules.frames.columns import NUMBERS, Use


class Arguments:
    """The arguments of `explore` that a row stands for, gathered cell by cell.

    Args:
        uses: What columns say.
        separator: Where a text with several words is cut.
    """

    def __init__(self, uses: Iterable[Use], separator: str) -> None:
        self._uses = tuple(uses)
        self._separator = separator

    def of(self, row: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        """The arguments, and what is wrong with cells that stand for none."""
        given: dict[str, Any] = {"present": [], "absent": [], "tried": {}}
        problems: list[Problem] = []
        for use in self._uses:
            cell = row[use.column]
            if cell is None:
                continue
            if use.role == "fact":
                self._fact(use, cell, given, problems)
            elif use.role in {"present", "absent"}:
                words = words_in(cell, self._separator)
                several = words if isinstance(words, list) else [words]
                given[use.role] += [word for word in several if word is not None]
            elif use.role in {"tried", "outcome"}:
                self._tried(use, cell, given["tried"], problems)
            elif use.role in NUMBERS:
                given[use.role] = amount_in(cell)
            else:
                given[use.role] = words_in(cell, self._separator)
        return given, problems

    def _fact(self, use: Use, cell: object, given: dict[str, Any], problems: list[Problem]) -> None:
        meant = yes_or_no(cell)
        if isinstance(meant, str):
            hint = "yes or no, true or false, 1 or 0; empty if it is not known"
            problems.append(Problem(use.column, f"{shown(cell)} says neither yes nor no", hint))
        elif meant is not None:
            given["present" if meant else "absent"].append(use.name)

    def _tried(
        self, use: Use, cell: object, given: dict[object, object], problems: list[Problem]
    ) -> None:
        if use.role == "outcome":
            outcomes: object = {use.name: words_in(cell, "")}
        else:
            outcomes = outcomes_in(cell, self._separator)
        if not isinstance(outcomes, Mapping):
            hint = f"write option=outcome, several with {shown(self._separator)} between"
            what = f"{shown(cell)} does not say what came of what"
            problems.append(Problem(use.column, what, hint))
            return
        for name, outcome in outcomes.items():
            if given.get(name, outcome) != outcome:
                what = f"{shown(name)} is named twice, with different outcomes"
                problems.append(Problem("tried", what))
            elif outcome is not None:
                given[name] = outcome
