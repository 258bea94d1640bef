"""Whether a day lies before or after the day of writing: the words that govern it say so.

No tagger: from the expression outwards, the nearest word of a few small tables decides. Words before it in its
clause come first, since English puts a time after its verb; then the words after it; then what lies before the clause.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .words import (
    ALWAYS_VERBS,
    DECIDED,
    HAPPENED,
    IN_MIND,
    IRREGULAR_PAST,
    LOOKING_FORWARD,
    NEGATED_PAST,
    NOT_PAST,
    ON_THE_CALENDAR,
    ONLY_VERBS,
    PROMISING,
    REPORTING,
    SAME_FORM,
    SET_DONE,
    SMALL_NUMBERS,
    TITLES_AND_ABBREVIATIONS,
)

PAST, OPEN, FUTURE = -1, 0, 1
PLANNED = 2  # told of as a plan once made (*was to arrive Monday*): ahead, unless the day has only just gone by

_REACH = 320  # characters looked at on either side; a longer sentence says nothing more
_TOKEN = re.compile(
    r"[^\W\d_]+n[’']t\b|[’'](?:ll|d|s|re|ve|m)\b|[^\W\d_]+(?:\.[A-Za-z]\b)*|\d[\d.,]*\d|[.!?;:,()\n“”\"—]|--|``|''"
)
_STOPS = frozenset(".!?\n")
_CLAUSE = frozenset("; — -- that which who whom whose where because although while but when".split())
_SUBORDINATE = frozenset("while as if when after although though because since with once".split())
_RELATIVE = frozenset("which who whom whose where".split())
# After "to", these are no infinitive ("to the north", "to reporters").
_NO_VERB = frozenset(
    "the a an his her its their our my this that these those reporters about more all total stock holders".split()
)
_NOUN_BEFORE = frozenset("the a an his her its their our my this these those 's ’s".split())
_PREPOSITIONS = (["according"], ["due"], ["thanks"], ["owing"], ["prior"], ["related"], ["close"], ["next"])
_BE = frozenset("is are am 's ’s 're ’re 'm ’m".split())
_CALLED_FOR = frozenset("call calls called calling forecast forecasts summon summoned".split())
_GIVEN_UNTIL = frozenset(
    """given gave give gives has have extended extend extends deadline adjourned adjourn adjourns deferred recessed
    postponed put remain remains stay stays""".split()
)
_CANCELLED = frozenset("canceled cancelled postponed scrapped shelved".split())
_NOTHING = frozenset("nothing anything something little much no-one nobody".split())
_STILL = frozenset("stay stays remain remains keep keeps".split())
_MOVED = frozenset("moved pushed shifted changed rescheduled delayed postponed".split())
_ADVERBS = frozenset("not also still now already being yet".split())
_MODAL = frozenset("be will would can could may might must shall should 'll ’ll won't to".split())
_FOR_DELIVERY = [["for", word] for word in ("delivery", "release", "publication", "broadcast", "consideration")]
# After "to", these say of what stands before them that it is still to come ("an interview to air Sunday").
_TO_COME = frozenset("air begin start open run end follow resume reopen expire appear".split())
# What stands before it lies earlier, and so does the writing: "in the run-up to Tuesday's vote".
_LEADING_TO = (
    ["ahead", "of"], ["eve", "of"], ["advance", "of"], ["lead", "up"],
    ["run", "up"], ["leading", "into"], ["heading", "into"], ["going", "into"], ["anticipation", "of"],
    ["preparation", "for"],
)  # fmt: skip
_WAS = frozenset("was were".split())
_PLANNED = frozenset("scheduled due set expected slated supposed planned poised going".split())
_AT_FIRST = frozenset("originally initially previously first".split())
# Verbs that are nouns after a past verb or a possessive.
_PLANS = frozenset("plans promises hopes fears delays plan".split())
_COMPARING = frozenset("more less least most".split())
_UP_TO = frozenset("by until till through before".split())
_PLURAL_SUBJECTS = frozenset("they we you i people men women who which that then also not next".split())
# Before a form in -s, these make it a noun ("two votes Thursday").
_COUNTING = frozenset(SMALL_NUMBERS) | frozenset(
    """several many most both all other new first second next last previous recent earlier final no more his her its
    their our these those the a an""".split()
)
_AFTER_A_VERB = frozenset("at in on during for after before when as and with by from while it he she they".split())
_AHEAD = frozenset("slated planned scheduled upcoming forthcoming proposed".split())
_WILL = frozenset("will would 'll won't shall".split())
_PAPERS = frozenset("accord pact agreement deal statement announcement announcements remarks comments".split())
_MISSED = frozenset("missed misses passed expired lapsed ignored defied met came went extended".split())
_KNOWN = (["the"], ["his"], ["her"], ["its"], ["their"], ["'s"], ["’s"])
_FACTS = HAPPENED - _PAPERS
_OF_A_PLACE = frozenset("in at over against near outside of on and the ,".split())
_UNKNOWN = frozenset("before until await awaits awaiting expect expects expected pending due for".split())
_UNSAID = frozenset("say comment discuss elaborate confirm speculate disclose identify give".split())
_OPENS_A_SENTENCE = frozenset(("", '"', "“", "``", "''", ":", ";", "(", "--", "—", "\n"))
_IMPERATIVES = frozenset("join watch tune".split())
_PROHIBITIONS = (["don't", "miss"], ["don't", "forget"])
_OUTLOOK = frozenset("chance chances prospect prospects hopes looming".split())
_SAYING_SO = frozenset("telling saying adding noting announcing".split())
# Participles that say what a thing is like and not when it was: "make his voice known on Tuesday".
_NO_TENSE = frozenset(
    "known needed required based named called aimed devoted related involved interested followed".split()
)
_SAYING = frozenset("said says say told added announced noted confirmed stressed insisted believed warned".split())
_CALLED_OFF = frozenset("call calls called calling rule rules".split())
_PUT_OFF = _CALLED_OFF | {"put", "puts", "putting"}


def find_direction(text: str, start: int, end: int) -> int:
    """-1 for the past, 1 for the future, 2 for what was planned, 0 where the sentence does not say, for the expression
    at ``start:end``.
    """
    words = _sentence_before(_TOKEN.findall(text[max(0, start - _REACH) : start]))
    if words[-2:] in (["according", "to"], ["as", "of"]):
        return PAST
    if _is_ahead_of(words):
        return FUTURE  # "ahead of the caucuses on Monday"
    if words[-1:] == ["to"] and _MOVED & set(words[-4:]):  # "moved to Thursday"
        return FUTURE
    if words[-2:] == ["now", "and"] or (words[-1:] == ["through"] and "today" in words[-4:]):
        return FUTURE
    if words and words[-1] in ("until", "till") and _GIVEN_UNTIL & set(words[-9:]):
        return FUTURE
    if words[-1:] == ["for"] and _CALLED_FOR & set(words[-9:]):  # "called elections for June"
        return FUTURE
    if _is_called_for(words) or {"until", "pending"} & set(words[-5:-1]):  # "held until a hearing on Friday"
        return FUTURE
    if words[:1] != [] and (words[0] in _IMPERATIVES or words[:2] in _PROHIBITIONS):  # "Join us Thursday"
        return FUTURE
    if head := _direction_of_head(words, text[end : end + 60]):
        return head
    cut = max((i + 1 for i, word in enumerate(words) if word in _CLAUSE), default=0)
    after = _TOKEN.findall(text[end : end + _REACH])
    if any(word in DECIDED for word in words[-4:]) and _is_its_own(words, after):
        return PAST
    if after[:1] == ["that"] and {"was", "were"} & set(words[-4:]):
        return PAST  # "aides were hopeful Tuesday that"
    if _is_known(words):
        return PAST
    if words[-1:] == ["on"] and [w.lower() for w in after[:1]] == ["set"] and set(after[1:2]) & _NOUN_BEFORE:
        return PAST  # "the court on Friday set a trial date"
    if _starts_here(words, after) or words[-2:] in _FOR_DELIVERY or words[-3:-1] in _FOR_DELIVERY:
        return FUTURE
    if _is_of_a_subject(words, after):
        return FUTURE
    if "never" in after[:2]:  # "planned for January, never took place"
        return PAST
    near, weak = _look_back(words[cut:])
    if _is_called_off(words[:cut]) and "had" in words[cut:] and LOOKING_FORWARD & set(words[cut:]):
        return FUTURE  # "called off a meeting that had been set for Thursday"
    if words[-1:] == [","] or words[-2:] == [",", "on"]:
        if cut and words[cut - 1] in _RELATIVE:
            near = weak = OPEN  # "the envoy, who will resign, on Monday left": that clause is closed
        elif words[0] in _SUBORDINATE:
            near = _look_ahead(after) or near  # "while he is waiting, Monday's vote was lost"
    return (
        near
        or _look_ahead(after)
        or weak
        or _look_back(words[: max(0, cut - 1)])[0]
        or (FUTURE if _is_up_to(words) or _is_a_deadline(text[end : end + 40]) else OPEN)
    )


_HEAD = re.compile(r"(?:[’']s?)?\s(?:[a-z-]+\s){0,2}?([A-Za-z]+)(?![\w’'-])")


# What a month's name before it says when goods change hands, never when they did: "December gold".
_DELIVERY = re.compile(
    r"\s(?:delivery|(?:futures |delivery )?contracts?\b|futures|crude|gold|silver|platinum|copper|wheat|corn|soybeans?"
    r"|cattle|cotton|sugar|coffee|cocoa|heating oil|natural gas|gasoline)\b(?! (?:of|with|for) [A-Z])"
)


def _direction_of_head(words: list[str], rest: str) -> int:
    """What the noun says whose time it is: *Monday's bombing* lies behind, *the deadline of March 20* ahead."""
    if _DELIVERY.match(rest) or words[-2:] == ["delivery", "in"] or words[-2:] == ["delivery", "for"]:
        return FUTURE
    m = _HEAD.match(rest)
    if m and m[1].lower() in HAPPENED and (rest[0] in "’'" or words[-1:] in (["the"], ["a"], ["an"])):
        return PAST
    if words[-2:-1] == ["deadline"] and words[-1] in ("of", ","):
        return FUTURE
    if words[-2:] in (["results", "of"], ["wake", "of"], ["aftermath", "of"]):
        return PAST
    return OPEN


