"""Which language an article is in; a doubtful or short text is never refused for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import InputError, Outcome

SUPPORTED = ("en",)

# Words that make up about a third of English prose; those that Dutch, German or Danish share are left out.
_ENGLISH = frozenset(
    "the of and to that is with said by from he his has have were are it its which their been not this but "
    "who they she would after about more than when there into could what you our out if says".split()
)
# The detector's codes for what a reader of English reads: Nigerian Pidgin and Scots besides English itself.
_ENGLISH_CODES = ("en", "pcm", "sco")
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer",
    "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lb": "Luxembourgish",
    "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian",
    "mr": "Marathi", "ms": "Malay", "mt": "Maltese", "my": "Burmese", "nb": "Norwegian", "ne": "Nepali",
    "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "rw": "Kinyarwanda", "si": "Sinhala", "sk": "Slovak",
    "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "ug": "Uyghur", "uk": "Ukrainian",
    "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "xh": "Xhosa", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """A language code and whether the text carries enough of it to act on."""

    code: str
    is_sure: bool


def guess_language(text: str) -> Guess:
    """The language of ``text`` by its function words, and only where these do not say English by a detector."""
    sample = text[:20_000]
    words = _WORD.findall(sample.lower())
    n_letters = sum(map(len, words))
    if not words:
        return Guess("en", False)
    share = sum(word in _ENGLISH for word in words) / len(words)
    if share >= 0.12:
        return Guess("en", True)
    import py3langid

    code = str(py3langid.classify(sample)[0])
    n_foreign = sum(not char.isascii() for word in words for char in word)
    is_other_script = n_foreign > 0.6 * n_letters
    if code in _ENGLISH_CODES:
        # English in another alphabet throughout is none.
        return Guess("en", not is_other_script)
    # Headlines and other clips of a dozen words may do without any function word.
    n_enough = 12 if share == 0 else 25
    is_enough = n_letters >= 15 if is_other_script else (len(words) >= n_enough and share < 0.06)
    return Guess(code, is_enough)


def settle_language(text: str, *, source: str, given: str | None, declared: str | None) -> str | None:
    """The language that the article is read in.

    ``given`` (on the command line) wins. Otherwise the text itself decides; the page's ``declared``
    language only confirms a short text's foreign guess. ``None`` where the text is too short to say.
    Raises ``InputError`` (language_unsupported) for a language that cannot be read, naming it.
    """
    if given is not None:
        code = _primary(given)
        if code not in SUPPORTED:
            raise _refuse(source, code, "was asked for")
        return code
    guess = guess_language(text)
    if guess.code in SUPPORTED:
        return guess.code
    if guess.is_sure or (declared and _primary(declared) == guess.code and len(text) >= 20):
        raise _refuse(source, guess.code, "is the language of the text")
    return None


def _primary(tag: str) -> str:
    return re.split(r"[-_]", tag.strip().lower())[0]


def _refuse(source: str, code: str, how: str) -> InputError:
    name = _NAMES.get(code, code)
    return InputError(
        source,
        Outcome.LANGUAGE_UNSUPPORTED,
        f"{name} ({code}) {how}; only English can be read so far.",
        "If the text is English after all, say so with --language en.",
    )
