"""Who may import whom, what ``import asreported`` costs, and what the wheel holds."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "asreported"

# A part may import the parts above it, never one beside or below it. The first level may import one another.
LEVELS: list[set[str]] = [
    {"errors", "record", "ids"},
    {"quotes", "wire", "words"},
    {"ingest", "models"},
    {"times"},
    {"stages"},
    {"pipeline"},
    {"link"},
    {"store"},
    {"show"},
    {"export"},
    {"scale", "web"},
    {"reading"},
    {"running"},
    {"cli"},
    {"__main__"},
]
LEVEL = {part: number for number, parts in enumerate(LEVELS) for part in parts}

# Not part of the product.
OUTSIDE = {"training", "eval", "bench", "tests", "samples", "torch", "onnx", "onnxscript", "spacy", "textacy"}

# Imported by `import asreported`, these would make every use slow or large.
HEAVY = {
    "torch", "ray", "fastapi", "duckdb", "pyarrow", "pydantic", "onnxruntime", "tokenizers", "trafilatura", "htmldate",
    "jinja2", "lxml", "numpy", "py3langid", "rich", "starlette", "uvicorn", "warcio",
}  # fmt: skip


def module_name(path: Path, package: Path = PACKAGE) -> str:
    """``src/asreported/ingest/parse.py`` is ``asreported.ingest.parse``."""
    parts = [package.name, *path.relative_to(package).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source: str, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and absolute name of everything that ``source`` imports, wherever in the file it does."""
    package = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(module: str) -> str:
    """The part of the package that a module belongs to; empty for the package itself."""
    return module.split(".")[1] if "." in module else ""


def violations(source: str, module: str, is_package: bool) -> list[str]:
    found = []
    own = part_of(module)
    for line, name in imported(source, module, is_package):
        top, *rest = name.split(".")
        if top in OUTSIDE:
            found.append(f"{module}:{line} imports {name}, which is no part of the product")
        if top == "ray" and not module.startswith("asreported.scale.ray"):
            found.append(f"{module}:{line} imports {name}; only asreported.scale.ray may")
        if top != "asreported" or not own or own == (rest[0] if rest else ""):
            continue
        if not rest or rest[0] not in LEVEL:
            if own not in {"cli", "__main__"}:
                found.append(f"{module}:{line} imports {name} from the package itself; name the module it lives in")
        elif LEVEL[rest[0]] > LEVEL[own] or (LEVEL[rest[0]] == LEVEL[own] > 0):
            found.append(f"{module}:{line} imports {name}, which comes after {own}")
    return found


def test_every_part_has_a_level() -> None:
    parts = {part_of(module_name(path)) for path in sources()} - {""}
    assert parts <= LEVEL.keys(), f"give these a place in LEVELS: {sorted(parts - LEVEL.keys())}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    assert violations(path.read_text("utf-8"), module_name(path), path.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("module", "source", "allowed"),
    [
        ("asreported.ingest.parse", "from ..record import Span", True),
        ("asreported.ingest.parse", "from .metadata import find_stamps", True),
        ("asreported.stages.statements", "from ..models import decode", True),
        ("asreported.pipeline", "def f():\n    from .stages import sentences", True),
        ("asreported.cli", "from . import read, show", True),
        ("asreported.record", "from .pipeline import Pipeline", False),
        ("asreported.ingest.parse", "from ..models.runtime import load", False),
        ("asreported.ingest.parse", "import asreported.pipeline", False),
        ("asreported.models.runtime", "def f():\n    from ..stages import sentences", False),
        ("asreported.wire", "from .show import page", False),
        ("asreported.show.page", "from ..wire import to_json", True),
        ("asreported.stages.statements", "from asreported import read", False),
        ("asreported.models.runtime", "import torch.nn", False),
        ("asreported.store", "import ray", False),
        ("asreported.scale.ray", "import ray", True),
        ("asreported.cli", "from bench import speed", False),
    ],
)
def test_the_rule_itself(module: str, source: str, allowed: bool) -> None:
    assert (violations(source, module, False) == []) is allowed


def test_import_brings_in_nothing_heavy() -> None:
    code = "import sys, asreported, json; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(run.stdout)}
    assert "asreported" in loaded
    assert loaded & HEAVY == set()


def test_version_is_the_installed_one() -> None:
    from importlib.metadata import version

    import asreported

    assert asreported.__version__ == version("asreported")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return folder


def package_files(root: Path) -> set[str]:
    """Everything under ``src/asreported`` that has to ship."""
    found = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root / "src").as_posix() for path in found}


def test_wheel_holds_the_package_and_its_data(built: Path, root: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert package_files(root) <= names
    assert {
        "asreported/cli/__init__.py",
        "asreported/py.typed",
        "asreported/record.schema.json",
        "asreported/weights/en/spec.json",
        "asreported/weights/en/vocab.txt",
    } <= names
    assert any(name.startswith("asreported/weights/en/") and name.endswith(".onnx") for name in names)
    assert any(name.startswith("asreported/weights/en/") and name.endswith(".md") for name in names), "no model card"
    assert {"asreported/show/page.html", "asreported/show/page.css"} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_wheel_holds_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"asreported"}
    assert [name for name in names if name.endswith((".pyc", ".pt", ".pkl", ".bin"))] == []


def test_sdist_builds_the_same_package(built: Path, root: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"src/{name}" for name in package_files(root)} <= names
    assert {"LICENSE", "NOTICE", "README.md", "pyproject.toml"} <= names


def test_core_locks_bring_no_torch(root: Path) -> None:
    for lock in ("core", "build", "dev"):
        text = (root / "requirements" / f"{lock}.txt").read_text("utf-8")
        pinned = {line.partition("==")[0] for line in text.splitlines() if "==" in line and line[0].isalpha()}
        assert pinned, lock
        assert pinned & {"torch", "transformers", "sentence-transformers", "spacy"} == set()


def test_locks_name_no_index(root: Path) -> None:
    for lock in (root / "requirements").iterdir():
        text = lock.read_text("utf-8")
        for word in ("://", "--index-url", "--extra-index-url", "--find-links", "file:"):
            assert word not in text, f"{lock.name} names {word}"
