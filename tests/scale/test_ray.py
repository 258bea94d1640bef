"""The same shards on Ray: the same rows as from a local run, whoever dies on the way."""

from __future__ import annotations

import importlib
import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from asreported.errors import StoreError
from asreported.running import Progress, run
from asreported.scale.workers import THREADS
from asreported.store import open_store

from . import fakes

pytest.importorskip("ray", reason="the extra asreported[ray] is not installed")

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def pids(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which every worker of the cluster leaves its process id."""
    folder = tmp_path_factory.mktemp("pids")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAKE_PIDS", str(folder))
        yield folder


@pytest.fixture(scope="module")
def cluster(pids: Path) -> Iterator[Any]:
    """A cluster of two machines, which here are two sets of processes: one takes no work, the other has three CPUs."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            "PYTHONPATH", os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
        )
        store = 100_000_000
        made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": store})
        made.add_node(num_cpus=3, object_store_memory=store)
        yield made
        made.shutdown()


def go(path: Path, store: Path, **options: Any) -> dict[str, int]:
    """The counts of a run on the pipeline that costs nothing."""
    result = run([path], store=store, columns=fakes.COLUMNS, offline=True, shard_items=4,
                 make_pipeline=fakes.make_pipeline, **options)  # fmt: skip
    return {str(name): n for name, n in result.counts.items() if n}


def test_the_same_rows_as_a_local_run(cluster: Any, tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 60)
    alone = go(path, tmp_path / "alone", workers=1)
    assert go(path, tmp_path / "cluster", ray=cluster.address) == alone
    assert fakes.dump(tmp_path / "cluster") == fakes.dump(tmp_path / "alone")
    fakes.check(tmp_path / "cluster")
    assert list((tmp_path / "cluster" / "aside").iterdir()) == []
    again = go(path, tmp_path / "cluster", ray=cluster.address)
    assert again["unchanged"] == alone["recorded"]


def test_a_killed_worker_loses_and_doubles_nothing(cluster: Any, pids: Path, tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 60)
    alone = go(path, tmp_path / "alone", workers=1)
    for left in pids.iterdir():
        left.unlink()
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        """Kills a worker that is at work; the first time that one has told of itself, and once more later."""
        if progress.n_done >= 12 * len(killed) and len(killed) < 3:
            for left in pids.iterdir():
                if int(left.name) not in (*killed, os.getpid()):
                    with suppress(ProcessLookupError):
                        os.kill(int(left.name), signal.SIGKILL)
                        killed.append(int(left.name))
                        return

    assert go(path, tmp_path / "cluster", ray=cluster.address, on_progress=kill) == alone
    assert len(killed) == 3
    assert fakes.dump(tmp_path / "cluster") == fakes.dump(tmp_path / "alone")
    fakes.check(tmp_path / "cluster")


def test_a_lost_machine_loses_and_doubles_nothing(cluster: Any, tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 60)
    alone = go(path, tmp_path / "alone", workers=1)
    machines = [cluster.add_node(num_cpus=2, object_store_memory=100_000_000)]

    def lose(progress: Progress) -> None:
        if progress.n_done >= 8 and machines:
            cluster.remove_node(machines.pop(), allow_graceful=False)

    assert go(path, tmp_path / "cluster", ray=cluster.address, on_progress=lose) == alone
    assert machines == []
    assert fakes.dump(tmp_path / "cluster") == fakes.dump(tmp_path / "alone")
    fakes.check(tmp_path / "cluster")


def test_an_input_that_kills_its_process_stands_alone(cluster: Any, tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 3)
    with path.open("a") as file:
        file.write(json.dumps({"id": "bad", "headline": "Bad", "body": "Mayor Una said no. DIE"}) + "\n")
    assert go(path, tmp_path / "store", ray=cluster.address, workers=1) == {"recorded": 3, "failed": 1}
    with open_store(tmp_path / "store") as store:
        (bad,) = store.failures()
        assert bad["stage"] == "worker"
        assert bad["input_id"].endswith("#bad")


def test_a_machine_with_another_version_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in THREADS:
        monkeypatch.setenv(name, "1")
    from asreported.scale.ray import _Reader
    from asreported.scale.shards import Job, Shard

    run_row = {"run_id": "run-1", "program": "asreported 9", "stages": [{"name": "lines", "version": "0"}]}
    answer = _Reader(Job(str(tmp_path), run_row, "fp-1", fakes.make_pipeline)).run(Shard("00000001-a", ()))
    assert isinstance(answer, StoreError)
    assert "another version than asreported 9" in str(answer)


def test_workers_that_cannot_start(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "known_here.py").write_text(
        "from scale.fakes import make_pipeline as made\n\ndef make(): return made()\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(ROOT / "tests"))
    make = importlib.import_module("known_here").make
    path = fakes.write_articles(tmp_path / "a.jsonl", 3)
    with pytest.raises(StoreError, match=r"cannot be started by Ray .*known_here.*the same asreported"):
        run(
            [path],
            store=tmp_path / "store",
            columns=fakes.COLUMNS,
            offline=True,
            ray=cluster.address,
            make_pipeline=make,
        )


def test_where_there_is_no_cluster(tmp_path: Path) -> None:
    path = fakes.write_articles(tmp_path / "a.jsonl", 3)
    with pytest.raises(StoreError, match=r"there is no Ray cluster to be reached"):
        go(path, tmp_path / "store", ray="ray://127.0.0.1:1")
