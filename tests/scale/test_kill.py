"""Killed at random moments, again and again, a run still ends with every article once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from asreported.running import run

from . import fakes

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fakes.write_articles(tmp_path_factory.mktemp("articles") / "articles.jsonl", 60)


def test_killed_sixty_times(articles: Path, tmp_path: Path) -> None:
    """``kill -9`` at random moments of runs on a pipeline that costs nothing, so that most hit the writing."""
    command = [sys.executable, str(HERE / "killed.py"), str(articles), str(tmp_path), "60", "20261128"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told["kills"] >= 60
    run([articles], store=tmp_path / "whole", columns=fakes.COLUMNS, workers=1, offline=True,
        make_pipeline=fakes.make_pipeline)  # fmt: skip
    whole = fakes.dump(tmp_path / "whole")
    assert len(whole["documents"]) > 40
    for n in range(1, told["stores"] + 1):
        store = tmp_path / str(n)
        fakes.check(store)
        assert fakes.dump(store) == whole
        assert list((store / "aside").iterdir()) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_with_all_its_workers_at_work(articles: Path, tmp_path: Path, seed: int) -> None:
    """The parent alone is killed; what its workers still write counts for nothing."""
    chance = random.Random(seed)
    script = (
        "import sys; from pathlib import Path; from asreported.running import run; from scale import fakes\n"
        f"if __name__ == '__main__':\n"
        f"    run([{str(articles)!r}], store={str(tmp_path / 'store')!r}, columns=fakes.COLUMNS, workers=2,\n"
        "        offline=True, shard_items=4, make_pipeline=fakes.make_pipeline)\n"
    )
    path = tmp_path / "script.py"
    path.write_text(script)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE.parent), *sys.path]), "FAKE_S": "0.05"}
    parts = tmp_path / "store" / "parts"
    process = subprocess.Popen([sys.executable, str(path)], env=environment)
    waited = time.monotonic() + 100
    while time.monotonic() < waited and not (parts.exists() and len(list(parts.iterdir())) > seed):
        time.sleep(0.02)
    time.sleep(chance.uniform(0, 0.2))
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -9
    assert subprocess.run([sys.executable, str(path)], env=environment).returncode == 0
    fakes.check(tmp_path / "store")
    run([articles], store=tmp_path / "other", columns=fakes.COLUMNS, workers=1, offline=True,
        make_pipeline=fakes.make_pipeline)  # fmt: skip
    assert fakes.dump(tmp_path / "store") == fakes.dump(tmp_path / "other")
