"""The words of time expressions, as plain tables; all in lower case."""

from __future__ import annotations

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
SHORT_MONTHS = frozenset(name for name in MONTHS if len(name) <= 4 and name not in ("may", "june", "july"))

WEEKDAYS = {
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 7,
}  # fmt: skip
SHORT_WEEKDAYS = frozenset(name for name in WEEKDAYS if not name.endswith("day"))

# TIMEX3 codes of seasons and parts of the day.
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
DAY_PARTS = {
    "morning": "TMO", "mornings": "TMO", "afternoon": "TAF", "afternoons": "TAF", "evening": "TEV", "evenings": "TEV",
    "night": "TNI", "nights": "TNI", "daytime": "TDT",
}  # fmt: skip
NAMED_CLOCKS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}

SMALL_NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
LARGE_NUMBERS = {"dozen": 12, "hundred": 100, "thousand": 1000}
# Counts without a number: TIMEX3 writes X.
VAGUE_COUNTS = (
    "a few hundred", "several hundred", "a few thousand", "several thousand", "a few dozen", "several dozen",
    "a good many", "a great many", "a number of", "a handful of", "a few", "quite a few", "several", "some", "many",
    "few", "dozens of", "scores of", "hundreds of", "thousands of", "tens of", "countless", "multiple", "recent",
)  # fmt: skip

ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
    "twenty-second": 22, "twenty-third": 23, "twenty-fourth": 24, "twenty-fifth": 25, "twenty-sixth": 26,
    "twenty-seventh": 27, "twenty-eighth": 28, "twenty-ninth": 29, "thirtieth": 30, "thirty-first": 31,
}  # fmt: skip
DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
           "nineties": 9}  # fmt: skip

# How a unit is written in a TIMEX3 duration, and how many of these it stands for.
UNITS = {
    "second": ("TS", 1), "minute": ("TM", 1), "hour": ("TH", 1), "day": ("D", 1), "night": ("D", 1), "week": ("W", 1),
    "fortnight": ("W", 2), "month": ("M", 1), "quarter": ("Q", 1), "year": ("Y", 1), "decade": ("Y", 10),
    "century": ("Y", 100), "weekend": ("WE", 1),
}  # fmt: skip
PLURALS = {"centuries": "century"} | {unit + "s": unit for unit in UNITS if unit != "century"}

EVERY_UNIT = {
    "daily": "P1D", "nightly": "P1D", "hourly": "PT1H", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W",
    "monthly": "P1M", "bimonthly": "P2M", "yearly": "P1Y", "annually": "P1Y",
}  # fmt: skip

# What has no calendar value of its own: one of the three vague references of TIMEX3.
VAGUE = {
    "now": "PRESENT_REF", "right now": "PRESENT_REF", "currently": "PRESENT_REF", "current": "PRESENT_REF",
    "these days": "PRESENT_REF", "nowadays": "PRESENT_REF", "at present": "PRESENT_REF",
    "at the moment": "PRESENT_REF", "presently": "PRESENT_REF", "this moment": "PRESENT_REF",
    "recently": "PAST_REF", "the other day": "PAST_REF", "more recently": "PAST_REF", "most recently": "PAST_REF",
    "the past": "PAST_REF", "lately": "PAST_REF", "past years": "PAST_REF",
    "previous years": "PAST_REF", "prior years": "PAST_REF",
    "earlier years": "PAST_REF", "future years": "FUTURE_REF",
    "the recent past": "PAST_REF", "the distant past": "PAST_REF", "years past": "PAST_REF",
    "soon": "FUTURE_REF", "the future": "FUTURE_REF", "the near future": "FUTURE_REF",
    "the coming years": "FUTURE_REF", "coming years": "FUTURE_REF",
    "a later date": "FUTURE_REF", "one day": "FUTURE_REF", "the not too distant future": "FUTURE_REF",
}  # fmt: skip

