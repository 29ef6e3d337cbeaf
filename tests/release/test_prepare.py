"""A release is refused where it would be a mistake, and leaves no trace unless all of it came out well."""

import re
import subprocess
from pathlib import Path

import pytest

from release import prepare
from release.checkout import git, version
from release.prepare import RefusedError, prepared, refused

ROOT = Path(__file__).parents[2]
FILES = {
    "painrules/__init__.py": '"""A library."""\n\n__version__ = "1.2.0"\n',
    "rules/core/pack.yaml": "id: core\nversion: 1.0.0\n",
    "rules/core/more.yaml": "rules: []\n",
    "docs/changes/README.md": "What fragments are.\n",
    "docs/changes/+new.added.md": "Something new.\n",
    "docs/changes/+old.fixed.md": "Something old.\n",
    "CHANGELOG.md": "# Changes\n\n<!-- towncrier release notes start -->\n",
    ".gitignore": "dist/\nbuild/\n",
}


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """A small repository that is ready for a release."""
    root = tmp_path / "repository"
    told = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings = told[told.index("[tool.towncrier]") :].partition("\n\n[")[0]
    for name, text in {**FILES, "pyproject.toml": settings}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    root.joinpath("dist").mkdir()
    root.joinpath("dist", "older.whl").write_text("older", encoding="utf-8")
    git("init", "--quiet", "--initial-branch", "main", str(root), root=tmp_path)
    git("config", "user.name", "Somebody", root=root)
    git("config", "user.email", "somebody@example.org", root=root)
    git("config", "commit.gpgsign", "false", root=root)
    everything(root, "First")
    return root


def everything(root: Path, words: str) -> None:
    """Commits all that changed."""
    git("add", "--all", root=root)
    git("commit", "--quiet", "--message", words, root=root)


def put(root: Path, name: str, text: str) -> None:
    """Changes a file, and commits it."""
    (root / name).write_text(text, encoding="utf-8")
    everything(root, f"Change {name}")


def state(root: Path) -> list[str]:
    """All that a failed release could leave behind."""
    return [
        git("rev-parse", "HEAD", root=root),
        git("status", "--porcelain", "--ignored", root=root),
        git("branch", "--list", "--all", root=root),
        git("tag", root=root),
        *(f"{file} {file.read_bytes()!r}" for file in sorted(root.glob("dist/**/*"))),
    ]


def test_what_is_ready_is_not_refused(root: Path) -> None:
    """The reasons below are reasons, and not the rule."""
    assert [*refused(root)] == []


def test_a_tree_that_is_not_clean_is_refused(root: Path) -> None:
    """What is released is a commit; what lies about beside it would be thought to be in."""
    (root / "notes.txt").write_text("mine", encoding="utf-8")

    assert [*refused(root)] == ["the tree is not clean: ?? notes.txt"]


def test_no_branch_is_refused(root: Path) -> None:
    """The commit of the release would hang in the air."""
    git("checkout", "--quiet", "--detach", root=root)

    assert [*refused(root)] == ["no branch is checked out, and the commit would be lost"]


def test_a_version_that_has_a_tag_is_refused(root: Path) -> None:
    """Two releases of one version: nobody could say which they have."""
    git("tag", "v1.2.0", root=root)
    git("tag", "v1.2.0-that-is-none", root=root)

    assert [*refused(root)] == [
        "painrules/__init__.py: 1.2.0 is not later than v1.2.0, which is tagged already"
    ]


def test_a_version_before_the_last_one_is_refused(root: Path) -> None:
    """Installers would take the other for the newer one; ten is later than two."""
    git("tag", "v1.2.0", root=root)
    git("tag", "v1.10.0", root=root)
    put(root, "painrules/__init__.py", '__version__ = "1.3.0"\n')

    assert [*refused(root)] == [
        "painrules/__init__.py: 1.3.0 is not later than v1.10.0, which is tagged already"
    ]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1.2", None),
        ("1.2.0rc1", None),
        ("1.2.0-rc1", "'1.2.0-rc1' is no version to release; plainly it is '1.2.0rc1'"),
        ("1.2.0.dev1", "'1.2.0.dev1' is no version to release; plainly it is '1.2.0.dev1'"),
        ("1.2.0+mine", "'1.2.0+mine' is no version to release; plainly it is '1.2.0'"),
        ("soon", "'soon' is no version"),
    ],
)
def test_a_version_is_written_as_installers_read_it(
    root: Path, written: str, reason: str | None
) -> None:
    """The name of a file and the tag would differ from what the library says of itself."""
    put(root, "painrules/__init__.py", f'__version__ = "{written}"\n')

    assert [*refused(root)] == ([f"painrules/__init__.py: {reason}"] if reason else [])


def test_a_release_without_anything_to_say_is_refused(root: Path) -> None:
    """Either nothing changed, or somebody forgot to say what."""
    for file in (root / "docs" / "changes").glob("+*"):
        file.unlink()
    everything(root, "Forget")

    assert [*refused(root)] == [
        "docs/changes holds no fragment, so there is nothing to say in the changelog"
    ]


def test_a_version_that_the_changelog_has_is_refused(root: Path) -> None:
    """Somebody took the commit of a release back by halves."""
    put(root, "CHANGELOG.md", FILES["CHANGELOG.md"] + "\n## 1.2.0 (2026-01-01)\n")

    assert [*refused(root)] == ["CHANGELOG.md has 1.2.0 already"]