def _is_known(words: list[str]) -> bool:
    """Whether the time is that of something known before it: *appealed the ruling Friday*, *over her arrest Sunday*.

    Names may say where or against whom it was: *her victories in Ohio and Utah on Tuesday*.
    """
    at = len(words) - 1
    while at > 0 and (words[at] in _OF_A_PLACE or words[at].istitle()):
        at -= 1
    if words[at + 1 :] and not any(word.istitle() for word in words[at + 1 :]):
        return False  # "the impact of the quake on fourth-quarter profit"
    return at > 0 and words[at] in _FACTS and [words[at - 1]] in _KNOWN and not _UNKNOWN & set(words[-7:])


def _is_ahead_of(words: list[str]) -> bool:
    """*ahead of the closely watched Tuesday vote*; not *ahead of him in polls taken in December*."""
    for i in range(len(words) - 2, max(-1, len(words) - 9), -1):
        if is_past(words[i + 1]):
            return False
        if words[i : i + 2] in _LEADING_TO:
            return words[i - 1 : i] != ["points"]
    return False


def _is_called_for(words: list[str]) -> bool:
    """*the accord calls for elections in September*; *made calls for calm on Friday* and *called for* say nothing."""
    last = words[-9:]
    return ("calls", "for") in pairwise(last) and not any(map(is_past, last))


