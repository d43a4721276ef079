"""Writing: every file or none, each of them the old one or the new one, and nothing left beside them."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from packet import write
from packet.problems import Exit, Problems

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="files are guarded in another way there")


def everything(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def old(tmp_path: Path) -> dict[Path, bytes]:
    """Two files that are there already."""
    files = {tmp_path / "one.pdf": b"old one", tmp_path / "two.pdf": b"old two"}
    for file, content in files.items():
        file.write_bytes(content)
    return files


def refuses(files: dict[Path, bytes]) -> str:
    with pytest.raises(Problems) as raised:
        write.all_or_none(files)
    assert raised.value.exit == Exit.CANNOT_WRITE
    (problem,) = raised.value.problems
    assert problem.code == "cannot-write"
    assert problem.hint
    return problem.message


def test_new_files_are_written_and_their_folders_made(tmp_path: Path) -> None:
    large = b"3" * 10**6
    write.all_or_none({tmp_path / "a/b/one.pdf": b"1", tmp_path / "a/two.pdf": b"", tmp_path / "three.pdf": large})
    assert everything(tmp_path) == {"a/b/one.pdf": b"1", "a/two.pdf": b"", "three.pdf": large}


def test_old_files_are_replaced(tmp_path: Path, old: dict[Path, bytes]) -> None:
    write.all_or_none(dict.fromkeys(old, b"new"))
    assert everything(tmp_path) == {"one.pdf": b"new", "two.pdf": b"new"}


@POSIX
def test_files_can_be_read_by_others(tmp_path: Path) -> None:
    write.all_or_none({tmp_path / "one.pdf": b"1"})
    assert stat.S_IMODE((tmp_path / "one.pdf").stat().st_mode) == 0o644


def test_a_second_file_below_a_file_leaves_the_first_as_it_was(tmp_path: Path, old: dict[Path, bytes]) -> None:
    message = refuses({tmp_path / "one.pdf": b"new", tmp_path / "two.pdf" / "deeper.pdf": b"new"})
    assert "two.pdf" in message
    assert everything(tmp_path) == {"one.pdf": b"old one", "two.pdf": b"old two"}


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_second_file_in_a_guarded_folder_leaves_the_first_as_it_was(tmp_path: Path, old: dict[Path, bytes]) -> None:
    (tmp_path / "guarded").mkdir(mode=0o555)
    refuses({tmp_path / "one.pdf": b"new", tmp_path / "guarded" / "two.pdf": b"new"})
    assert everything(tmp_path) == {"one.pdf": b"old one", "two.pdf": b"old two"}


def test_a_second_file_that_is_a_folder_leaves_the_first_as_it_was(tmp_path: Path, old: dict[Path, bytes]) -> None:
    (tmp_path / "folder.pdf").mkdir()
    refuses({tmp_path / "one.pdf": b"new", tmp_path / "folder.pdf": b"new"})
    assert everything(tmp_path) == {"one.pdf": b"old one", "two.pdf": b"old two"}


@pytest.mark.parametrize("failing", ["os.fsync", "os.fdopen", "tempfile.mkstemp"])
def test_nothing_is_left_beside_when_writing_fails(
    tmp_path: Path, old: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(failing, fail)
    assert "No space left on device" in refuses(dict.fromkeys(old, b"new"))
    assert everything(tmp_path) == {"one.pdf": b"old one", "two.pdf": b"old two"}


def test_nothing_is_left_beside_when_it_is_stopped(
    tmp_path: Path, old: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write.all_or_none(dict.fromkeys(old, b"new"))
    assert everything(tmp_path) == {"one.pdf": b"old one", "two.pdf": b"old two"}


@POSIX
def test_a_stop_between_two_files_waits_for_the_second(
    tmp_path: Path, old: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Path.replace

    def replace(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return usual(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write.all_or_none(dict.fromkeys(old, b"new"))
    assert everything(tmp_path) == {"one.pdf": b"new", "two.pdf": b"new"}


@POSIX
def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/one.pdf").symlink_to(tmp_path / "outside")
    write.all_or_none({tmp_path / "out/one.pdf": b"new"})
    assert (tmp_path / "outside").read_bytes() == b"precious"
    assert (tmp_path / "out/one.pdf").read_bytes() == b"new"
    assert not (tmp_path / "out/one.pdf").is_symlink()


@POSIX
def test_a_read_only_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """As another user where this one is root, to whom nothing is forbidden; so in a folder that all may look into."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "one.pdf"
        file.write_bytes(b"old")
        Path(folder).chmod(0o555)
        before = os.geteuid()
        try:
            if before == 0:
                os.seteuid(65534)
            assert "one.pdf cannot be written: Permission denied" in refuses({file: b"new"})
        finally:
            os.seteuid(before)
            Path(folder).chmod(0o755)
        assert everything(Path(folder)) == {"one.pdf": b"old"}


WRITER = """
import sys
from pathlib import Path
from packet import write
folder, letter = Path(sys.argv[1]), sys.argv[2].encode()
for _ in range(60):
    write.all_or_none({folder / "one.pdf": letter * 300_000, folder / "two.pdf": letter * 200_000})
"""


def test_two_builds_into_one_folder_leave_whole_files(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), letter]) for letter in "ab"]
    looks = 0
    while any(writer.poll() is None for writer in writers):
        for name, size in (("one.pdf", 300_000), ("two.pdf", 200_000)):
            with contextlib.suppress(FileNotFoundError):  # before the first of them is there
                content = (tmp_path / name).read_bytes()
                assert (len(content), len(set(content))) == (size, 1)
                looks += 1
    assert [writer.wait() for writer in writers] == [0, 0]
    assert looks > 10
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one.pdf", "two.pdf"]


FULL_DISK = """
import resource, sys
from pathlib import Path
from packet import write
from packet.problems import Problems
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
folder = Path(sys.argv[1])
try:
    write.all_or_none({folder / "one.pdf": b"new", folder / "two.pdf": b"2" * 200_000})
except Problems as problems:
    print(problems.problems[0].message)
    sys.exit(problems.exit)
"""


@POSIX
def test_a_full_disk_leaves_both_files_as_they_were(tmp_path: Path, old: dict[Path, bytes]) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == Exit.CANNOT_WRITE, ended.stderr
    assert "cannot be written: File too large" in ended.stdout
    assert everything(tmp_path) == {"one.pdf": b"old one", "two.pdf": b"old two"}


@POSIX
def test_the_message_names_the_file_that_did_not_fit(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert str(tmp_path / "two.pdf") in ended.stdout


def test_a_second_file_that_cannot_be_put_in_place_brings_the_first_back(
    tmp_path: Path, old: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if Path(target).name == "two.pdf":
            raise PermissionError(13, "Permission denied")
        return usual(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert "two.pdf cannot be written: Permission denied" in refuses(
        {tmp_path / "new.pdf": b"new"} | dict.fromkeys(old, b"new")
    )
    assert everything(tmp_path) == {"one.pdf": b"old one", "two.pdf": b"old two"}
