"""Many addresses fetched the way that a guest should: what robots.txt forbids is left alone, each host has its pace."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from ..errors import FetchError, InputError, Outcome
from .fetch import Fetched, fetch, fetch_changed
from .limits import Limits

AGENT = "asreported"  # what robots.txt may name
AT_ONCE = 8  # hosts
AHEAD = 64  # addresses that wait for their host
LONGEST_PACE_S = 60.0  # a longer Crawl-delay is taken for a mistake

Tags = tuple[str | None, str | None]  # ETag and Last-Modified of the last time
Find = Callable[[str], Tags]


@dataclass(slots=True)
class Host:
    """What is known of a host: its rules, and when it may be asked again (by the monotonic clock)."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: RobotFileParser | None = None
    problem: str | None = None
    pace_s: float = 0.0
    next_at: float = 0.0


class Fetcher:
    """Fetches one address at a time from each host, ``pace_s`` seconds apart or as its robots.txt says."""

    def __init__(self, *, limits: Limits, allow_private: bool = False, pace_s: float = 1.0) -> None:
        self.limits, self.allow_private, self.pace_s = limits, allow_private, pace_s
        self.hosts: dict[str, Host] = {}
        self.pending: deque[Iterator[str]] = deque()
        self.lock = threading.Lock()
        self.stopped = threading.Event()

    def add(self, urls: Iterable[str]) -> None:
        """More addresses, taken from ``urls`` only as others are done; also while ``fetch_all`` is under way."""
        self.pending.append(iter(urls))

    def fetch_all(self, find: Find) -> Iterator[tuple[str, Fetched | InputError | None]]:
        """What each address answers, as the answers come; ``None`` where nothing has changed since ``find(url)``."""
        waiting: deque[str] = deque()
        under_way: dict[Future[Fetched | InputError | None], str] = {}
        busy: set[str] = set()
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="fetch") as pool:
            try:
                while self.pending or waiting or under_way:
                    self._refill(waiting)
                    for url in [u for u in waiting if _origin(u) not in busy]:
                        if len(under_way) < AT_ONCE and _origin(url) not in busy:
                            waiting.remove(url)
                            busy.add(_origin(url))
                            under_way[pool.submit(self._fetch, url, find(url))] = url
                    done = wait(under_way, return_when=FIRST_COMPLETED).done if under_way else set()
                    for future in done:
                        url = under_way.pop(future)
                        busy.discard(_origin(url))
                        yield url, future.result()
            finally:
                self.stopped.set()

    def _refill(self, waiting: deque[str]) -> None:
        while self.pending and len(waiting) < AHEAD:
            url = next(self.pending[0], None)
            if url is None:
                self.pending.popleft()
            else:
                waiting.append(url)

    def _fetch(self, url: str, tags: Tags) -> Fetched | InputError | None:
        try:
            host = self._get_host(url)
            with host.lock:
                self._learn(host, url)
                if host.problem is not None:
                    raise FetchError(url, host.problem, "Save the page and read the file.")
                if host.rules is not None and not host.rules.can_fetch(AGENT, url):
                    problem = "is closed to programs by the site's robots.txt."
                    raise FetchError(url, problem, "Ask the publisher, or save the page and read the file.")
                self._pause(host)
                etag, last_modified = tags
                return fetch_changed(
                    url, etag=etag, last_modified=last_modified, limits=self.limits, allow_private=self.allow_private
                )
        except InputError as error:
            return error

    def _get_host(self, url: str) -> Host:
        with self.lock:
            return self.hosts.setdefault(_origin(url), Host(pace_s=self.pace_s))

    def _learn(self, host: Host, url: str) -> None:
        """Reads a host's robots.txt once. One that is not there forbids nothing; one that is refused forbids all."""
        if host.rules is not None or host.problem is not None:
            return
        rules = RobotFileParser()
        address = f"{_origin(url)}/robots.txt"
        try:
            self._pause(host)
            answer = fetch(address, limits=self.limits, allow_private=self.allow_private)
            rules.parse(answer.data[:500_000].decode("utf-8", "replace").splitlines())
        except FetchError as error:
            status = _status(error)
            if status in (401, 403):
                rules.parse(["User-agent: *", "Disallow: /"])
            elif status is not None and 400 <= status < 500:
                rules.parse([])
            else:
                host.problem = f"its site's robots.txt cannot be read: {address} {error.problem}"
                return
        except InputError as error:
            if error.outcome is not Outcome.NOT_ARTICLE:
                host.problem = f"its site's robots.txt cannot be read: {error.problem}"
                return
            rules.parse([])  # an image or the like stands there
        host.rules = rules
        delay = rules.crawl_delay(AGENT)
        if delay is not None:
            host.pace_s = max(host.pace_s, min(float(delay), LONGEST_PACE_S))

    def _pause(self, host: Host) -> None:
        self.stopped.wait(max(0.0, host.next_at - time.monotonic()))
        if self.stopped.is_set():
            raise FetchError("", "was not fetched: the run was stopped.", "Run the same command again.")
        host.next_at = time.monotonic() + host.pace_s


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()


def _status(error: FetchError) -> int | None:
    """The HTTP status that an error names."""
    _, found, rest = error.problem.partition("(HTTP ")
    return int(rest[:3]) if found and rest[:3].isdigit() else None
