"""edit: by options, in an editor, at a prompt."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from plannertui.cli.editor import forget
from plannertui.store import drafts, key, place, sealing
from plannertui.store.open import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from plannertui.store.open import Store
    from tests.cli.conftest import OnTerminal
    from tests.conftest import Ptui


def test_fields_of_an_entry(ptui: Ptui, planned: Store) -> None:
    ptui("note", "one #a")
    done = ptui(
        *("edit", "J1", "--text", "two @P1 #b", "--kind", "win", "--day", "yesterday"),
        *("--tag", "c", "--share", "ready", "--ref", "G1"),
    )
    assert (done.code, done.out) == (0, "J1  two @P1 #b\n")
    entry = ptui("show", "J1", "--json").json
    assert (entry["text"], entry["kind"]) == ("two @P1 #b", "win")
    assert (entry["day"], entry["at"]) == ("2024-09-13", None)
    assert sorted(entry["tags"]) == ["b", "c"]
    assert {ref["handle"] for ref in entry["refs"]} == {"G1", "P1"}
    assert entry["share"] == "ready"
    ptui("edit", "J1", "--untag", "c", "--unref", "G1")
    entry = ptui("show", "J1", "--json").json
    assert entry["tags"] == ["b"]
    assert [ref["handle"] for ref in entry["refs"]] == ["P1"]


def test_proof_of_a_win(ptui: Ptui) -> None:
    ptui("win", "x")
    assert ptui("show", "J1", "--json").json["proof"] == "claim"
    ptui("edit", "J1", "--witness", "Deputy", "--witness", "Finance", "--number", "12")
    ptui("edit", "J1", "--document", "register", "--number", "none")
    entry = ptui("show", "J1", "--json").json
    assert entry["proof"] == "evidence"
    assert entry["win"]["witnesses"] == ["Deputy", "Finance"]
    assert (entry["win"]["number"], entry["win"]["document"]) == ("", "register")
    ptui("edit", "J1", "--used", "yesterday")
    assert ptui("show", "J1", "--json").json["proof"] == "used"
    ptui("edit", "J1", "--document", "none", "--witness", "none")
    assert ptui("show", "J1", "--json").json["proof"] == "claim"
    assert ptui("evidence", "--json").json["claims"] == ["J1"]


def test_fields_of_a_matter(ptui: Ptui, planned: Store) -> None:
    ptui("ask", "x")
    ptui(
        *("edit", "M1", "--title", "y", "--kind", "task", "--due", "fri"),
        *("--person", "director", "--goal", "G1", "--nature", "private"),
        *("--urgent", "yes", "--important", "no"),
    )
    matter = ptui("show", "M1", "--json").json
    assert (matter["title"], matter["kind"]) == ("y", "task")
    assert (matter["due"], matter["nature"]) == ("2024-09-20", "private")
    assert (matter["person"]["handle"], matter["goal"]["handle"]) == ("L1", "G1")
    assert (matter["urgent"], matter["important"]) == (True, False)
    ptui("edit", "M1", "--due", "none", "--person", "none", "--goal", "none")
    matter = ptui("show", "M1", "--json").json
    assert (matter["due"], matter["person"], matter["goal"]) == (None, None, None)


def test_the_titles_of_other_nouns(ptui: Ptui, planned: Store) -> None:
    for handle, text in (("G1", "Fewer cases"), ("L1", "Chief")):
        assert ptui("edit", handle, "--text", text).out == f"{handle}  {text}\n"
    assert ptui("show", "chief").code == 0


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("edit",), 2),
        (("edit", "J1", "M1", "--text", "z"), 2),
        (("edit", "J1"), 2),
        (("edit", "J1", "--text", ""), 2),
        (("edit", "J1", "--text", "a", "--title", "b"), 2),
        (("edit", "J1", "--kind", "promise"), 2),
        (("edit", "J1", "--share", "public"), 2),
        (("edit", "J1", "--due", "fri"), 2),
        (("edit", "J1", "--person", "L1"), 2),
        (("edit", "J1", "--day", "someday"), 2),
        (("edit", "J1", "--witness", "x"), 2),
        (("edit", "J1", "--ref", "nobody"), 3),
        (("edit", "M1", "--due", "+3w"), 2),
        (("edit", "M1", "--person", "G1"), 3),
        (("edit", "M1", "--goal", "L1"), 3),
        (("edit", "M1", "--decision", "maybe"), 2),
        (("edit", "M1", "--share", "ready"), 2),
        (("edit", "L1", "--kind", "peer"), 2),
        (("edit", "J9", "--text", "x"), 3),
    ],
)
def test_refusals(ptui: Ptui, planned: Store, args: tuple[str, ...], code: int) -> None:
    ptui("note", "one")
    ptui("promise", "two", "--by", "fri")
    before = ptui("show", "J1", "M1", "L1", "--json").out
    done = ptui(*args)
    assert (done.code, done.out) == (code, ""), done.err
    assert done.err.count("\n") == 1
    assert ptui("show", "J1", "M1", "L1", "--json").out == before


def test_the_text_from_a_pipe(ptui: Ptui) -> None:
    ptui("note", "one")
    ptui("edit", "J1", "--text", "-", input="two\nthree\n")
    assert ptui("show", "J1", "--json").json["text"] == "two\nthree"


def test_at_a_prompt(ptui: Ptui, terminal: OnTerminal) -> None:
    ptui("note", "one")
    assert terminal("edit", "J1", keys=" more\n", after="one").code == 0
    assert ptui("show", "J1", "--json").json["text"] == "one more"


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """An editor that adds a line, and notes what its file was like."""
    script = tmp_path / "my editor"
    script.write_text(
        "#!/bin/sh\n"
        f"stat -c '%a' \"$1\" > '{tmp_path}/mode'\n"
        f"stat -c '%a' \"$(dirname \"$1\")\" >> '{tmp_path}/mode'\n"
        f"echo \"$1\" > '{tmp_path}/path'\n"
        'echo "line 2" >> "$1"\n'
        "exit ${EDITOR_CODE:-0}\n"
    )
    script.chmod(0o755)
    return script


@pytest.mark.case(56)
@pytest.mark.parametrize("code", ["0", "3"])
def test_in_the_editor(ptui: Ptui, editor: Path, tmp_path: Path, code: str) -> None:
    ptui("note", "one")
    env = {"VISUAL": f"'{editor}'", "EDITOR_CODE": code}
    before = os.umask(0)
    try:
        done = ptui("edit", "J1", "--editor", env=env)
    finally:
        os.umask(before)
    assert done.code == 0
    assert ("code 3" in done.err) is (code == "3")
    assert ptui("show", "J1", "--json").json["text"] == "one\nline 2"
    assert (tmp_path / "mode").read_text().split() == ["600", "700"]
    used = (tmp_path / "path").read_text().strip()
    assert not os.path.exists(os.path.dirname(used))


def test_an_editor_that_changes_nothing(ptui: Ptui) -> None:
    ptui("note", "one")
    assert "Nothing" in ptui("edit", "J1", "--editor", env={"EDITOR": "true"}).err
    assert ptui("show", "J1", "--json").json["rev"] == 1


def test_an_editor_that_is_not_there(ptui: Ptui) -> None:
    ptui("note", "one")
    done = ptui("edit", "J1", "--editor", env={"VISUAL": "/no/such/editor"})
    assert (done.code, done.out) == (4, "")


def test_a_text_that_cannot_be_saved_is_kept(
    ptui: Ptui, tmp_path: Path, store: Store
) -> None:
    ptui("note", "one")
    # Somebody else saves while the editor is open.
    script = tmp_path / "editor"
    script.write_text(
        '#!/bin/sh\necho mine > "$1"\n"$OTHER" -m plannertui edit J1 --text theirs\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    import sys

    done = ptui(
        "edit", "J1", "--editor", env={"VISUAL": str(script), "OTHER": sys.executable}
    )
    assert done.code == 4
    assert ptui("show", "J1", "--json").json["text"] == "theirs"
    kept = done.err.split("kept in ")[1].split("\n")[0]
    with open(kept) as file:
        assert file.read() == "mine\n"
    os.unlink(kept)
    os.rmdir(os.path.dirname(kept))


# -- of an encrypted planner -----------------------------------------------------------

WORDS = "quiet river under the bridge"


@pytest.fixture
def sealed(
    ptui: Ptui, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[str]]:
    """A sealed store with one entry, and the options that open it."""
    monkeypatch.setitem(key.KDFS, 1, (1 << 10, 8, 1))
    assert ptui("note", "one").code == 0
    sealing.set_passphrase(str(tmp_path / "planner.db"), WORDS)
    read, write = os.pipe()
    os.write(write, WORDS.encode() + b"\n")
    os.close(write)
    yield ["--passphrase-fd", str(read)]
    os.close(read)


def with_editor(editor: Path) -> list[str]:
    """Options for settings that name it: a variable would ask for another process."""
    config = editor.parent / "config.toml"
    config.write_text(f"editor = \"'{editor}'\"\n")
    return ["--config", str(config)]


@pytest.mark.case(56)
@pytest.mark.parametrize("runtime", [None, "on the disk"])
def test_an_editor_has_the_text_of_a_sealed_store_in_memory_alone(
    ptui: Ptui, editor: Path, tmp_path: Path, sealed: list[str], runtime: str | None
) -> None:
    if runtime is not None:
        (tmp_path / runtime).mkdir(0o700)
    env = {"XDG_RUNTIME_DIR": runtime and str(tmp_path / runtime)}
    done = ptui("edit", "J1", "--editor", *sealed, *with_editor(editor), env=env)
    assert done.code == 0, done.err
    used = (tmp_path / "path").read_text().strip()
    assert place.file_system(os.path.dirname(os.path.dirname(used))) == "tmpfs"
    assert not os.path.exists(os.path.dirname(used))


@pytest.mark.case(56)
def test_without_a_folder_in_memory_no_editor_gets_the_text(
    ptui: Ptui,
    editor: Path,
    tmp_path: Path,
    sealed: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(place, "file_system", lambda _folder: "ext4")
    done = ptui("edit", "J1", "--editor", *sealed, *with_editor(editor))
    assert (done.code, "XDG_RUNTIME_DIR" in done.err) == (4, True)
    assert not (tmp_path / "path").exists()


def test_what_is_forgotten_was_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what the editor left beside it; seen through a name of its own."""
    folder = tmp_path / "private"
    folder.mkdir()
    for name in ("text.md", ".text.md.swp"):
        (folder / name).write_text("a secret")
        os.link(folder / name, tmp_path / name)
    (folder / "away").symlink_to(tmp_path / "mine")
    (tmp_path / "mine").write_text("not of the editor")
    forget(str(folder / "text.md"))
    assert not folder.exists()
    assert (tmp_path / "text.md").read_bytes() == bytes(8)
    assert (tmp_path / ".text.md.swp").read_bytes() == bytes(8)
    assert (tmp_path / "mine").read_text() == "not of the editor"


