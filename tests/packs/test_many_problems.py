"""Several problems at once: all of them together, in an order that does not depend on anything but the pack."""

import pickle
import random
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from painrules import Problem, RulePackError, load_pack
from painrules.errors import ENOUGH, near_miss

BASE = Path(__file__).parent / "base"

FILES = {
    "a.yaml": (
        "goals:\n"
        "  - {id: work, label: 12}\n"
        "positions:\n"
        "  - {id: Rule, source: alpha, option: exercise, stance: supports, because: It says so.}\n"
    ),
    "b.yml": "recipes: []\ngoals: {}\n",
    "sub/c.yaml": (
        "source: alfa\n"
        "cautions:\n"
        "  - {id: one, option: excercise, severity: avoid, when: {condition: siatica}, because: It says so.}\n"
        "  - {id: two, option: medicines, severity: avoid, when: {pain_type: acute}, because: It says so.}\n"
    ),
}
EXPECTED = """\
rule pack 'draft' has 7 problems
draft/a.yaml:2:23: goal 'work', label: 12 must be text
    hint: put it in quotes
draft/a.yaml:4:10: rule 'Rule', id: 'Rule' is not an id: small letters, digits and underscores, starting with a letter
draft/b.yml:1:1: 'recipes' is not a list that a pack can have
    hint: the lists are sources, categories, interventions, conditions, factors, red_flag_signs, pain_types, \
mechanisms, assessments, professions, specialties, credentials, training, settings, goals, safeguards, \
misconceptions, definitions, statements, relations, inferences, positions, cautions, steps, red_flags, cases, \
people, lives, portraits, tellings, stems, phrases
draft/b.yml:2:8: goals: must be a list
draft/sub/c.yaml:1:9: source: 'alfa' is not a known source
    hint: did you mean 'alpha'?
draft/sub/c.yaml:3:23: rule 'one', option: 'excercise' is not a known intervention
    hint: did you mean 'exercise'?
draft/sub/c.yaml:3:69: rule 'one', when.condition: 'siatica' is not a known condition
    hint: did you mean 'sciatica'?"""


def draft(into: Path, files: dict[str, str]) -> Path:
    """The base pack with some files more."""
    folder = into / "draft"
    shutil.copytree(BASE, folder)
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def error_of(folder: Path) -> RulePackError:
    with pytest.raises(RulePackError) as caught:
        load_pack(folder)
    return caught.value


def test_problems_of_several_files_come_together_in_order(tmp_path: Path) -> None:
    """Mending a pack one message at a time would take all day."""
    assert str(error_of(draft(tmp_path, FILES))) == EXPECTED


def wrong_labels(count: int) -> str:
    """A file with some goals whose labels are numbers."""
    return "goals:\n" + "".join(f"  - {{id: g{n}, label: {n}}}\n" for n in range(count))


MANY = {f"{name}.yaml": wrong_labels(90) for name in "abcd"}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("files", [FILES, MANY], ids=["few problems", "more than are looked for"])
def test_the_order_in_which_files_are_listed_changes_nothing(
    tmp_path: Path, files: dict[str, str], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two machines list a folder in two orders; the message is the same."""
    folder = draft(tmp_path, files)
    expected = str(error_of(folder))
    listed = Path.iterdir

    def shuffled(path: Path) -> Iterator[Path]:
        items = list(listed(path))
        random.Random(seed).shuffle(items)  # noqa: S311 - any order will do
        return iter(items)

    monkeypatch.setattr(Path, "iterdir", shuffled)

    assert str(error_of(folder)) == expected


def test_the_order_of_entries_and_files_does_not_change_the_pack(tmp_path: Path) -> None:
    """The digest names the content, so that a pack that was only tidied up is the same pack."""
    before = load_pack(draft(tmp_path / "before", {}))

    after = draft(tmp_path / "after", {})
    (after / "words.yaml").rename(after / "z.yml")
    (after / "rules").mkdir()
    text = (after / "rules.yaml").read_text(encoding="utf-8")
    head, first, second = text.split("  - id: ", 2)
    (after / "rules.yaml").unlink()
    second, rest = second.split("cautions:")
    moved = f"{head}  - id: {second}  - id: {first}cautions:{rest}"
    (after / "rules" / "all.yaml").write_text(moved, encoding="utf-8")

    assert load_pack(after).digest == before.digest


def test_a_changed_word_changes_the_digest(tmp_path: Path) -> None:
    """Otherwise the digest would name nothing."""
    before = load_pack(draft(tmp_path / "before", {}))
    after = draft(tmp_path / "after", {})
    text = (after / "words.yaml").read_text(encoding="utf-8")
    (after / "words.yaml").write_text(text.replace("Moving the body", "Moving"), encoding="utf-8")

    assert load_pack(after).digest != before.digest


def test_problems_can_be_acted_on(tmp_path: Path) -> None:
    """A tool for authors reads places and hints from the error, not from its text."""
    error = error_of(draft(tmp_path, {"a.yaml": FILES["a.yaml"]}))

    assert error.problems[0] == Problem(
        "draft/a.yaml:2:23", "goal 'work', label: 12 must be text", "put it in quotes"
    )
    assert [problem.where for problem in error.problems] == [
        "draft/a.yaml:2:23",
        "draft/a.yaml:4:10",
    ]


def test_an_error_crosses_process_boundaries_whole(tmp_path: Path) -> None:
    """Packs are checked in worker processes too, and their errors come back pickled."""
    error = error_of(draft(tmp_path, FILES))

    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert (str(back), back.problems, type(back)) == (str(error), error.problems, RulePackError)


def test_the_search_ends_where_problems_have_no_end(tmp_path: Path) -> None:
    """A generated pack with one mistake everywhere gives a message that can be read, and says that there is more."""
    error = error_of(draft(tmp_path, {"a.yaml": wrong_labels(5_000)}))

    assert len(error.problems) == ENOUGH
    assert str(error).startswith(
        "rule pack 'draft' has at least 200 problems\ndraft/a.yaml:2:21: goal 'g0', label: 0 must be text\n"
    )
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own bytes


def test_no_more_hints_are_looked_for_than_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for a near miss takes time; a file of nothing but mistakes must not take it all."""
    looked_for: list[object] = []

    def counted(word: object, known: Iterable[str]) -> str:
        looked_for.append(word)
        return near_miss(word, known)

    monkeypatch.setattr("painrules.packs.gather.near_miss", counted)
    monkeypatch.setattr("painrules.packs.references.near_miss", counted)
    lists = "\n".join(f"goal_{number}: []" for number in range(1_000))
    rules = "positions:\n" + "".join(
        f"  - {{id: r{n}, source: s{n}, option: o{n}, stance: supports, because: It says so.}}\n"
        for n in range(1_000)
    )
    for number, text in enumerate((lists, rules)):
        error = error_of(draft(tmp_path / str(number), {"a.yaml": text}))
        assert len(error.problems) == ENOUGH

    assert len(looked_for) <= 2 * ENOUGH + 10