def _is_up_to(words: list[str]) -> bool:
    """*by Monday*, *before the convention in July*."""
    return words[-1:] != [] and (words[-1] in _UP_TO or bool(set(words[-7:]) & {"before", "until", "till"}))


def _is_a_deadline(rest: str) -> bool:
    words = rest.lower().split()[:5]
    return any(word.startswith("deadline") for word in words[:3]) and not _MISSED & set(words)


def _is_its_own(words: list[str], after: list[str]) -> bool:
    """Whether the time is that of a past decision and not of what was decided: *promised on Tuesday to*."""
    if after[:1] in (["to"], ["that"]):
        return True
    on = words[-1:] == ["on"]
    *before, verb = words[:-1] if on else words
    if verb not in DECIDED - {"planned", "scheduled"} or before[-1:] in (["is"], ["are"], ["be"]):
        return False
    if on or not after or after[0] in _NO_VERB or after[0] in _AFTER_A_VERB:
        return True
    return not after[0].isalpha() and after[0] not in ("'s", "’s")


def _sentence_before(tokens: list[str]) -> list[str]:
    """The tokens since the last end of a sentence, in lower case."""
    for i in range(len(tokens) - 1, -1, -1):
        if tokens[i] in _STOPS and not (tokens[i] == "." and i and _takes_a_full_stop(tokens[i - 1])):
            tokens = tokens[i + 1 :]
            break
    names = sum(token.istitle() for token in tokens)
    if len(tokens) > 2 and names >= 0.7 * sum(token.isalpha() for token in tokens):
        return [token.lower().replace("’", "'") for token in tokens]  # a headline
    return [_plain(token, tokens[i - 1] if i else "") for i, token in enumerate(tokens)]


