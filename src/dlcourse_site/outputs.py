"""Compare what a snippet printed or drew with the file beside it; tolerate only rounding."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from decimal import Decimal

NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")
REFERENCE = re.compile(r"""(?:url\(#|href="#)([^)"]+)""")
ID = re.compile(r' id="([^"]*)"')
POINTS = Decimal("0.05")  # of 1/72 inch: a fifteenth of a CSS pixel, far more than rounding moves


def same_text(recorded: str, printed: str) -> bool:
    """Tell whether texts are equal, where a decimal may differ by one unit of its last digit."""
    return same(recorded, printed, last_digit)


def same(recorded: str, printed: str, tolerance: Callable[[str, str], Decimal]) -> bool:
    """Tell whether texts are equal but for numbers within a tolerance."""
    if NUMBER.sub("#", recorded) != NUMBER.sub("#", printed):
        return False
    for one, two in zip(NUMBER.findall(recorded), NUMBER.findall(printed), strict=True):
        if one != two and abs(Decimal(one) - Decimal(two)) > tolerance(one, two):
            return False
    return True


def last_digit(recorded: str, printed: str) -> Decimal:
    """Return one unit of the last digit of a decimal; less than 0 where numbers must be equal.

    Whole numbers must be equal, also torch's `1.`, and so must numbers that do not have as many
    digits behind the point.
    """
    digits = decimals(recorded)
    if not digits or len(digits) != len(decimals(printed)):
        return Decimal(-1)
    exponent = Decimal(recorded).as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def decimals(number: str) -> str:
    """Return the digits of a number between its point and its exponent."""
    mantissa = re.split("[eE]", number)[0]
    return mantissa.partition(".")[2]


def same_svg(recorded: str, drawn: str) -> bool:
    """Tell whether drawings have equal elements, styles and texts, and lengths within POINTS."""
    try:
        drawings = [etree.fromstring(svg).iter() for svg in (recorded, drawn)]
        pairs = list(zip(*drawings, strict=True))
    except (etree.ParseError, ValueError):
        return False
    return all(same_element(*pair) for pair in pairs)


def same_element(one: etree.Element, two: etree.Element) -> bool:
    """Tell whether two elements of drawings look the same."""
    if one.tag != two.tag or one.attrib.keys() != two.attrib.keys():
        return False
    if one.get("style") != two.get("style"):
        return False
    if not same_text(one.text or "", two.text or ""):
        return False
    return all(
        same(
            value,
            two.attrib[key],
            lambda *_: POINTS,
        )
        for key, value in one.items()
    )


def tidy_svg(svg: str, prefix: str = "part") -> str:
    """Return Matplotlib's SVG with counted ids and no blanks at the ends of lines.

    Matplotlib's own ids are hashes; an id that nothing refers to goes.
    """
    svg = re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)
    referred = dict.fromkeys(REFERENCE.findall(svg))
    new = {old: f"{prefix}-{count}" for count, old in enumerate(referred, 1)}

    def refer(match: re.Match[str]) -> str:
        return match[0].replace(match[1], new[match[1]])

    def name(match: re.Match[str]) -> str:
        return f' id="{new[match[1]]}"' if match[1] in new else ""

    svg = REFERENCE.sub(refer, svg)
    return ID.sub(name, svg)
