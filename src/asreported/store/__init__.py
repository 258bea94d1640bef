"""A corpus on disk: Parquet parts are the record, SQLite the catalogue and full text, DuckDB asks the questions.

>>> from asreported.store import open_store
>>> with open_store("corpus") as store:  # doctest: +SKIP
...     store.events(status="planned")
"""

from __future__ import annotations

from importlib.util import find_spec

from ..errors import StoreError

if _missing := [name for name in ("duckdb", "pyarrow") if find_spec(name) is None]:
    raise StoreError(
        f"a store needs {' and '.join(_missing)}, which a plain installation leaves out. Install it with: "
        "pip install 'asreported[store]'"
    )

from .reading import Store, open_store

__all__ = ["Store", "open_store"]