def _plain(token: str, before: str) -> str:
    """In lower case, but for what a capital makes a name (*to Cuba*, *in May*, *the Journal of Threatened Taxa*)."""
    word = token.lower().replace("’", "'")
    is_name = before not in _OPENS_A_SENTENCE or (word in ON_THE_CALENDAR and not word.endswith("s"))
    return token if is_name and token.istitle() else word


def _takes_a_full_stop(word: str) -> bool:
    return word.lower() in TITLES_AND_ABBREVIATIONS or len(word) == 1


def _look_back(words: list[str]) -> tuple[int, int]:
    """The direction that the nearest word gives, and the weaker hint of an infinitive that nothing governs."""
    weak = OPEN
    for i in range(len(words) - 1, -1, -1):
        word, before = words[i], words[i - 1] if i else ""
        if before in _NOUN_BEFORE and word in _AHEAD:  # "the slated visit in September"
            if words[-1] in ("in", "for", "of", "by", ",") or word in ("upcoming", "forthcoming"):
                return FUTURE, weak
            weak = weak or FUTURE  # "rejected a proposed truce Monday": the verb's own time
        if before in _NOUN_BEFORE or word == "be":
            if word in _OUTLOOK:
                weak = weak or FUTURE
            if word == "be" and before == "to":
                return (_of_infinitive(words[: i - 1]) or FUTURE), weak
            if word == "be" and words[max(0, i - 2) : i] == ["could", "not"]:
                return PAST, weak  # "could not be reached"
            if word == "be" and before.isalpha():  # "asked that elections be held in June", "will be held"
                return FUTURE, weak
            continue
        if word in ("would", "could", "might", "should") and _is_perfect(words[i + 1 : i + 4]):
            return PAST, weak
        if word == "could" and (words[i + 1 : i + 2] == ["not"] or before in ("neither", "none", "nor", "nobody")):
            return PAST, weak
        if word in ("would", "wouldn't") and _UNSAID & set(words[i + 1 : i + 3]) and "be" not in words[i + 1 :]:
            if word == "wouldn't" or words[i + 1] == "not":  # "would not comment Sunday"
                return PAST, weak
        if word in NEGATED_PAST:  # "couldn't be reached"
            return PAST, weak
        if word in _PLANS and (is_past(before) or words[i - 2 : i - 1] in _KNOWN):
            continue  # nouns: "announced plans", "revised his withdrawal plans"
        if word == "likely" and before in _COMPARING:
            continue  # "did not get any more likely"
        if word == "set" and _is_done(words, i):
            return PAST, weak
        if (
            before in _STILL or before == "getting" or (word == "going" and before == "from")
        ):  # "stays closed until May"
            continue
        if (
            word == "due" and words[i + 1 : i + 2] == ["to"] and set(words[i + 2 : i + 3]) & _NO_VERB
        ):  # "due to the rain"
            continue
        if (
            before == "to"
            and words[i - 2 : i - 1] not in _PREPOSITIONS
            and word.isalpha()
            and word.islower()
            and word not in _NO_VERB
            and (word in SAME_FORM or not is_past(word))
        ):
            if word == "have" and words[i - 2 : i - 1] in (["was"], ["were"]):  # "was to have spoken"
                return PAST, weak
            if "with" in words[max(0, i - 4) : i - 1]:  # "with elections to follow in May"
                return FUTURE, weak
            if direction := _of_infinitive(words[: i - 1]):
                return direction, weak
            if word in _TO_COME and i >= len(words) - 2 and i > 1:
                return FUTURE, weak
            weak = weak or FUTURE
            continue
        if word == "out" and before == "ruled" and words[-1] in ("before", "in", "for"):
            return FUTURE, weak  # "ruled out elections before October"
        if (word == "out" and before in _CALLED_OFF and words[i - 2 : i - 1] != ["to"]) or (
            word == "off" and before in _PUT_OFF
        ):
            return FUTURE, weak
        if word in ("urged", "vowed", "pledged"):  # no infinitive follows: "urged calm Saturday"
            return PAST, weak
        if word in ("if", "unless") and (before == "as" or "," in words[i:]):
            continue
        if word == "coming" and words[i + 1 : i + 2] == ["off"]:  # "is coming off a debate Thursday"
            return PAST, weak
        if word in LOOKING_FORWARD:
            if before == "been" and words[i - 2 : i - 1] == ["had"]:
                return PAST, weak
            be = words[i - 2] if before in _ADVERBS | _AT_FIRST and i > 1 else before
            return (PLANNED if be in _WAS and word in _PLANNED else FUTURE), weak
        if word in _SAYING_SO and before not in _BE:
            return PAST, weak
        if word == "after" and (i == len(words) - 1 or before == "until"):  # "will begin after Monday"
            continue
        if word in _NO_TENSE and (before in _BE or _WILL & set(words[max(0, i - 9) : i])):
            continue
        if is_past(word):
            be = words[i - 2] if before in _ADVERBS and i > 1 else before
            if be in _BE and i >= len(words) - 4:  # "the case is heard in May"
                return FUTURE, weak
            if before in _MODAL:  # "must be returned", "could hit": the word before says when
                continue
            return PAST, weak
        if word.endswith("ing") and before in _BE and i >= len(words) - 8:
            return FUTURE, weak
        if before == "there" and word in _BE and i >= len(words) - 8:  # "there's an election on Tuesday"
            return FUTURE, weak
        if word in ("is", "are") and i >= len(words) - 3:  # "the call is at 10 a.m. Friday"
            return FUTURE, weak
        if word in ONLY_VERBS and before not in _MODAL:
            return FUTURE, weak
        is_planned = word in ON_THE_CALENDAR or word in IN_MIND
        if before == "and" and word in ALWAYS_VERBS:  # "was arrested and faces trial Thursday"
            return FUTURE, weak
        if is_planned and before not in ("a", "an", "to", "of", "and") and _is_verb(word, before):
            return FUTURE, weak
    return OPEN, weak


