"""The pytest plugin: ``pytest --painrules-pack my_pack/`` makes tests of a pack. Without that option it does nothing.

Each example of each rule, each case, each kind of finding and each law becomes a test of its own, with a name that says
what it is about, and the file and line where it stands. No test file and no code are needed.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from painrules.check.report import Report
    from painrules.model.pack import Pack
    from painrules.packs.gather import Located
    from painrules.packs.load import Reading

Try = Callable[[], str]
"""Tries something out, and returns what is wrong; empty: nothing."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("painrules", "rule packs of painrules")
    group.addoption(
        "--painrules-pack",
        action="append",
        default=[],
        metavar="FOLDER",
        help="make tests of this rule pack: its examples, cases, findings and laws (may be given several times)",
    )
    group.addoption(
        "--painrules-points",
        type=int,
        default=50,
        metavar="NUMBER",
        help="on how many profiles each law is tried (50)",
    )
    group.addoption(
        "--painrules-cover",
        type=float,
        default=None,
        metavar="PERCENT",
        help="fail if the cases of a pack exercise fewer of its rules than this",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Adds the tests of each pack that is asked for."""
    for folder in config.getoption("--painrules-pack"):
        node = PackNode.from_parent(
            session, name=str(folder), nodeid=str(folder), folder=Path(folder)
        )
        items.extend(node.collect())


def pytest_terminal_summary(
    terminalreporter: Any,  # noqa: ANN401 - pytest does not name its type
    config: pytest.Config,
) -> None:
    """Says what the cases of each pack exercise."""
    for folder in config.getoption("--painrules-pack"):
        told = _coverage_told(Path(folder))
        if told:
            terminalreporter.section(f"coverage of {folder}")
            terminalreporter.write_line(told)


def _coverage_told(folder: Path) -> str:
    from painrules.check import coverage  # noqa: PLC0415 - only if it is asked for
    from painrules.errors import PainrulesError  # noqa: PLC0415 - the same

    try:
        found = coverage(folder)
    except PainrulesError:
        return ""
    missing = [f"no case exercises rule {name}" for name in found.rules.missing]
    return "\n".join([str(found).split("\nmissing", 1)[0], *missing])


class PackNode(pytest.Collector):
    """A pack."""

    def __init__(self, *, folder: Path, **more: Any) -> None:  # noqa: ANN401 - what pytest wants
        super().__init__(**more)
        self.folder = folder

    @cached_property
    def reading(self) -> "Reading":
        """The pack, read without trying its examples out: each of them is a test."""
        from painrules.packs import read_pack  # noqa: PLC0415 - only if it is asked for

        return read_pack(self.folder, examples=False)

    @cached_property
    def report(self) -> "Report":
        """What looking at the pack finds, and what proving does."""
        from painrules.check import check_pack  # noqa: PLC0415 - only if it is asked for

        return check_pack(self.folder, prove=True)

    def collect(self) -> Iterator["PackItem"]:
        """The tests of the pack; one that fails if it cannot be loaded."""
        reading = self.reading
        if reading.pack is None:
            yield self._item("loads", self.folder / "pack.yaml", 1, self._problems)
            return
        yield from self._of_records(reading.pack)
        yield from self._of_findings()
        yield from self._of_laws(reading.pack)
        least = self.config.getoption("--painrules-cover")
        if least is not None:
            header = self.folder / "pack.yaml"
            yield self._item("coverage of rules", header, 1, lambda: self._uncovered(least))

    def _item(self, name: str, file: Path, line: int, tried: Try) -> "PackItem":
        item = PackItem.from_parent(self, name=name, nodeid=f"{file}::{name}", tried=tried)
        item.place = (file, line)
        return item

    def _problems(self) -> str:
        from painrules.errors import RulePackError  # noqa: PLC0415 - only if it is asked for

        reading = self.reading
        label = f"rule pack '{reading.label}'"
        return str(RulePackError(reading.problems, label, more=reading.more))

    def _of_records(self, pack: "Pack") -> Iterator["PackItem"]:
        """Examples and cases, in the order in which they stand in the files."""
        from painrules.explore import Explorer  # noqa: PLC0415 - only if it is asked for
        from painrules.model.case import Case  # noqa: PLC0415 - the same
        from painrules.model.rule import Rule  # noqa: PLC0415 - the same

        explorer, shown = Explorer(pack), _Examples(pack)
        for item in sorted(self.reading.records, key=lambda one: one.place.order):
            record = item.record
            if isinstance(record, Case):
                tried = _case(record, explorer)
                yield self._at(f"case {record.id}", item, (), tried)
            elif isinstance(record, Rule):
                for kind, verb in (("fires", "is in force in"), ("spares", "spares")):
                    for number, _ in enumerate(getattr(record.examples, kind)):
                        name = f"{record.id} {verb} example {number + 1}"
                        steps = ("examples", kind, number)
                        yield self._at(name, item, steps, shown.tried(record, kind, number))

    def _at(
        self, name: str, item: "Located", steps: tuple[str | int, ...], tried: Try
    ) -> "PackItem":
        _, line, _ = item.place.of(*steps).rsplit(":", 2)
        inside = item.place.file.partition("/")[2]
        return self._item(name, self.folder / inside, int(line), tried)

    def _of_findings(self) -> Iterator["PackItem"]:
        """One test for each kind of finding, but for those of reading, which examples and loading show."""
        from painrules.check.findings import PROVED, STATIC  # noqa: PLC0415 - only if it is asked for

        for kind, held in {**STATIC, **PROVED}.items():
            if kind != "failed_case" and held.severity != "note":
                name = f"finds no {kind}"
                yield self._item(name, self.folder, 1, lambda kind=kind: self._found(kind))  # type: ignore[misc]

    def _found(self, kind: str) -> str:
        found = [str(one) for one in self.report.of(kind)]
        open_ = [name for one in self.report.proofs if one.about == kind for name in one.undecided]
        if open_ and not found:
            pytest.skip(f"not decided without python-sat: {', '.join(open_)}")
        return "\n".join(found)

    def _of_laws(self, pack: "Pack") -> Iterator["PackItem"]:
        """One test for each law."""
        from painrules.testing import laws  # noqa: PLC0415 - only if it is asked for
        from painrules.testing.laws import trials  # noqa: PLC0415 - the same

        most = self.config.getoption("--painrules-points")
        for name, tries in trials(pack, most=most).items():
            said = (getattr(laws, name).__doc__ or name).partition("\n")[0].rstrip(".")
            yield self._item(f"{name} {said.partition(': ')[2]}", self.folder, 1, _law(tries))

    def _uncovered(self, least: float) -> str:
        from painrules.check import coverage  # noqa: PLC0415 - only if it is asked for

        found = coverage(self.folder).rules
        if found.percent >= least:
            return ""
        missing = "\n".join(f"    no case exercises rule {name}" for name in found.missing)
        return f"{found}, fewer than {least:g} %\n{missing}"


def _case(case: Any, explorer: Any) -> Try:  # noqa: ANN401 - imported only if it is asked for
    from painrules.check.cases import failures  # noqa: PLC0415 - only if it is asked for

    return lambda: "\n".join(failures(case, explorer))


class _Examples:
    """Tries examples of rules out."""

    def __init__(self, pack: "Pack") -> None:
        from painrules.engine import BitmapEngine  # noqa: PLC0415 - only if it is asked for
        from painrules.model.facts import FactsBuilder  # noqa: PLC0415 - the same

        self._pack, self._engine, self._builder = pack, BitmapEngine(pack), FactsBuilder(pack)

    def tried(self, rule: Any, kind: str, number: int) -> Try:  # noqa: ANN401 - imported only if it is asked for
        """Whether a rule is in force in an example, as it should be or should not."""
        from painrules.errors import PainrulesError  # noqa: PLC0415 - only if it is asked for
        from painrules.packs.examples import in_force, profile_of  # noqa: PLC0415 - the same

        def tried() -> str:
            example = getattr(rule.examples, kind)[number]
            try:
                profile = profile_of(example, self._pack)
                found = in_force(rule, profile, self._engine, self._builder, self._pack)
            except (PainrulesError, ValueError) as error:
                return str(error)
            if found is (kind == "fires"):
                return ""
            verb = "is in force" if found else "is not in force"
            return f"rule '{rule.id}' {verb} in this example: look at when, unless and the file's scope"

        return tried


def _law(tries: list[Callable[[], None]]) -> Try:
    from painrules.errors import PainrulesError  # noqa: PLC0415 - only if it is asked for
    from painrules.testing.laws import LawError  # noqa: PLC0415 - only if it is asked for

    def tried() -> str:
        for one in tries:
            try:
                one()
            except (LawError, PainrulesError) as error:
                return str(error)
        return ""

    return tried


class WrongError(Exception):
    """Something in a pack is wrong."""


class PackItem(pytest.Item):
    """One thing that is tried out."""

    place: tuple[Path, int]
    """File and line."""

    def __init__(self, *, tried: Try, **more: Any) -> None:  # noqa: ANN401 - what pytest wants
        super().__init__(**more)
        self._tried = tried

    def runtest(self) -> None:
        """Tries it out.

        Raises:
            WrongError: If something is wrong.
        """
        wrong = self._tried()
        if wrong:
            raise WrongError(wrong)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any) -> Any:  # noqa: ANN401 - what pytest wants
        """What is wrong, without a traceback through the library."""
        if isinstance(excinfo.value, WrongError):
            file, line = self.place
            return f"{file}:{line}: {self.name}\n{excinfo.value}"
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line and name."""
        file, line = self.place
        return file, line - 1, self.name