# Month and day, or a rule that resolve.py reckons: "11#4-4+1" is the day after the 4th Thursday of November (9: the
# last one), "easter-2" two days before Easter. None where the day moves by another calendar.
HOLIDAYS: dict[str, str | None] = {
    "new year's day": "01-01", "new year's eve": "12-31", "new year's": "01-01", "new years day": "01-01",
    "new years eve": "12-31", "christmas day": "12-25", "christmas eve": "12-24", "christmas": "12-25",
    "boxing day": "12-26", "valentine's day": "02-14", "valentines day": "02-14", "halloween": "10-31",
    "independence day": "07-04", "fourth of july": "07-04",
    "veterans day": "11-11", "veterans' day": "11-11", "armistice day": "11-11",
    "remembrance day": "11-11", "bastille day": "07-14", "st. patrick's day": "03-17", "may day": "05-01",
    "international women's day": "03-08", "groundhog day": "02-02", "all saints' day": "11-01",
    "bonfire night": "11-05", "juneteenth": "06-19", "earth day": "04-22", "canada day": "07-01",
    "anzac day": "04-25", "election day": "11#1-1+1", "thanksgiving day": "11#4-4", "thanksgiving": "11#4-4",
    "black friday": "11#4-4+1", "labor day": "09#1-1", "memorial day": "05#1-9", "martin luther king day": "01#1-3",
    "presidents day": "02#1-3", "presidents' day": "02#1-3", "columbus day": "10#1-2", "mother's day": "05#7-2",
    "father's day": "06#7-3", "good friday": "easter-2", "easter sunday": "easter+0", "easter monday": "easter+1",
    "easter": "easter+0", "palm sunday": "easter-7", "ash wednesday": "easter-46", "ramadan": None,
    "eid al-fitr": None, "eid al-adha": None, "hanukkah": None, "passover": None, "rosh hashanah": None,
    "yom kippur": None, "diwali": None, "lunar new year": None, "chinese new year": None, "nowruz": None,
}  # fmt: skip

# Eras that have agreed ends; the years are an interval of ISO 8601.
ERAS = {
    "world war ii": "1939/1945", "world war 2": "1939/1945", "world war two": "1939/1945",
    "the second world war": "1939/1945", "second world war": "1939/1945", "wwii": "1939/1945", "ww2": "1939/1945",
    "world war i": "1914/1918", "world war one": "1914/1918", "world war 1": "1914/1918",
    "the first world war": "1914/1918", "first world war": "1914/1918", "wwi": "1914/1918",
}  # fmt: skip

# ---- words that say in which direction a day without a year or a week lies ----