def _starts_here(words: list[str], after: list[str]) -> bool:
    """*Beginning Jan. 1, smoking is barred*."""
    if words[-1:] not in (["beginning"], ["starting"]):
        return False
    rest = [word.lower() for word in after[: after.index(".")] if word] if "." in after else after
    return not any(is_past(w) and b not in _BE for b, w in pairwise(["", *(word.lower() for word in rest)]))


def _is_called_off(words: list[str]) -> bool:
    """Whether something is called off in these words, so that what it *had been set for* still lies ahead."""
    off = any(word == "off" and before in _PUT_OFF for before, word in pairwise(words))
    return off or bool(_CANCELLED & set(words))


def _is_done(words: list[str], i: int) -> bool:
    """Whether *set* at ``i`` is a past tense with the time its own: *the judge set the date Friday*."""
    rest = words[i + 1 :]
    if rest[:1] and rest[0] in SET_DONE:
        return True
    if not rest or rest[-1] in _NOUN_BEFORE or {"for", "to", ","} & set(rest):
        return False
    return (
        i > 0 and words[i - 1].isalpha() and words[i - 1] not in ("is", "are", "was", "were", "be", "been", "a", "the")
    )


def _is_of_a_subject(words: list[str], after: list[str]) -> bool:
    """Whether the time is that of what will do something: *said the summit in April would fail*."""
    reach = 3 if words[-1:] in (["the"], ["a"], ["this"]) else 1
    will = next((i for i, word in enumerate(after[:reach]) if word.lower() in _WILL), None)
    if will is None or any(is_past(word.lower()) for word in after[:will]):
        return False
    last = next((i for i in range(len(words) - 1, -1, -1) if is_past(words[i]) or words[i] in _SAYING), None)
    return last is not None and words[last] in _SAYING and len(words) - last > (1 if reach > 1 else 2)


