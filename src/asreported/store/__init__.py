"""A corpus on disk: Parquet parts are the record, SQLite the catalogue and full text, DuckDB asks the questions.

>>> from asreported.store import open_store
>>> with open_store("corpus") as store:  # doctest: +SKIP
...     store.events(status="planned")
"""

from __future__ import annotations

from ..errors import StoreError

try:
    import duckdb as _duckdb  # noqa: F401
    import pyarrow as _pyarrow  # noqa: F401
except ImportError as error:
    raise StoreError(
        f"a store needs {error.name}, which a plain installation leaves out. Install it with: "
        "pip install 'asreported[store]'"
    ) from error


from .reading import Store, open_store

__all__ = ["Store", "open_store"]
