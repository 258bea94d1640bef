"""Time expressions: found, typed, and resolved against the dates that their text and publication give.

>>> from asreported.times import find_times
>>> [(t.value, t.anchor) for t in find_times("She called off a Thursday meeting.", published="2022-02-22")]
[('2022-02-24', <Anchor.PUBLICATION: 'publication'>)]
"""

from .find import find_times

__all__ = ["find_times"]
