"""The inputs of a run as a stream of items: folders, files, archives, feeds, sitemaps, tables and addresses."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from ..errors import InputError, Outcome
from . import load_parts
from .build import NOTHING, Given
from .fetch import Fetched
from .items import Item, Listed, Loaded, Refusal, Same, refuse
from .limits import DEFAULT_LIMITS, Limits
from .objects import is_object, list_objects
from .open import Medium, open_file, peek, read_stream, sniff, unpack
from .polite import Fetcher, Find

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_JSONL, _PARQUET, _LISTS = (".jsonl", ".ndjson"), (".parquet",), (".lst", ".urls")
_PAGES = (".html", ".htm", ".xhtml", ".txt", ".warc", ".xml", ".rss", ".atom")
KINDS = (*_PAGES, *_JSONL, *_PARQUET, *_LISTS)  # what is read of a folder, gzipped or not; and files without an ending
_ADDRESS_BYTES = 60_000  # what an address counts in the share that is done


class Sources:
    """Everything that the inputs of a run hold, loaded one by one.

    ``inputs`` are paths and addresses, ``lists`` files with an address a line. ``find`` gives ETag and Last-Modified of
    an address's last time. With ``fetcher`` ``None`` nothing is fetched. ``n_passed_over`` counts the files of folders
    that are of other kinds than ``KINDS``: they are no inputs.
    """

    def __init__(
        self,
        inputs: Sequence[str | os.PathLike[str]],
        *,
        lists: Sequence[str | os.PathLike[str]] = (),
        columns: Mapping[str, str] | None = None,
        outlet: str | None = None,
        language: str | None = None,
        fetcher: Fetcher | None = None,
        find: Find = lambda _: (None, None),
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self.inputs, self.lists = [os.fspath(i) for i in inputs], [os.fspath(i) for i in lists]
        self.columns, self.fetcher, self.find, self.limits = columns, fetcher, find, limits
        self.given = Given(outlet=outlet, language=language) if outlet or language else NOTHING
        self.n_passed_over = 0
        self.size_bytes: int | None = None  # of all inputs, once it is known
        self.done_bytes = 0
        self.seen: set[str] = set()  # sitemaps
        self.sizes: dict[str, int] = {}  # in bytes, of the object that is being loaded

    def measure(self) -> None:
        """Finds out how large the inputs are, beside everything else."""
        threading.Thread(target=self._measure, daemon=True, name="measure").start()

    def share(self) -> float | None:
        """How much of the inputs has been loaded, from 0 to 1; ``None`` while their size is not known."""
        return min(1.0, self.done_bytes / self.size_bytes) if self.size_bytes else None

    def load(self) -> Iterator[Loaded]:
        """Every item, in no promised order; addresses last."""
        for name in self.inputs:
            if _ADDRESS.fullmatch(name):
                yield from self._queue(name, [name])
            elif is_object(name):
                yield from self._load_objects(name)
            elif "://" in name:
                remedy = "Give a file or folder, or an address that starts with http://, https:// or s3://."
                yield Refusal(name, Outcome.FAILED, "open", "is an address of a kind that cannot be read.", remedy)
            elif Path(name).is_dir():
                for path in self._walk(name):
                    yield from self._load_file(path)
            else:
                yield from self._load_file(name)
        for name in self.lists:
            yield from self._load_list(_whole(name))
        if self.fetcher is not None:
            for url, answer in self.fetcher.fetch_all(self._find):
                self.done_bytes += _ADDRESS_BYTES
                yield from self._load_answer(url, answer)

    # --- files ------------------------------------------------------------------------------------------------------

    def _walk(self, folder: str) -> Iterator[str]:
        """The files of a folder and the folders in it; links to folders and hidden names are left alone."""
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            try:
                with os.scandir(here) as entries:
                    for entry in entries:
                        if entry.name.startswith("."):
                            continue
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(entry.path)
                        elif entry.is_file():
                            if _kind(entry.name) in (*KINDS, ""):
                                yield entry.path
                            else:
                                self.n_passed_over += 1
            except OSError:
                self.n_passed_over += 1

    def _load_objects(self, address: str) -> Iterator[Loaded]:
        """What lies at an address on object storage, or below it; as in folders, kinds that are no inputs are left."""
        if self.fetcher is None:
            problem = "lies on object storage, and fetching is switched off."
            yield Refusal(address, Outcome.FAILED, "fetch", problem, "Leave out --offline.")
            return
        try:
            for found, size in list_objects(address):
                hidden = any(part.startswith(".") for part in found.removeprefix(address).split("/"))
                if found == address or (_kind(found) in (*KINDS, "") and not hidden):
                    self.sizes[found] = size
                    yield from self._load_file(found)
                    self.sizes.pop(found)
                else:
                    self.n_passed_over += not hidden
        except InputError as error:
            yield refuse(address, error, "open")

    def _load_file(self, path: str) -> Iterator[Loaded]:
        name = _whole(path)
        before = self.done_bytes
        try:
            kind = _kind(name)
            if kind in _LISTS:
                yield from self._load_list(name)
            elif kind in _PARQUET:
                from .tables import load_parquet

                yield from _name_errors(load_parquet(name, columns=self.columns), "open")
            else:
                yield from self._load_stream(name, kind, before)
        except InputError as error:
            yield refuse(name, error, "open")
        except Exception as error:  # each kind of storage has its own, and any of them may come in the middle
            if not is_object(name):
                raise
            problem = f"could not be read to its end ({type(error).__name__}: {str(error)[:160]})."
            yield Refusal(name, Outcome.FAILED, "open", problem, "Run the same command again.")
        self.done_bytes = before + (self.sizes[name] if name in self.sizes else _size(name))

    def _load_stream(self, name: str, kind: str, before: int) -> Iterator[Loaded]:
        with open_file(name) as file:
            if kind in _JSONL:
                from .tables import load_jsonl

                found: Iterator[Item | InputError] = load_jsonl(file, source=name, columns=self.columns)
                yield from self._follow(_name_errors(found, "open"), file, before)
                return
            head, stream = peek(file, name)
            if head.startswith(b"WARC/"):
                from .warc import load_warc

                found = load_warc(stream, source=name, given=self.given, limits=self.limits)
                yield from self._follow(_name_errors(found, "open"), file, before)
                return
            raw = read_stream(stream, name, self.limits)
        medium = sniff(raw.data, name, declared=name.removesuffix(".gz"))
        if medium is Medium.TEXT and kind in (".txt", "") and _is_list(raw.data):
            yield from self._load_list(name)
            return
        packed = raw.packed if raw.packed is not raw.data else None
        yield from self._load_item(Item(name, name, raw.data, medium, self.given, packed))

    def _follow(self, items: Iterator[Loaded], file: BinaryIO, before: int) -> Iterator[Loaded]:
        for item in items:
            self.done_bytes = before + file.tell()
            yield item

    def _load_item(self, item: Item) -> Iterator[Loaded]:
        """The item, or what is in it."""
        if item.medium is Medium.SITEMAP:
            yield from self._load_sitemap(item)
            return
        from .feed import SummaryOnly

        for part in load_parts(item, self.limits):
            if isinstance(part, SummaryOnly) and part.link and self.fetcher is not None:
                self.fetcher.add([part.link])
            elif isinstance(part, InputError):
                yield refuse(part.source, part, "open")
            else:
                yield part

    def _load_sitemap(self, item: Item) -> Iterator[Loaded]:
        from .sitemap import read_sitemap

        listing = read_sitemap(item.data, source=item.source)
        self.seen.add(item.id)
        further = [url for url in listing.sitemaps if url not in self.seen]
        self.seen.update(further)
        yield from self._queue(item.id, [*further, *listing.pages])

    # --- addresses --------------------------------------------------------------------------------------------------

    def _queue(self, name: str, urls: Iterable[str]) -> Iterator[Refusal]:
        if self.fetcher is not None:
            self.fetcher.add(urls)
        else:
            problem = "names addresses, and fetching is switched off."
            yield Refusal(name, Outcome.FAILED, "fetch", problem, "Leave out --offline.")

    def _load_list(self, name: str) -> Iterator[Loaded]:
        try:
            open_file(name).close()
        except InputError as error:
            yield refuse(name, error, "open")
            return
        yield from self._queue(name, _read_list(name))

    def _find(self, url: str) -> tuple[str | None, str | None]:
        return self.find(url)

    def _load_answer(self, url: str, answer: Fetched | InputError | None) -> Iterator[Loaded]:
        if answer is None:
            yield Same(url)
            return
        try:
            if isinstance(answer, InputError):
                raise answer
            data = unpack(answer.data, url, self.limits)
            medium = sniff(data, url, declared=answer.media_type)
            packed = answer.data if answer.data is not data else None
            item = Item(
                url, url, data, medium, self.given, packed, answer.charset, answer.fetched_at, answer.url,
                etag=answer.etag, last_modified=answer.last_modified,
            )  # fmt: skip
            yield from self._load_item(item)
            if medium in (Medium.FEED, Medium.SITEMAP):
                yield Listed(url, answer.etag, answer.last_modified)
        except InputError as error:
            yield refuse(url, error, "fetch")

    def _measure(self) -> None:
        total = 0
        for name in self.inputs:
            if _ADDRESS.fullmatch(name):
                total += _ADDRESS_BYTES
            elif is_object(name):
                with suppress(InputError):  # loading says so
                    total += sum(size for _, size in list_objects(name)) if self.fetcher is not None else 0
            elif Path(name).is_dir():
                total += sum(_size(path) for path in Sources([name])._walk(name))
            else:
                total += _size(name)
        for name in self.lists:
            total += _ADDRESS_BYTES * (_size(name) // 80 + 1)
        self.size_bytes = total


def _kind(name: str) -> str:
    """The ending of a file's name in lower case, that of gzip left out; empty where there is none."""
    return Path(name.lower().removesuffix(".gz")).suffix


def _whole(path: str) -> str:
    """The name that a file keeps wherever the command is given."""
    return path if path == "-" or is_object(path) else Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - links stay as they are


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return 0


def _is_list(data: bytes) -> bool:
    """Whether a text is addresses and nothing else, by its first lines."""
    lines = [line.strip() for line in data[:20_000].decode("utf-8", "replace").splitlines()[:50]]
    lines = [line for line in lines if line and not line.startswith("#")]
    lines = lines[:-1] if len(data) > 20_000 and len(lines) > 1 else lines
    return bool(lines) and all(_ADDRESS.fullmatch(line) for line in lines)


def _read_list(name: str) -> Iterator[str]:
    with open_file(name) as file:
        for line in file:
            words = line.decode("utf-8", "replace").strip()
            if words and not words.startswith("#"):
                yield words.split()[0]


def _name_errors(items: Iterator[Item | InputError], stage: str) -> Iterator[Loaded]:
    for item in items:
        yield refuse(item.source, item, stage) if isinstance(item, InputError) else item