def _is_verb(word: str, before: str) -> bool:
    """Whether a form that may be a noun is a verb after ``before``: *voters go*, *he visits*; not *two visits*."""
    if word.endswith("s"):
        return before not in _COUNTING and not before.isdigit() and not is_past(before)
    return not before or before.endswith("s") or before in _PLURAL_SUBJECTS


def _is_perfect(words: list[str]) -> bool:
    """*(could) have left*, but not *(could) have big consequences*."""
    if words == ["have"]:
        return True  # "as he could have Tuesday"
    return "have" in words[:2] and any(is_past(word) for word in words[words.index("have") + 1 :][:2])


def _of_infinitive(words: list[str]) -> int:
    """The direction of *to* and a verb by the word that governs them."""
    if words[-1:] and words[-1] in ("is", "are", "'s"):  # "is to begin"
        return FUTURE
    if words[-1:] and words[-1] in _WAS:
        return PLANNED
    for i in range(len(words) - 1, max(-1, len(words) - 7), -1):
        word = words[i]
        if word == "left" and words[i - 1 : i] and words[i - 1] in _NOTHING:  # "nothing left to discuss on Thursday"
            return FUTURE
        if word in PROMISING:
            if words[max(0, i - 2) : i] == ["had", "been"]:
                return PAST
            return PLANNED if word in _PLANNED and words[i - 1 : i] and words[i - 1] in _WAS else FUTURE
        if is_past(word):
            return PAST
        if word in (",", ";"):
            break
    return OPEN


def _look_ahead(tokens: list[str]) -> int:
    for i, token in enumerate(tokens):
        word, before = token.lower(), tokens[i - 1].lower() if i else ""
        if token in _STOPS and not (token == "." and _takes_a_full_stop(before) and before):
            return OPEN
        if word in ("but", "although", "though") and before == ",":
            return OPEN
        if word in ("is", "are") and i + 1 < len(tokens) and tokens[i + 1].lower() in ("to", "set", "due", "expected"):
            return FUTURE
        if word in ("to", "may", "might", "could", "can", "should", "if", "unless") or before in _NOUN_BEFORE:
            continue
        if word == "set" and tokens[i + 1 : i + 2] and tokens[i + 1] in SET_DONE:
            return PAST
        if word in LOOKING_FORWARD:
            return PAST if word in DECIDED and word != "scheduled" else FUTURE
        if is_past(word) or word in REPORTING:
            return PAST
        if word in ON_THE_CALENDAR and token.islower() and i and before not in ("to", "of", ","):
            return FUTURE
    return OPEN


def is_past(word: str) -> bool:
    """Whether ``word`` looks like a past tense or participle."""
    if word in IRREGULAR_PAST:
        return True
    if not word.endswith("ed") or len(word) < 5 or word in NOT_PAST or word in LOOKING_FORWARD:
        return False
    return not word.startswith("un") or word.startswith(("under", "unve", "unle", "unfo", "unlo"))
