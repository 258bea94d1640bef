"""The reading room: a store in a browser, and the same addresses as JSON.

>>> from asreported.web import make_app
>>> app = make_app("corpus")  # doctest: +SKIP
"""

from __future__ import annotations

from ..errors import StoreError

try:
    import fastapi as _fastapi  # noqa: F401
    import jinja2 as _jinja2  # noqa: F401
    import uvicorn as _uvicorn  # noqa: F401
except ImportError as error:
    raise StoreError(
        f"the reading room needs {error.name}, which a plain installation leaves out. Install it with: "
        "pip install 'asreported[web]'"
    ) from error

from .app import make_app
from .serve import serve

__all__ = ["make_app", "serve"]