# Verbs and adjectives that look forward, whatever their own tense ("called off a Thursday meeting").
LOOKING_FORWARD = frozenset(
    """will 'll ’ll shall would won't won’t plans planned planning schedules scheduled scheduling expect expects
    expected expecting due set slated poised prepare prepares preparing intend intends intended hopes hoping aim
    aims aiming cancel cancels cancelled canceled cancelling canceling postpone postpones postponed postponing
    reschedule rescheduled delays delayed payable upcoming coming forthcoming tomorrow announce invite invited
    invites urge urges urged threaten threatens threatened propose proposes proposed proposing pledges vows
    vowed promises promised agree agrees anticipate anticipates anticipated await awaits awaiting awaited
    effective redeemable maturing matures supposed extend extends extended must should may might could can
    cannot can't wouldn't going gonna brace braces braced bracing
    heading targeted tentatively likely if unless fear fears prospect prospects pending
    chance chances hopeful bent predict predicts predicting forecast forecasts projected""".split()
)
# Those of them that, told of as past, have a time of their own: "On Monday they postponed", "promised on Tuesday to".
DECIDED = frozenset(
    """planned scheduled prepared intended hoped aimed cancelled canceled postponed rescheduled delayed invited urged
    threatened proposed pledged vowed promised agreed extended anticipated targeted""".split()
)
# Present forms that news uses of what is on the calendar ("Congress reconvenes Jan. 24").
ON_THE_CALENDAR = frozenset(
    """begin begins open opens start starts end ends expire expires resume resumes reconvene reconvenes reopen reopens
    restart restarts meet meets vote votes close closes mature take takes goes go come comes arrive arrives
    retires becomes travels flies hears speaks addresses testifies unveils debuts joins celebrates competes enters
    lapses reviews decides weighs considers delivers inaugurates assumes leave leaves depart departs return
    returns kick kicks face faces host hosts play plays air airs premiere premieres run runs elect elects hold
    holds fall falls visit visits conclude concludes launch launches appear appears follow""".split()
)
# Those of them in -s that are never nouns, so that they go on after "and" ("was arrested and faces trial Thursday").
ALWAYS_VERBS = frozenset(
    """begins meets expires resumes reconvenes reopens goes comes arrives retires becomes flies hears speaks testifies
    enters decides considers takes departs assumes faces heads""".split()
)
# Verbs whose infinitive lies ahead even when they are past ("agreed to meet Friday").
PROMISING = (LOOKING_FORWARD - {"if", "unless"}) | frozenset(
    """want wants wanted agree agreed agrees pledged hoped decide decides decided ready prepared offer offered offers
    forecast seek seeks vowed subpoenaed ordered order orders ask asks asked summoned summon
    allow allows allowed willing
    able asking eager told called plan is are am needs need has have deadline date bid move scheduled
    plan talks agreement promise hope plan pledge vow""".split()
)
NEGATED_PAST = frozenset("couldn't didn't wasn't weren't hadn't hasn't haven't".split())
# Nouns of what nobody announces before it happens, or that speak of what was said: "Monday's bombing".
HAPPENED = frozenset(
    """bombing bombings attack attacks blast blasts explosion explosions killing killings murder murders slaying
    slayings shooting shootings massacre massacres assassination assassinations kidnapping kidnappings abduction raid
    raids crash crashes accident accidents collapse disaster tragedy earthquake earthquakes quake tsunami hurricane
    tornado flood floods fire fires coup uprising riot riots violence incident incidents death deaths arrest arrests
    ambush invasion robbery theft spill derailment plunge selloff drop decline gain gains loss losses
    ruling rulings verdict decision decisions announcement announcements statement remark remarks comment comments
    accord pact agreement deal revelation disclosure resignation defeat defeats victory victories win wins
    triumph triumphs sweep failure ouster escape assertion assertions claim claims admission denial outburst""".split()
)
# Present forms in which polls, papers and people report what is known already.
REPORTING = frozenset("shows finds says suggests reveals indicates reports".split())
IRREGULAR_PAST = frozenset(
    """was were had did said told went came saw took made got gave found left met held began became ran rose fell felt
    kept led brought thought spoke wrote won lost sent broke built bought caught chose cut drew drove ate fought
    flew forgot froze grew heard hid hit hurt knew laid lay lent let lit meant paid put quit read rang sang sank
    sat set sold shook shot showed shut slept spent split stood stole struck swore swam taught threw understood
    woke wore wrote been gone seen taken made given found shown done killed known grown fallen risen born hurt
    slain broken chosen since ago last former after follows following yesterday tore bore drank dealt
    slid swept swung wound sued used died tied lied fled vied owed eyed shed stuck strove threw withdrew
    overthrew oversaw outdid undertook underwent forbade""".split()
)
# The same of what people have in mind, after a subject ("organizers plan a march Saturday").
IN_MIND = frozenset("plan hope want seek head heads".split())
# Those of them that are no nouns, so that any word may be their subject ("sales of the car begin in June").
ONLY_VERBS = frozenset(
    "begin expire reopen resume reconvene arrive depart conclude appear become mature elect reach reaches".split()
)
# Those that look the same after "to" ("is forecast to hit the coast").
SAME_FORM = frozenset("hit put cut set let read hurt shut quit split run become come".split())
# What "set" with one of these is, is done ("set off a riot").
SET_DONE = frozenset("off up aside fire ablaze free foot sail".split())
# Words that look like past tenses and are none.
NOT_PAST = frozenset(
    """need indeed speed feed seed exceed proceed succeed breed red bed shed hundred unsolicited united preferred
    unidentified unprecedented so-called alleged limited indeed embed""".split()
)

TITLES_AND_ABBREVIATIONS = frozenset(
    """mr mrs ms dr gen col lt sgt capt sen rep gov st jr sr vs no inc ltd co corp a.m p.m u.s u.k u.n d.c jan feb mar
    apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun""".split()
)
