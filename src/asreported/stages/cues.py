"""What a cue's words add to a plain *said*: a small lexicon of verbs and nouns by tone."""

from __future__ import annotations

import re

from ..record import Tone

# Stems are matched at the start of a word of the cue; the first tone in this order that matches wins, so that
# "threatened to" is not read as the "said" beside it.
_STEMS: tuple[tuple[Tone, str], ...] = (
    (
        Tone.DECLINING,
        r"declin\w+|refus\w+|no comment|did not (?:\w+ly )?(?:say|comment|respond|reply|specify|elaborate|give|answer)"
        r"|would not (?:say|comment)"
        r"|(?:has|have|had) not (?:\w+ly |yet )?(?:said|commented|responded|replied|answered)",
    ),
    (
        Tone.DENYING,
        r"den(?:y|ies|ied|ying|ial)\b|disput\w+|reject\w+|dismiss\w+|rebut\w+|refut\w+|disavow\w+|disown\w+"
        r"|repudiat\w+",
    ),
    (Tone.THREATENING, r"threat\w+|vow\w* (?:revenge|retaliat\w+)"),
    (Tone.WARNING, r"warn\w*|caution\w*|alert\w*"),
    (Tone.ACCUSING, r"accus\w+|blam\w+|alleg\w+|charg(?:e|es|ed|ing)\b"),
    (
        Tone.CRITICISING,
        r"critici[sz]\w+|condemn\w*|denounc\w+|slam\w*|blast\w*|attack\w*|mock\w*|ridicul\w+"
        r"|decr(?:y|ied|ies)\w*|deplor\w+"
        r"|lambast\w*|rebuk\w+|complain\w*|deride\w*|scold\w*|lash\w*",
    ),
    (
        Tone.PRAISING,
        r"prais\w+|laud\w*|hail\w*|applaud\w*|congratulat\w+|commend\w*|thank\w*|welcom\w+"
        r"|salut\w+|credit(?:ed|s|ing)\b",
    ),
    (Tone.PROMISING, r"promis\w+|pledg\w+|vow\w*|swor[en]\w*|swear\w*|guarant\w+|commit\w*|assur\w+"),
    (
        Tone.DEMANDING,
        r"demand\w*|urg\w+|call(?:s|ed|ing)? (?:for|on|upon)|order(?:s|ed|ing)?\b|insist\w* on|appeal\w*"
        r"|request\w*|implor\w+|beg(?:s|ged)?\b|instruct\w*|press(?:ed|es|ing)? for|requir\w+",
    ),
    (Tone.PROPOSING, r"propos\w+|suggest\w*|recommend\w*|offer\w*|advocat\w+|advis\w+|floated?|invit\w+"),
    (Tone.ASKING, r"ask\w*|question\w*|wonder\w*|inquir\w+|enquir\w+"),
    (Tone.DOUBTING, r"doubt\w*|sceptic\w*|skeptic\w*|challeng\w+|unsure|not sure"),
    (
        Tone.CONFIRMING,
        r"confirm\w*|acknowledg\w+|admit\w*|conced\w+|conce(?:de|ssion)\w*|agree[ds]?\b|recogni[sz]\w+|verif\w+",
    ),
    (
        Tone.ASSERTING,
        r"insist\w*|assert\w*|claim\w*|maintain\w*|argu\w+|declar\w+|contend\w*|stress\w*"
        r"|emphasi[sz]\w+|underscor\w+|underlin\w+"
        r"|reiterat\w+|affirm\w*|proclaim\w*|conclud\w+|reaffirm\w*|swore",
    ),
    (
        Tone.FEELING,
        r"fear\w*|hop(?:e|es|ed|ing|eful)\b|worr\w+|regret\w*|feel\w*|felt|lov(?:e|es|ed)\b"
        r"|hat(?:e|es|ed)\b|wish\w*|concern\w*|lament\w*"
        r"|proud|glad|happy|angry|upset|sorry|excited|disappoint\w+|like[sd]?\b|enjoy\w*|prefer\w*|want\w*",
    ),
    (
        Tone.BELIEVING,
        r"believ\w+|think\w*|thought|know\w*|knew|consider\w*|expect\w*|assum\w+|understand\w*"
        r"|understood|see[sn]?\b|saw|realis\w+"
        r"|realiz\w+|suspect\w*|view\w*|predict\w*|estimat\w+|decid\w+|plan(?:s|ned|ning)?\b|intend\w*|opinion|belief",
    ),
)
_PATTERNS = tuple((tone, re.compile(rf"\b(?:{stems})", re.I)) for tone, stems in _STEMS)
_NOT = re.compile(r"\b(?:not|never|n't)\b|n['\u2019]t\b", re.I)
_TELLING = re.compile(
    r"\b(?:t(?:ell|ells|old|elling)|ask(?:s|ed|ing)?|inform\w*|warn\w*|assur\w+|remind\w*|urg\w+|advis\w+|instruct\w*"
    r"|order(?:ed|s)?|notif\w+|convinc\w+|persuad\w+|promis\w+|implor\w+|begg?(?:ed|s)?"
    r"|call(?:ed|s|ing)? (?:on|upon)|request\w*|press(?:ed|ing)?)\b",
    re.I,
)


def guess_tone(cue: str) -> Tone:
    """The tone of a cue's words; neutral where the lexicon has none."""
    for tone, pattern in _PATTERNS:
        if pattern.search(cue):
            if tone is not Tone.DECLINING and _NOT.search(
                cue
            ):  # "did not deny" is no denial, "does not believe" a doubt
                return Tone.DOUBTING if tone in (Tone.CONFIRMING, Tone.BELIEVING) else Tone.NEUTRAL
            return tone
    return Tone.NEUTRAL


def takes_addressee(cue: str) -> bool:
    """Whether the words after the cue may name whom it was said to (*told reporters*)."""
    return bool(_TELLING.search(cue))
