"""What goes wrong around the library: full disks, signals, folders that change. Nothing is half written.

Tests may run as root, for whom no folder is read-only; so a place that cannot be written to is one in `/proc`, where
nobody can, or a rename that is made to fail.
"""

import errno
import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from painrules import RulePackError, files, load_pack
from painrules.cli.commands import run
from painrules.errors import PainrulesError
from painrules.files import read_bounded, save, save_all
from painrules.packs import read

BASE = Path(__file__).parents[1] / "packs" / "base"
PACK = Path(__file__).parents[1] / "conformance" / "pack"
QUIZ = Path(__file__).parent / "quiz.json"
WRITERS = {
    "page": f"page --pack {PACK} -o out.html",
    "graph": f"graph --pack {PACK} -o out.dot",
    "picture": f"graph --pack {PACK} --of exercise -o out.svg",
    "quiz": f"quiz --from {QUIZ} -o out.xml",
    "worksheet": f"quiz --from {QUIZ} --format md -o out.md",
    "schema": "schema -o out",
}
"""Every command that writes files."""
posix = pytest.mark.skipif(
    os.name != "posix", reason="signals, devices and limits as POSIX has them"
)


def command(line: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The status of a command, run in this process."""
    monkeypatch.setattr(sys, "argv", ["painrules", *shlex.split(line)])
    return run()


def left_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# Writing


@pytest.mark.parametrize("name", WRITERS)
def test_a_rename_that_fails_leaves_what_was_there(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A folder that became read-only: the old file is whole, and no temporary one stays."""
    monkeypatch.chdir(tmp_path)
    assert command(WRITERS[name], monkeypatch) == 0
    before = {path: (tmp_path / path).read_bytes() for path in left_in(tmp_path) if "." in path}
    capsys.readouterr()

    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", refuse)

    assert command(WRITERS[name], monkeypatch) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("painrules: out")
    assert err.endswith(": Read-only file system\n")
    assert {path: (tmp_path / path).read_bytes() for path in left_in(tmp_path) if "." in path} == (
        before
    )


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a place where nobody writes")
@pytest.mark.parametrize("name", WRITERS)
def test_a_place_where_nobody_can_write_is_told(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Root or not."""
    line = WRITERS[name].replace("-o out", "-o /proc/painrules_out")

    assert command(line, monkeypatch) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("painrules: /proc/painrules_out")
    assert err.count("\n") == 1


@posix
@pytest.mark.parametrize("name", ["page", "worksheet"])
def test_a_disk_that_fills_up_leaves_what_was_there(name: str, tmp_path: Path) -> None:
    """The limit on the size of files stands in for it: writing fails half way, in a process of its own."""
    old = tmp_path / WRITERS[name].rpartition(" ")[2]
    old.write_text("old", encoding="utf-8")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))

    done = subprocess.run(  # noqa: S603 - our own command; nothing else runs here
        [sys.executable, "-B", "-m", "painrules", *shlex.split(WRITERS[name])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if "COVERAGE" not in name},
        preexec_fn=limit,
        timeout=300,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"painrules: {old.name}: File too large\n"
    assert old.read_text(encoding="utf-8") == "old"
    assert left_in(tmp_path) == [old.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("name", ["page", "graph", "quiz"])
def test_a_device_that_is_full_is_told(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A device is written to, and never replaced by a file."""
    start, _, _ = WRITERS[name].rpartition(" ")
    form = " --format dot" if name == "graph" else ""

    assert command(f"{start} /dev/full{form}", monkeypatch) == 2
    assert capsys.readouterr().err.endswith("No space left on device\n")
    assert Path("/dev/full").is_char_device()


def test_files_that_belong_together_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    """A new worksheet with the key of the old one would be worse than none."""
    sheet, key = tmp_path / "quiz.md", tmp_path / "no" / "quiz.key.md"
    sheet.write_text("old", encoding="utf-8")

    with pytest.raises(OSError, match="No such file or directory"):
        save_all({sheet: "new", key: "new"})

    assert sheet.read_text(encoding="utf-8") == "old"
    assert left_in(tmp_path) == ["quiz.md"]


KILLED = """
import os, signal, sys
from pathlib import Path
from painrules import files
number, path = int(sys.argv[1]), Path(sys.argv[2])
calls = iter(range(100))
def die(name, real):
    def called(*args, **keywords):
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **keywords)
    return called
for name in ("open", "chmod", "replace", "unlink"):
    setattr(Path, name, die(name, getattr(Path, name)))
os.fsync = die("fsync", os.fsync)
files.save(path, "new" * 100_000)
"""


@posix
@pytest.mark.parametrize("number", range(5))
def test_what_is_killed_while_it_writes_leaves_the_old_file_or_the_new_one(
    number: int, tmp_path: Path
) -> None:
    """Killed before each of its steps in turn, with no chance to clean up."""
    path = tmp_path / "out.html"
    path.write_text("old", encoding="utf-8")

    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", KILLED, str(number), str(path)], check=False, timeout=120
    )

    assert done.returncode == -signal.SIGKILL
    assert path.read_text(encoding="utf-8") in {"old", "new" * 100_000}
    assert all(name == "out.html" or name.endswith(".tmp") for name in left_in(tmp_path))


INTERRUPTED = """
import os, signal, sys
from painrules import files
real = files.os.fsync
def fsync(number):
    os.kill(os.getpid(), signal.SIGINT)
    return real(number)
files.os.fsync = fsync
from painrules.cli import main
main()
"""


@posix
def test_what_is_interrupted_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C in the midst of writing: status 130, one line, no traceback, the old file."""
    (tmp_path / "out.dot").write_text("old", encoding="utf-8")

    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", INTERRUPTED, *shlex.split(WRITERS["graph"])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip() == "painrules: interrupted"
    assert left_in(tmp_path) == ["out.dot"]
    assert (tmp_path / "out.dot").read_text(encoding="utf-8") == "old"


def test_an_interrupt_before_the_command_begins_is_no_traceback() -> None:
    """To load the library takes a moment, in which people change their minds."""
    code = (
        "import sys\n"
        "class Slow:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Slow())\n"
        "from painrules.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )

    assert (done.returncode, done.stderr) == (130, "painrules: interrupted\n")


@posix
@pytest.mark.parametrize("closed", ["2>&-", ">&- 2>&-", "2>/dev/full", ">/dev/full 2>/dev/full"])
def test_nobody_to_listen_is_no_traceback(closed: str) -> None:
    """Services start programs without standard error, or with one that is full."""
    line = f"{shlex.quote(sys.executable)} -m painrules explore --pack no/such {closed}"
    done = subprocess.run(  # noqa: S602 - our own command
        line, shell=True, capture_output=True, text=True, timeout=300, check=False
    )

    assert done.returncode == 2
    assert (done.stdout, done.stderr) == ("", "")


def test_many_threads_may_write_one_file(tmp_path: Path) -> None:
    """Each has a temporary file of its own; one of them comes last, whole."""
    path = tmp_path / "out"
    texts = [str(number) * 200_000 for number in range(8)]
    threads = [threading.Thread(target=save, args=(path, text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert path.read_text(encoding="utf-8") in texts
    assert left_in(tmp_path) == ["out"]


@posix
def test_a_file_keeps_its_rights_and_a_trap_is_not_stepped_into(tmp_path: Path) -> None:
    """What was private stays private; a link is replaced, and what it leads to is left alone."""
    private, aim, link = tmp_path / "private", tmp_path / "aim", tmp_path / "link"
    private.write_text("old", encoding="utf-8")
    private.chmod(0o600)
    aim.write_text("old", encoding="utf-8")
    link.symlink_to(aim)

    save(private, "new")
    save(link, "new")

    assert private.stat().st_mode & 0o777 == 0o600
    assert (aim.read_text(encoding="utf-8"), link.is_symlink()) == ("old", False)


def test_a_name_of_the_greatest_length_is_written(tmp_path: Path) -> None:
    """The temporary name is shorter than that."""
    name = "x" * 250 + ".html"

    assert save(tmp_path / name, "new").read_text(encoding="utf-8") == "new"


def test_half_a_character_is_refused_with_the_file_named(tmp_path: Path) -> None:
    """Not every text can be written; the error is one of ours, and the old file is there."""
    path = tmp_path / "out"
    save(path, "old")

    with pytest.raises(PainrulesError, match=r"out: a text holds half a character, \\ud800, that"):
        save(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "old"


# Reading


@posix
def test_questions_are_not_read_from_what_has_no_end(tmp_path: Path) -> None:
    """A device gives for ever, and a pipe waits for ever."""
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "large.json").write_bytes(b" " * 100)

    for path in (Path("/dev/zero"), tmp_path / "pipe.json"):
        with pytest.raises(OSError, match="is not a file"):
            read_bounded(path, 10)
    with pytest.raises(PainrulesError, match=r"large\.json: the file is larger than 99 bytes"):
        read_bounded(tmp_path / "large.json", 99)
    assert read_bounded(tmp_path / "large.json", 100) == b" " * 100


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "draft"))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"),
        lambda text: text + b"\n\n\n",
    ],
    ids=["byte order mark", "Windows", "both", "empty lines"],
)
def test_how_an_editor_saves_makes_no_difference(folder: Path, change: object) -> None:
    """Line ends and byte order marks are not content."""
    assert callable(change)
    before = load_pack(folder).digest
    for path in folder.rglob("*.yaml"):
        path.write_bytes(change(path.read_bytes()))

    assert load_pack(folder).digest == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1"])
def test_another_encoding_is_told(folder: Path, encoding: str) -> None:
    """It would otherwise show as broken letters somewhere later."""
    (folder / "more.yaml").write_bytes("goals:\n  - {id: joy, label: Müde Füße}\n".encode(encoding))

    with pytest.raises(
        RulePackError,
        match=r"draft/more\.yaml:1:\d+: the file is not UTF-8|:2:\d+: the file is not UTF-8",
    ):
        load_pack(folder)


@posix
@pytest.mark.parametrize("becomes", ["pipe", "link", "nothing", "folder", "device"])
def test_a_file_that_changes_after_it_was_looked_at_is_told(
    folder: Path, tmp_path: Path, becomes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody puts something else there in between: nothing outside is read, and nothing is waited for."""
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    victim = folder / "pack.yaml"
    real = files.open_regular

    def swapped(name: str, *, within: int | None = None, follow: bool = True) -> int:
        if name == "pack.yaml":
            victim.unlink(missing_ok=True)
            if becomes == "pipe":
                os.mkfifo(victim)
            elif becomes == "folder":
                victim.mkdir()
            elif becomes != "nothing":
                victim.symlink_to(tmp_path / "secret" if becomes == "link" else "/dev/zero")
        return real(name, within=within, follow=follow)

    monkeypatch.setattr(read, "open_regular", swapped)
    with pytest.raises(RulePackError, match=r"draft/pack\.yaml: cannot be read: ") as caught:
        load_pack(folder)
    assert "secret" not in str(caught.value)


@posix
def test_a_folder_that_becomes_a_link_while_it_is_read_leads_nowhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was opened stays open; what comes in its place is not read."""
    (folder / "inner").mkdir()
    (folder / "inner" / "more.yaml").write_text("goals: [{id: joy, label: Joy}]", encoding="utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "more.yaml").write_text(
        "goals: [{id: secret, label: S}]", encoding="utf-8"
    )
    real = files.open_regular

    def swapped(name: str, *, within: int | None = None, follow: bool = True) -> int:
        inner = folder / "inner"
        if name == "more.yaml" and not inner.is_symlink():
            inner.rename(tmp_path / "moved")
            inner.symlink_to(tmp_path / "outside")
        return real(name, within=within, follow=follow)

    monkeypatch.setattr(read, "open_regular", swapped)
    pack = load_pack(folder)
    assert "joy" in pack.goals
    assert "secret" not in pack.goals


def test_a_pack_that_is_rewritten_all_the_time_is_read_or_refused(folder: Path) -> None:
    """What comes out is a pack or a list of problems; never anything else."""
    texts = [path.read_bytes() for path in sorted(folder.glob("*.yaml"))]
    paths = sorted(folder.glob("*.yaml"))
    over = threading.Event()

    def rewrite() -> None:
        turn = 0
        while not over.is_set():
            path, text = paths[turn % len(paths)], texts[turn % len(paths)]
            path.write_bytes(text[: len(text) * (turn % 3) // 2])
            turn += 1
            time.sleep(0)

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        for _ in range(15):
            with suppress(RulePackError):
                load_pack(folder)
    finally:
        over.set()
        writer.join()


def test_a_folder_that_vanishes_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is read, while it is read, and where it is the working folder."""
    monkeypatch.setattr(Path, "is_dir", lambda _self: True)
    shutil.rmtree(folder)
    with pytest.raises(RulePackError, match="draft: cannot be read: No such file or directory"):
        load_pack(folder)
    monkeypatch.undo()
    with pytest.raises(RulePackError, match="there is no such folder"):
        load_pack(folder)


@posix
def test_a_working_folder_that_is_gone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shell still stands in it."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    with pytest.raises(RulePackError, match="rule pack 'pack' has 1 problem"):
        load_pack(".")


@pytest.mark.parametrize("path", ["x" * 5_000, "a\0b", "\udcff", "/dev/null", "/proc/self/mem"])
def test_a_name_that_no_folder_can_have_is_refused(path: str) -> None:
    """However it came about."""
    with pytest.raises(RulePackError, match="there is no such folder"):
        load_pack(path)


def test_a_folder_with_too_many_entries_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever they are, they all have to be looked at."""
    monkeypatch.setattr(read, "MAX_ENTRIES", 20)
    for number in range(21):
        (folder / f"{number}.txt").touch()

    with pytest.raises(RulePackError, match="draft: the folder has more than 20 entries"):
        load_pack(folder)
