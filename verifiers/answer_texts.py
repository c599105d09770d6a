"""Answers as people write them that are no notation: times, dates, quantities in several units.

Each function reads all of a text or leaves it as it is. Nothing is compared here.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from clr.notation.words import unit_name
from clr.verifiers.numerals import cardinal
from clr.verifiers.units import measure

_MONTHS = {
    month: n
    for n, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug"
        "|september sept sep|october oct|november nov|december dec".split("|"),
        1,
    )
    for month in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_DATES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?:\w+day,?\s+)?{_MONTH}\s+{_DAY}{_YEAR}",
        rf"(?:\w+day,?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}",
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
    )
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?(?::(?P<second>\d\d))?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\.?)?",
    re.I,
)


_NAMED_TIMES = {"noon": "12:00 PM", "midday": "12:00 PM", "midnight": "12:00 AM"}


def moment(text: str) -> str | None:
    """A time of day or a date in one form of writing; None for anything else.

    Of a time up to 12:59 without "am" or "pm" it is not known which it is: it is only itself.
    """
    text = _NAMED_TIMES.get(text.casefold().removeprefix("12 "), text)
    for pattern in _DATES:
        if m := pattern.fullmatch(text):
            month = _MONTHS.get(m["month"].lower()) or int(m["month"])
            return f"date {m['year'] or ''} {month} {int(m['day'])}"
    m = _CLOCK.fullmatch(text)
    if m is None or not (m["minute"] or m["half"]):
        return None
    hour, minute = int(m["hour"]), m["minute"] or "00"
    if hour > 24 or int(minute) > 59 or (m["half"] and not 0 < hour <= 12):
        return None
    if m["half"]:
        hour = hour % 12 + 12 * (m["half"].lower() == "p")
    known = "time" if m["half"] or hour > 12 or m["hour"][0] == "0" else "clock"
    return f"{known} {hour}:{minute}:{m['second'] or '00'}"


_IN_TEXT = re.compile(r"\\(?:text|mathrm)\s*\{(?P<words>[^{}]*)\}")
_PART = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)[ -]*(?P<unit>[A-Za-z]{1,12})\b\.?(?:\s*,)?(?:\s+and)?\s*"
)


def compound(text: str) -> tuple[Fraction, str] | None:
    """`5 feet 6 inches` as 66 inches: a quantity in two units or more of one dimension, told from
    the largest to the smallest, in the smallest; None for anything else."""
    text = _IN_TEXT.sub(r"\g<words>", text).replace("  ", " ").strip()
    parts = list(_PART.finditer(text))
    if len(parts) < 2 or "".join(part.group() for part in parts) != text:
        return None
    units = [unit_name([part["unit"]]) for part in parts]
    sizes = [measure(unit) for unit in units]
    known = [size for size in sizes if size is not None]
    if len(known) < len(parts) or len({dimension for dimension, _ in known}) > 1:
        return None
    if not known[0][0]:
        return None
    scales = [Fraction(str(size)) for _, size in known]
    if any(a <= b for a, b in pairwise(scales)):
        return None
    total = sum(
        (Fraction(part["number"]) * scale for part, scale in zip(parts, scales, strict=True)),
        Fraction(0),
    )
    return total / scales[-1], units[-1]


_DIGITS = r"\d{1,3}"
_GROUPS = re.compile(rf"(-?{_DIGITS}(?: \d{{3}})+)(?![\d.,/^])(?P<rest>(?: [A-Za-z%].*)?)")
_DOTTED = re.compile(rf"-?{_DIGITS}(?:\.\d{{3}}){{2,}}")
_PREFIXED = re.compile(r"0(?P<base>[bxo])(?P<digits>[0-9A-Fa-f]+)")
_IN_BASE = re.compile(r"(?P<digits>[0-9A-Fa-f]+)\s*(?:_\{?16\}?|_\{?hex\}?)")
_NAMED_BASE = re.compile(
    r"(?P<digits>\w+?)\s*_\s*\{?\s*(?:\\(?:text|mathrm)\s*\{)?\s*(?P<base>[a-z]+)\s*\}{0,2}", re.I
)
_PAREN_BASE = re.compile(r"(?P<digits>\w+) ?\((?:in )?base[ -](?P<base>\d{1,2})\)", re.I)
_BASES = {"b": "2", "o": "8", "x": "16"}
_TEMPERATURE = re.compile(
    r"\s*(?:\^\s*\{?\s*\\circ\s*\}?|°|\\circ|degrees?)\s*(?:\\(?:text|mathrm)\s*)?\{?\s*"
    r"(?P<scale>C|F|Celsius|Fahrenheit)\b\s*\}?",
)
_OUTWARD = re.compile(r"(?P<open>[\[\]])\s*(?P<low>[^\[\],;]+)\s*[,;]\s*(?P<high>[^\[\],;]+)\s*"
                      r"(?P<close>[\[\]])")  # fmt: skip
_TO = re.compile(r"(\d+(?:\.\d+)?) to (\d+(?:\.\d+)?)")
_SAID_AGAIN = re.compile(r"(?P<number>-?\d[\d,.]*) \((?P<words>[a-z -]+)\)")
_AND_SO_ON = re.compile(
    r"(?P<head>-?\d{0,30}\.\d{0,12}?)(?P<cycle>\d{1,12}?)(?P=cycle){2,}(?:\\l?dots|\.\.\.|…)"
)
_LABELS = re.compile(r"(?:^|(?<=[\s,;]))\(?([a-z])\)\s*")
_INTEGER = re.compile(
    r"[\s,(]*(?:\\text\s*\{\s*(?:where|for|with)?\s*\}|\b(?:where|for|with)\b)?\s*"
    r"(?P<name>[a-z])\s*(?:\\in|∈)\s*(?:\\mathbb\s*\{?Z\}?|ℤ|\\Z|Z)\)?[\s,]*"
)
_UNIT = r"(?:km|cm|mm|m|kg|mg|g|mL|L|ms|s|min|hr|h|ft|mi|lb|N|J|W|V|A|K|Hz|mol)"
_RATE = re.compile(
    rf"(?P<value>.*[\d}})⁰-⁹²³¹]) (?P<above>{_UNIT})(?:\s?\^\s?\{{?(?P<up>\d)\}}?)?"
    rf"(?:\s?(?P<slash>/)\s?|\s|·|\s?\\cdot\s?)(?P<below>{_UNIT})(?:\s?\^\s?\{{?(?P<down>-?\d)\}}?)?"
)


def plainly(text: str) -> str:
    """`text` with ways of writing that are no notation of ours replaced by one that is."""
    text = _number(text)
    if "C" in text or "F" in text:
        text = _temperature(text)
    if "[" in text or "]" in text:
        text = _interval(text)
    if " " in text and text[-1] not in ")]":
        text = _rate(text)
    if ")" in text:
        text = _labels(text)
    if "i" in text and ("j" in text or "k" in text):
        text = _vector(text)
    if "\\in" in text or "∈" in text:
        text = _solutions(text)
    return _CONSTANT.sub("+ C", text) if text[-1:] == "c" else text


_CONSTANT = re.compile(r"(?<=[^c])\+\s*c$")
"""The constant of an integral, as an answer in x ends with."""


def _number(text: str) -> str:
    text = text.strip("`")
    if m := _GROUPS.fullmatch(text):
        return m[1].replace(" ", "") + m["rest"]
    if _DOTTED.fullmatch(text):
        return text.replace(".", "")
    if m := _PREFIXED.fullmatch(text):
        return f"{m['digits'].upper()}_{{{_BASES[m['base']]}}}"
    if m := _IN_BASE.fullmatch(text):
        return f"{m['digits'].upper()}_{{16}}"
    if m := _PAREN_BASE.fullmatch(text):
        return f"{m['digits']}_{{{m['base']}}}"
    if (m := _NAMED_BASE.fullmatch(text)) and 1 < (cardinal(m["base"]) or 0) <= 36:
        return f"{m['digits']}_{{{cardinal(m['base'])}}}"
    if m := _TO.fullmatch(text):
        return f"{m[1]}:{m[2]}"
    if m := _AND_SO_ON.fullmatch(text):
        return f"{m['head']}\\overline{{{m['cycle']}}}"
    if (m := _SAID_AGAIN.fullmatch(text)) and cardinal(m["words"]) is not None:
        return m["number"]
    return text


def _temperature(text: str) -> str:
    found = _TEMPERATURE.search(text)
    if found is None or found.end() < len(text):
        return text
    scale = "celsius" if found["scale"][0] == "C" else "fahrenheit"
    return f"{text[: found.start()]} \\text{{{scale}}}"


def _interval(text: str) -> str:
    """`]1, 4[` with brackets that open outward as (1, 4)."""
    m = _OUTWARD.fullmatch(text)
    if m is None or (m["open"] == "[" and m["close"] == "]"):
        return text
    opening, closing = "(" if m["open"] == "]" else "[", ")" if m["close"] == "[" else "]"
    return f"{opening}{m['low']}, {m['high']}{closing}"


def _rate(text: str) -> str:
    """Letters after a number that are units: `20 m/s` is no product of m and 1/s."""
    m = _RATE.fullmatch(text)
    if m is None or not (m["slash"] or (m["down"] or "").startswith("-")):
        return text
    down = (m["down"] or "").removeprefix("-")
    unit = f"{m['above']}{'^' + m['up'] if m['up'] else ''}/{m['below']}"
    return f"{m['value']} \\text{{ {unit}}}{'^' + down if down not in ('', '1') else ''}"


_UNIT_VECTOR = re.compile(
    r"(?:\\(?:mathbf|vec|hat|boldsymbol|bf|widehat|overrightarrow)\s*\{?\s*\\?(?P<set>[ijk])(?:math)?\s*\}?"
    r"|(?<![A-Za-z\\])(?P<plain>[ijk])(?![A-Za-z]))"
)
_TERM = re.compile(r"(?P<sign>^|[+-])\s*(?P<size>[^+-]*?)\s*(?P<axis>[ijk])@\s*")


def _vector(text: str) -> str:
    """`3i - 4j` with its unit vectors as (3, -4)."""
    marked = _UNIT_VECTOR.sub(lambda m: f"{m['set'] or m['plain']}@", text)
    terms = list(_TERM.finditer(marked))
    axes = [term["axis"] for term in terms]
    if "".join(term.group() for term in terms) != marked or axes != sorted(set(axes)):
        return text
    sizes = {t["axis"]: f"{t['sign'].strip('+')}{t['size'] or '1'}" for t in terms}
    if len(sizes) < 2 or ("j" not in sizes and "\\" not in text):
        return text  # alone, i is the imaginary unit, and k a number
    return f"({', '.join(sizes.get(axis, '0') for axis in ('ijk' if 'k' in sizes else 'ij'))})"


def _labels(text: str) -> str:
    """`(a) 5, (b) 7` without the labels, which run from a on."""
    found = [m[1] for m in _LABELS.finditer(text)]
    if len(found) < 2 or found != [chr(ord("a") + n) for n in range(len(found))]:
        return text
    return _LABELS.sub("", text) if text.lstrip("( ").startswith("a") else text


def _solutions(text: str) -> str:
    """A family of solutions with the name of its integer, which may be any, written as k."""
    found = list(_INTEGER.finditer(text))
    if len(found) != 1:
        return text
    m = found[0]
    if m.start() and m.end() < len(text):
        return text
    rest = (text[: m.start()] + text[m.end() :]).strip()
    if re.search(r"(?<![A-Za-z\\])k(?![A-Za-z])", rest) and m["name"] != "k":
        return text
    name = re.compile(rf"(?<![A-Za-z\\]){m['name']}(?![A-Za-z])")
    return name.sub("k", rest) if name.search(rest) else text
