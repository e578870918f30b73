"""Compare what a snippet printed or drew with what lies beside it; forgive only what rounding explains."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from decimal import Decimal

NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")
REFERENCE = re.compile(r"""(?:url\(#|href="#)([^)"]+)""")
POINTS = Decimal(
    "0.05"
)  # of 1/72 inch: a fifteenth of a CSS pixel, far more than rounding moves a line


def same_text(recorded: str, printed: str) -> bool:
    """Tell whether texts are equal, where a decimal may differ by one unit of its last digit."""
    return same(recorded, printed, last_digit)


def same(recorded: str, printed: str, tolerance: Callable[[str, str], Decimal]) -> bool:
    """Tell whether texts are equal but for numbers within a tolerance."""
    if NUMBER.sub("#", recorded) != NUMBER.sub("#", printed):
        return False
    pairs = zip(NUMBER.findall(recorded), NUMBER.findall(printed), strict=True)
    return all(
        one == two or abs(Decimal(one) - Decimal(two)) <= tolerance(one, two) for one, two in pairs
    )


def last_digit(recorded: str, printed: str) -> Decimal:
    """Return one unit of the last digit of a decimal; less than nothing where the numbers must be equal.

    Whole numbers must be, torch's `1.` too, and numbers that do not have the same digits after the point.
    """
    one, two = (re.split("[eE]", number)[0].partition(".")[2] for number in (recorded, printed))
    exponent = Decimal(recorded).as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) if one and len(one) == len(two) else Decimal(-1)


def same_svg(recorded: str, drawn: str) -> bool:
    """Tell whether drawings look the same: equal elements, styles and texts, and lengths within POINTS."""
    try:
        pairs = list(
            zip(etree.fromstring(recorded).iter(), etree.fromstring(drawn).iter(), strict=True)
        )
    except (etree.ParseError, ValueError):
        return False
    return all(
        (one.tag, one.attrib.keys(), one.get("style"))
        == (two.tag, two.attrib.keys(), two.get("style"))
        and same_text(one.text or "", two.text or "")
        and all(
            same(value, two.attrib[key], lambda *_: POINTS) for key, value in one.attrib.items()
        )
        for one, two in pairs
    )


def tidy_svg(svg: str, prefix: str = "part") -> str:
    """Return Matplotlib's SVG with counted ids (its own are hashes) and no blanks at the ends of lines."""
    svg = re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)
    new = {
        old: f"{prefix}-{count}"
        for count, old in enumerate(dict.fromkeys(REFERENCE.findall(svg)), 1)
    }
    svg = REFERENCE.sub(lambda match: match[0].replace(match[1], new[match[1]]), svg)
    return re.sub(
        r' id="([^"]*)"', lambda match: f' id="{new[match[1]]}"' if match[1] in new else "", svg
    )
