"""PLOVER modes and CAMEO roots of an event: the kind of protest, arrest or attack, where its words say it.

Names are those of PLOVER (Open Event Data Alliance, 2018; POLECAT, 2023) and CAMEO (Schrodt, 2012); words are ours.
"""

from __future__ import annotations

import re
from functools import cache

from ..record import EventType

CAMEO_ROOTS: dict[EventType, tuple[str, ...]] = {
    EventType.AGREE: ("03",),
    EventType.CONSULT: ("04",),
    EventType.SUPPORT: ("05",),
    EventType.CONCEDE: ("08",),
    EventType.COOPERATE: ("06",),
    EventType.AID: ("07",),
    EventType.RETREAT: ("08",),
    EventType.REQUEST: ("02", "10"),
    EventType.ACCUSE: ("11", "09"),
    EventType.REJECT: ("12",),
    EventType.THREATEN: ("13",),
    EventType.PROTEST: ("14",),
    EventType.SANCTION: ("16",),
    EventType.MOBILIZE: ("15",),
    EventType.COERCE: ("17",),
    EventType.ASSAULT: ("18", "19", "20"),
}
_MODES: dict[EventType, dict[str, str]] = {  # in the order of trial
    EventType.CONSULT: {
        "phone": r"phone|telephone|video ?(?:call|link|conference)|call(?:ed|s)?",
        "multilateral": r"summit|conference|congress|forum|assembly",
        "third-party": r"mediat\w+|broker\w+|shuttle",
        "visit": r"visit\w*|trip|tour\w*|travel\w*|host\w*|arriv\w+|receiv\w+|welcom\w+",
    },
    EventType.RETREAT: {
        "ceasefire": r"cease-?fires?|truces?|armistice|lull",
        "release": r"releas\w+|freed|free|freeing|swap\w*|exchang\w+|pardon\w*|bail",
        "return": r"return\w*|hand\w* (?:back|over)|restor\w+|repatriat\w+",
        "disarm": r"disarm\w*|demobili[sz]\w+|surrender\w*|lay\w* down|laid down|decommission\w*|dismantl\w+",
        "access": r"(?:re-?)?open\w*|access|corridors?|lift\w*",
        "withdraw": (
            r"withdr[ae]w\w*|pull\w* (?:out|back)|evacuat\w+|retreat\w*|redeploy\w*|left|leave|leaving"
            r"|vacat\w+"
        ),
    },
    EventType.ACCUSE: {
        "investigate": (
            r"investigat\w+|prob\w+|inquir\w+|enquir\w+|subpoena\w*|audit\w*|hearings?|charg\w+|indict\w*"
            r"|su(?:e|ed|es|ing)|lawsuits?|trials?|prosecut\w+|impeach\w*|arraign\w*|scrutin\w+"
        ),
        "allege": r"accus\w+|alleg\w+|blam\w+|claim\w*|implicat\w+",
        "disapprove": (
            r"critici[sz]\w+|condemn\w*|denounc\w+|complain\w*|protest\w*|slam\w*|rebuk\w+|deplor\w+"
            r"|lament\w*|blast\w*"
        ),
    },
    EventType.PROTEST: {
        "riot": r"riot\w*|loot\w*|clash\w*|storm\w*|torch\w*|vandali[sz]\w+",
        "strike": r"strik\w+|walk-?outs?|walk\w* out|down\w* tools|stoppages?",
        "hunger": r"hunger",
        "boycott": r"boycott\w*",
        "obstruct": r"block\w*|barricad\w+|obstruct\w*|occup\w+|sit-ins?|surround\w*|chain\w*",
        "demo": r"demonstrat\w+|march\w*|rall(?:y|ies|ied|ying)|protest\w*|vigils?|picket\w*|gather\w*|crowds?",
    },
    EventType.SANCTION: {
        "expel": r"expel\w*|expulsions?|oust\w*|evict\w*|strip\w*|remov\w+|non grata",
        "withdraw": r"recall\w*|withdr[ae]w\w*|pull\w* out|quit\w*|clos\w+|sever\w*|cut\w*|broke\w*|downgrad\w+",
        "discontinue": (
            r"suspend\w*|suspension|freez\w*|froze\w*|halt\w*|embargo\w*|boycott\w*|sanction\w*|tariffs?"
            r"|stop\w*|end\w*|cancel\w*"
        ),
    },
    EventType.MOBILIZE: {
        "police": r"police\w*|riot squads?|gendarm\w+|officers?",
        "militia": r"militia\w*|paramilitar\w+|rebels?|fighters?|volunteers?",
        "weapons": (
            r"missiles?|weapons?|warheads?|tanks?|jets?|warplanes?|artillery|warships?|frigates?|bombers?"
            r"|tests?|fir(?:ed|ing)|launch\w*"
        ),
        "troops": (
            r"troops?|soldiers?|army|forces?|marines?|reservists?|battalions?|brigades?|regiments?"
            r"|exercis\w+|drills?|conscri\w+"
        ),
    },
    EventType.COERCE: {
        "cyber": r"cyber\w*|hack\w*|malware|ransomware|phish\w*",
        "censor": r"censor\w*|block\w* (?:access|websites?|the site)|jam\w*|shut\w* down|internet",
        "curfew": r"curfews?|lockdowns?",
        "martial-law": r"martial law|emergency",
        "deport": r"deport\w*|expel\w*|expulsions?|extradit\w+|exil\w+",
        "seize": r"seiz\w+|confiscat\w+|impound\w*|expropriat\w+|raid\w*|search\w*|captur\w+|nationali[sz]\w+",
        "ban": (
            r"ban(?:s|ned|ning)?|outlaw\w*|prohibit\w*|forb(?:id|ids|ade|idden|idding)|dissol\w+"
            r"|bar(?:s|red|ring)?"
        ),
        "arrest": (
            r"arrest\w*|detain\w*|detention|jail\w*|imprison\w*|sentenc\w+|convict\w*|custody|held"
            r"|remand\w*|life|guilty|prison"
        ),
        "restrict": r"restrict\w*|limit\w*|curb\w*|clos\w+|checkpoints?|evict\w*|fin(?:e|es|ed|ing)",
    },
    EventType.ASSAULT: {
        "suicide-attack": r"suicide (?:bomb\w*|attack\w*)|blew (?:himself|herself|themselves) up",
        "unconventional": r"chemical|nerve agents?|sarin|chlorine|poison\w*|biological|radiological|novichok",
        "aerial": r"air ?strikes?|air raids?|drones?|warplanes?|bombard\w* from the air|jets?|helicopters?|aerial",
        "heavy-weapons": r"shell\w*|artillery|mortars?|rockets?|missiles?|tanks?|bombard\w*|howitzers?|grenades?",
        "explosives": r"bomb\w*|explo\w+|blasts?|mines?|detonat\w+|ied|blew up|devices?",
        "firearms": r"shot|shoot\w*|gun\w*|fir(?:e|ed|ing)|snip\w+|rifles?|bullets?|ambush\w*",
        "primitive": (
            r"stab\w*|kni(?:fe|ves|fed)|machetes?|stones?|clubs?|swords?|hack\w* to death|spears?|axes?"
            r"|petrol bombs?|arson|torch\w*"
        ),
        "beat": r"beat\w*|batons?|punch\w*|kick\w*|club\w*|lynch\w*|assault\w*",
        "torture": r"tortur\w+|mutilat\w+",
        "execute": r"execut\w+|behead\w*|hang(?:s|ed|ing)?",
        "sexual": r"rap(?:e|es|ed|ing)|sexual\w*",
        "assassinate": r"assassinat\w+",
        "abduct": r"abduct\w*|kidnap\w*|hostages?",
        "crowd-control": r"tear ?gas|water cannons?|rubber bullets?|pepper spray|dispers\w+",
        "cleansing": r"massacr\w+|genocid\w+|ethnic cleansing|pogroms?",
    },
}


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.I)


def find_mode(type: EventType, trigger: str, around: str) -> str | None:
    """The mode of an event of this type that its trigger names, or else the words ``around``; ``None`` for neither."""
    for words in (trigger, around):
        for mode, pattern in _MODES.get(type, {}).items():
            if _pattern(pattern).search(words):
                return mode
    return None