@pytest.mark.case(56, 66)
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_leaves_no_text_behind_and_loses_none(
    sealed: list[str], tmp_path: Path, now: datetime, name: str
) -> None:
    script = tmp_path / "editor"
    script.write_text(
        '#!/bin/sh\necho "and half a line" >> "$1"\n'
        f"echo \"$1\" > '{tmp_path}/part'; mv '{tmp_path}/part' '{tmp_path}/path'\n"
        "exec sleep 60\n"
    )
    script.chmod(0o755)
    path = str(tmp_path / "planner.db")
    read = int(sealed[-1])
    program = (
        "from plannertui.store import key; key.KDFS[1] = (1 << 10, 8, 1)\n"
        "from plannertui.cli.main import main; import sys; sys.exit(main(sys.argv[1:]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, "edit", "J1", "--editor", *sealed],
        env={
            **os.environ,
            "PLANNERTUI_DB": path,
            "PLANNERTUI_NOW": now.isoformat(),
            "VISUAL": str(script),
        },
        pass_fds=[read],
        stdin=subprocess.DEVNULL,
    )
    while not (tmp_path / "path").exists():
        assert process.poll() is None
        time.sleep(0.01)
    number = getattr(signal, name)
    process.send_signal(number)
    assert process.wait(60) == -number
    used = (tmp_path / "path").read_text().strip()
    assert not os.path.exists(os.path.dirname(used))
    db = open_store(path, now=now, key=sealing.unlock(path, WORDS))
    try:
        draft = drafts.get(db, "entry:J1")
    finally:
        db.close()
    assert draft is not None
    assert (draft.body, draft.base_rev) == ("one\nand half a line", 1)
