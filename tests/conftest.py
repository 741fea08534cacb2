"""What every test stands on: an empty home, a fixed moment, no network."""

from __future__ import annotations

import os
import signal
import socket
import time
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

from tests.shell import Ptui as Ptui
from tests.shell import Ran, needs_process, run_apart, run_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from plannertui.store.open import Store

pytest_plugins = ["tests.faults.harness"]

ROOT = Path(__file__).parent.parent
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2024, 9, 14, 18, 10, tzinfo=ZONE)

settings.register_profile(
    "planner",
    deadline=None,
    max_examples=50,
    database=None,
    print_blob=True,
    # A busy machine is not a slow strategy.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough", settings.get_profile("planner"), max_examples=2000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "planner"))


def pytest_configure(config: pytest.Config) -> None:
    """Recompile catalogues that were edited since they were built; let Ctrl+C be heard.

    Under a shell that runs the tests in the background, SIGINT is ignored, and whatever
    the tests start would ignore it, too.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        from hatch_build import compile_catalogues

        compile_catalogues(ROOT, only_stale=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the screen are counted when the screen is (see pyproject.toml)."""
    if "UNCOUNTED" in os.environ:
        return
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "tui"):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True)
def home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """An empty home with its own XDG folders, in Shanghai, and in English."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith("PLANNERTUI_"):
            monkeypatch.delenv(name)
    for name in (
        *("LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "FORCE_COLOR", "EDITOR"),
        *("VISUAL", "COLUMNS", "LINES", "PYTHONPATH", "PYTHONWARNINGS"),
        *("XDG_DATA_DIRS", "XDG_CONFIG_DIRS", "XDG_RUNTIME_DIR"),
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CACHE_HOME", ".cache"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    before = os.environ.get("TZ")
    os.environ["TZ"] = ZONE.key
    time.tzset()
    yield home
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test starts and ends in English, whatever the one before it spoke."""
    from plannertui import i18n

    i18n.use("en")
    yield
    i18n.use("en")


def _local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True
    try:
        return ip_address(str(address[0])).is_loopback
    except ValueError:
        return str(address[0]) == "localhost"


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """No test reaches another machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            real = getattr(socket.socket, name)

            def guarded(
                self: socket.socket, address: Any, real: Callable[..., Any] = real
            ) -> Any:
                if not _local(address):
                    raise RuntimeError(f"a test wanted to connect to {address!r}")
                return real(self, address)

            patch.setattr(socket.socket, name, guarded)
        yield


@pytest.fixture
def now() -> datetime:
    """Saturday 14 September 2024, 18:10 in Shanghai: a make-up workday."""
    return NOW


@pytest.fixture
def store(tmp_path: Path, now: datetime) -> Iterator[Store]:
    """An empty store on a real file."""
    from plannertui.store.open import open_store

    db = open_store(str(tmp_path / "planner.db"), now=now)
    yield db
    db.close()


@pytest.fixture
def ptui(tmp_path: Path, now: datetime, request: pytest.FixtureRequest) -> Ptui:
    """The command, run at ``now`` on ``tmp_path / "planner.db"``.

    It runs in this process, which costs a fifth of a process of its own, with streams and
    surroundings of its own; where the process itself is what is tried, the test bears the
    mark ``process``, or the call says ``process=True``.
    """
    always = request.node.get_closest_marker("process") is not None

    def run(
        *args: str | bytes,
        input: str | bytes | None = None,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        timeout: float = 60,
        process: bool = False,
    ) -> Ran:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PLANNERTUI_DB": str(tmp_path / "planner.db"),
            "PLANNERTUI_NOW": now.isoformat(),
        }
        for name, value in (env or {}).items():
            if value is None:
                environment.pop(name, None)
            else:
                environment[name] = value
        raw = input.encode() if isinstance(input, str) else input
        where = cwd or tmp_path
        if process or always or needs_process(env or {}):
            return run_apart(args, raw, environment, where, timeout)
        return run_here(args, raw, environment, where)

    return run