def test_rules_that_changed_have_another_version(root: Path) -> None:
    """Stored results name the version of the pack; it has to mean one thing."""
    git("tag", "v1.1.0", root=root)
    put(root, "rules/core/more.yaml", "rules: [other]\n")
    assert [*refused(root)] == [
        "rules/core/pack.yaml: the rules are others than in v1.1.0, and the version of the pack is the same"
    ]

    put(root, "rules/core/pack.yaml", "id: core\nversion: 1.1.0\n")
    assert [*refused(root)] == []


def test_all_reasons_come_together_and_nothing_is_touched(root: Path) -> None:
    """Nobody wants to find the next reason after the last one is mended."""
    git("tag", "v1.2.0", root=root)
    (root / "notes.txt").write_text("mine", encoding="utf-8")
    before = state(root)

    with pytest.raises(RefusedError) as told:
        prepared(root, [])

    assert str(told.value).count("\n") == 1
    assert state(root) == before


def boards(copy: Path) -> None:
    """In place of the build: what it would leave behind."""
    (copy / "dist").mkdir()
    (copy / "dist" / f"painrules-{version(copy)}.whl").write_bytes(b"wheel")


def test_a_release_leaves_a_commit_and_the_files(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One commit, with the changelog in and the fragments out, by whoever asked; no tag."""
    monkeypatch.setattr(prepare, "built", boards)
    before = git("rev-parse", "HEAD", root=root)

    prepared(root, [])

    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(
        r"\n## 1\.2\.0 \(\d{4}-\d\d-\d\d\)\n.*Added\n.*Something new\.\n.*Fixed\n.*Something old\.\n",
        changelog,
        re.DOTALL,
    )
    assert [file.name for file in (root / "docs" / "changes").iterdir()] == ["README.md"]
    assert git("log", "--format=%an|%s", f"{before}..HEAD", root=root) == "Somebody|Release 1.2.0"
    assert git("status", "--porcelain", root=root) == ""
    assert git("tag", root=root) == ""
    assert [file.name for file in (root / "dist").iterdir()] == ["painrules-1.2.0.whl"]
    told = capsys.readouterr().out
    assert "NOT RUN, as was asked for: make check test licences" in told
    assert "git push origin main v1.2.0" in told
    assert [*refused(root)][:1] == [
        "docs/changes holds no fragment, so there is nothing to say in the changelog"
    ]


def test_a_trial_keeps_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries it out has the tree that they had."""
    monkeypatch.setattr(prepare, "built", boards)
    before = state(root)

    prepared(root, [], dry=True)

    assert state(root) == before


FAILED = subprocess.CalledProcessError(1, ["it"])


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("commit", FAILED),
        ("make", FAILED),
        ("built", KeyboardInterrupt()),
        ("git merge", FAILED),
        ("rename", KeyboardInterrupt()),
    ],
)
def test_a_release_that_fails_half_way_leaves_the_tree_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    """A half-made release is worse than none: the next one would start from it."""
    before = state(root)
    plain, rename = git, Path.rename

    def fails(*_: object, **__: object) -> None:
        raise error

    def fails_to_merge(*arguments: str, root: Path) -> str:
        return fails() if arguments[0] == "merge" else plain(*arguments, root=root)  # type: ignore[return-value,func-returns-value]

    def fails_to_rename(self: Path, target: Path) -> Path:
        return fails() if self.name == "dist-new" else rename(self, target)  # type: ignore[return-value,func-returns-value]

    monkeypatch.setattr(prepare, "make", lambda *_: None)
    monkeypatch.setattr(prepare, "built", boards)
    if step == "git merge":
        monkeypatch.setattr(prepare, "git", fails_to_merge)
    elif step == "rename":
        monkeypatch.setattr(Path, "rename", fails_to_rename)
    else:
        monkeypatch.setattr(prepare, step, fails)

    with pytest.raises(type(error)):
        prepared(root, ["check"])

    assert state(root) == before


def test_a_tree_that_changes_meanwhile_is_left_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checks take minutes, and somebody may go on working."""

    def meanwhile(copy: Path) -> None:
        boards(copy)
        put(root, "notes.txt", "mine")

    monkeypatch.setattr(prepare, "built", meanwhile)

    with pytest.raises(RefusedError, match="the tree changed meanwhile; it was left alone"):
        prepared(root, [])

    assert git("log", "-1", "--format=%s", root=root) == "Change notes.txt"
    assert [file.name for file in (root / "dist").iterdir()] == ["older.whl"]


def tracked() -> list[Path]:
    """Files of code and settings; without git, all that could be."""
    folders = ("painrules", "release", "docs/_ext", "front", ".ci")
    names = ("pyproject.toml", "hatch_build.py", "docs/conf.py", "Makefile", "README.md")
    within = [
        file
        for folder in folders
        for file in (ROOT / folder).rglob("*")
        if not {"node_modules", "__pycache__", "locked", "_compiled", "static"} & {*file.parts}
    ]
    return [file for file in [*within, *(ROOT / name for name in names)] if file.is_file()]


def test_the_version_stands_in_one_place() -> None:
    """A second place is forgotten at the next release; what speaks of a pack has a version of its own."""
    wanted = re.compile(rf"(?<![\d.]){re.escape(version(ROOT))}(?![\d.])")
    found = [
        (file.relative_to(ROOT).as_posix(), line)
        for file in tracked()
        for line in file.read_text(encoding="utf-8").splitlines()
        if wanted.search(line) and "pack" not in line
    ]

    assert found == [("painrules/__init__.py", f'__version__ = "{version(ROOT)}"')]


def test_the_page_is_told_the_version_by_the_library() -> None:
    """The program of the page is built long before the version is set."""
    for file in (ROOT / "painrules" / "page" / "static").iterdir():
        assert f'"{version(ROOT)}"' not in file.read_text(encoding="utf-8")
