"""Whatever is given for an argument of a public function, there is an answer or one of our errors."""

import inspect
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import painrules
from painrules import ArgumentError, Explorer, PainrulesError, check, graph, load_pack, page, teach

BASE = Path(__file__).parents[1] / "packs" / "base"
ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    3.5,
    float("nan"),
    10**40,
    "",
    "\ud800",
    "\0",
    "x" * 5_000,
    b"x",
    ["x"],
    [1],
    {"a": 1},
    (),
    object(),
    int,
    [[]],
)
"""What may be given in place of something better."""


SMALL = {"graph", "n", "pack"}
"""Arguments that are given though they can be left out: on the core pack, or with many cases, this would take long."""


@pytest.fixture(scope="module", name="sound")
def _sound() -> dict[str, object]:
    """For each argument that has to be given, something that it can be."""
    explorer = Explorer(load_pack(BASE))
    one, other = explorer.explore("chronic"), explorer.explore("acute")
    quiz = teach.quiz(1, kinds="mechanism")
    values: dict[str, object] = {
        "form": "gift",
        "graph": graph.build_graph(explorer.pack),
        "item": quiz.items[0],
        "items": quiz.items,
        "kind": "intervention",
        "n": 1,
        "entry": "exercise",
        "quiz": quiz,
    }
    values |= dict.fromkeys(("a", "one", "result"), one)
    values |= dict.fromkeys(("b", "other"), other)
    values |= dict.fromkeys(("pack", "old", "new", "before", "after"), explorer.pack)
    values |= dict.fromkeys(("name", "option", "source", "target"), "exercise")
    values |= dict.fromkeys(("path", "folder"), "written.txt")
    return values | {"profile": one.profile, "explorer": explorer}


def public(module: Any) -> Iterator[Callable[..., object]]:  # noqa: ANN401 - a module
    """The functions that a module makes public."""
    for name in module.__all__:
        found = getattr(module, name)
        if inspect.isroutine(found):
            yield found


FUNCTIONS = [
    function for module in (painrules, graph, page, teach) for function in public(module)
] + [check.diff_packs, check.run_cases]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_an_odd_argument_is_answered_or_refused(
    function: Callable[..., object],
    sound: dict[str, object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A `TypeError` from deep within says nothing to whoever mistook an argument."""
    monkeypatch.chdir(tmp_path)
    arguments = [
        one
        for one in inspect.signature(function).parameters.values()
        if one.kind not in {one.VAR_POSITIONAL, one.VAR_KEYWORD}
    ]
    needed = {
        one.name: sound.get(one.name)
        for one in arguments
        if one.default is one.empty or one.name in SMALL
    }
    crashed = []
    for argument in arguments:
        for value in ODD:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    function(**{**needed, argument.name: value})
                except (PainrulesError, OSError):
                    pass
                except Exception as error:  # noqa: BLE001 - that is what is looked for
                    crashed.append(
                        f"{argument.name}={value!r:.40}: {type(error).__name__}: {error}"
                    )

    assert not crashed, "\n".join(crashed)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda: teach.cases(-1),
            "n: -1 is not a whole number from 0 to 10,000",
        ),
        (
            lambda: teach.quiz(2, seed=1.5),  # type: ignore[arg-type]  # that is the point
            "seed: 1.5 is not a whole number from -1,000,000,000,000,000,000 to 1,000,000,000,000,000,000",
        ),
        (
            lambda: teach.quiz(2, title="one\x1btwo"),
            "title: 'one\\x1btwo' holds control characters\n    hint: remove them",
        ),
        (
            lambda: graph.build_graph("core"),  # type: ignore[arg-type]  # that is the point
            "pack: 'core' is not of the kind Pack\n"  # noqa: ISC004 - one text
            "    hint: painrules.load_pack(...) and painrules.core_pack() give one",
        ),
        (
            lambda: page.write_page("\0"),
            "path: no file can be called '\\x00'",
        ),
    ],
    ids=["number", "seed", "title", "pack", "path"],
)
def test_what_is_wrong_with_an_argument_is_told(call: Callable[[], object], told: str) -> None:
    """Which argument, what is wrong, and the fix."""
    with pytest.raises(ArgumentError) as caught:
        call()

    assert str(caught.value) == told
