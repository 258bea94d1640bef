"""A disk that fills up: the run ends with what to do, and goes on when there is room."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from scale import fakes

from asreported.errors import StoreError
from asreported.running import run


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        pytest.skip(f"mounting needs a mount command: {error}")
    if mounted.returncode:
        pytest.skip(f"mounting is not permitted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk(small_disk: Path, tmp_path: Path, workers: int) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 200)
    options = {"columns": fakes.COLUMNS, "offline": True, "make_pipeline": fakes.make_pipeline, "shard_items": 10}
    run([path], store=tmp_path / "whole", workers=1, **options)  # type: ignore[arg-type]
    store = small_disk / "store"
    ballast = small_disk / "ballast"
    ballast.write_bytes(os.urandom(1_000_000))
    for _ in range(3):  # a full disk stays full, and trying again does no harm
        with pytest.raises(StoreError, match=r"[Mm]ake room and run the same command again"):
            run([path], store=store, workers=workers, **options)  # type: ignore[arg-type]
        if (store / "store.json").exists() and (store / "catalogue.sqlite").exists():
            fakes.check(store)
    ballast.unlink()
    subprocess.run(["mount", "-o", "remount,size=40m", str(small_disk)], check=True)
    run([path], store=store, workers=workers, **options)  # type: ignore[arg-type]
    fakes.check(store)
    assert fakes.dump(store) == fakes.dump(tmp_path / "whole")
