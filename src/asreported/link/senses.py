"""What words mean: those that reports use for one and the same happening, vectors of words, and how rare words are.

``senses.json`` is written by training/fit_senses.py: lemmas with their document counts in a few thousand articles and
with vectors cut from a small encoder's, one byte a dimension.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from ..words import lemma
from .vectors import Rarity

Floats = npt.NDArray[np.float32]

_SENSES = """
kill murder slay slaying homicide assassinate assassination shoot gun execute manslaughter massacre
die death dead dying perish pass fatality demise succumb decease
hurt injure injury wound harm maim casualty
attack assault strike raid ambush storm bomb bombing shell shelling airstrike blast bombard offensive
explosion explode blast detonate bomb bombing erupt
shoot shooting fire gunfire gun rampage
arrest detain detention custody apprehend capture nab hold catch seize
charge indict indictment accuse accusation prosecute count
convict conviction guilty verdict
sentence jail imprison imprisonment prison term
free release acquit liberate parole
escape flee break breakout abscond getaway elude
search hunt manhunt look seek
try trial hearing court prosecution proceeding
sue lawsuit suit complaint action litigation
appeal petition
resign quit step resignation depart departure leave stand retire retirement
fire sack dismiss oust remove removal suspend lay layoff cut
hire appoint name appointment replace tap pick choose select nominate nomination succeed replacement
elect election vote win
buy acquire acquisition purchase takeover take deal merge merger bid swoop snap
sell sale offload divest
offer bid propose proposal tender
sign agree agreement deal contract pact accord ink join
pay payment cost spend worth
announce announcement unveil reveal introduce launch release debut present show
report say tell announce state add note claim declare
win victory beat defeat triumph top edge rout overcome prevail down
lose loss defeat fall
play game match face
score goal hit strike net
injure sideline miss out
quake earthquake tremor temblor shake jolt rattle rock tremble hit strike aftershock shock
fire blaze burn inferno flame engulf
flood storm hurricane typhoon cyclone
crash collide collision wreck accident derail
sink capsize founder
damage destroy ruin devastate wreck collapse flatten
evacuate evacuation flee displace
rescue save recover recovery
steal rob robbery theft heist burglary loot thieve
kidnap abduct abduction hostage hijack
protest demonstrate demonstration rally march riot unrest demonstrator clash
meet meeting talk summit negotiate negotiation discuss discussion visit conference
promise pledge vow commit
warn warning alert caution
threaten threat
condemn denounce criticise criticize slam blast blame
praise welcome hail applaud
approve approval pass ratify endorse back support
reject refuse decline deny denial rebuff turn
ban prohibit outlaw bar block
impose sanction embargo
withdraw withdrawal pull pullout retreat
deploy send dispatch
invade invasion occupy
cease ceasefire truce
marry wedding wed marriage
divorce split separate separation
bear birth born
enter check admit admission admit
treat treatment rehab rehabilitation
win award honor honour prize
host emcee
direct film star play act role
begin start open commence kick
end finish close conclude complete stop halt
plan intend aim prepare expect
increase rise grow climb jump soar raise surge
decrease fall drop decline plunge slump cut reduce
infringe infringement violate violation patent
settle settlement resolve
investigate investigation probe inquiry inquest
discover find discovery locate
fly flight land landing
break record set
hack breach cyberattack intrude
plead plea
confess admit confession
stab knife slash
drown
chase pursue pursuit follow
replace successor succeed regenerate
cause lead trigger spark prompt
stop prevent foil thwart avert
"""
_OF: dict[str, set[int]] = {}
for _n, _line in enumerate(_SENSES.strip().splitlines()):
    for _word in _line.split():
        _OF.setdefault(lemma(_word), set()).add(_n)
SAYING = frozenset(
    lemma(w) for w in "say tell report announce state add note claim declare ask according confirm".split()
)


def is_same_sense(a: str, b: str) -> bool:
    """Whether two lemmas can name one happening."""
    return a == b or not _OF.get(a, set()).isdisjoint(_OF.get(b, set()))


@cache
def _read_table() -> tuple[dict[str, int], list[int], int, Floats]:
    table = json.loads((files(__package__) / "senses.json").read_text(encoding="utf-8"))
    rows = np.frombuffer(base64.b64decode(table["vectors"]), np.int8).reshape(-1, table["dims"]).astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return {w: n for n, w in enumerate(table["lemmas"].split(" "))}, table["counts"], table["documents"], rows


def get_rarity() -> Rarity:
    """How rare words are in news at large."""
    places, counts, n, _ = _read_table()
    return Rarity.of_counts({w: counts[k] for w, k in places.items()}, n)


def get_sense(word: str) -> Floats:
    """The vector of a lemma, of length 1; zeros for one that is not known."""
    places, _, _, rows = _read_table()
    k = places.get(word)
    return rows[k] if k is not None else np.zeros(rows.shape[1], np.float32)
