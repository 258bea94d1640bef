"""Wall and CPU time of a stretch, and the process's peak memory. The standard library only: every system imports it."""

import resource
import sys
import time
from pathlib import Path


class Clock:
    """``with Clock() as c: ...`` leaves ``c.wall_s`` and ``c.cpu_s`` (user and system, all threads)."""

    def __enter__(self):
        self._wall, self._cpu = time.perf_counter(), _cpu_s()
        return self

    def __exit__(self, *error):
        self.wall_s, self.cpu_s = time.perf_counter() - self._wall, _cpu_s() - self._cpu


def _cpu_s():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak_memory_bytes():
    """The most memory that this process held at once.

    Linux carries ``ru_maxrss`` over from the parent, so there the kernel's own high-water mark is read.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
