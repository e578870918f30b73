"""Compare what a snippet printed or drew with what lies beside it, forgiving only what floating point explains."""

import difflib
import re
import xml.etree.ElementTree as etree
from decimal import Decimal
from pathlib import Path

NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")
REFERENCE = re.compile(r"""(?:url\(#|href="#)([^)"]+)""")
POINTS = 0.05  # of 1/72 inch: under a tenth of a pixel, and more than rounding moves a line


def same_text(recorded: str, printed: str) -> bool:
    """Tell whether texts are equal, where a decimal may differ by one unit of its last digit."""
    pairs = list(zip(NUMBER.findall(recorded), NUMBER.findall(printed), strict=False))
    return NUMBER.sub("#", recorded) == NUMBER.sub("#", printed) and all(same_number(*pair) for pair in pairs)


def same_number(recorded: str, printed: str) -> bool:
    """Compare two numbers: whole ones exactly, decimals with the same digits within one unit of the last."""
    mantissa = re.split("[eE]", recorded)[0]
    decimals = len(mantissa.partition(".")[2])
    if not decimals or decimals != len(re.split("[eE]", printed)[0].partition(".")[2]):
        return recorded == printed
    one, other = Decimal(recorded), Decimal(printed)
    exponent = one.as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(one - other) <= Decimal(1).scaleb(exponent)


def same_svg(recorded: str, drawn: str) -> bool:
    """Tell whether two drawings look the same: equal elements and texts, and lengths within POINTS."""
    try:
        pairs = list(zip(etree.fromstring(recorded).iter(), etree.fromstring(drawn).iter(), strict=True))
    except (etree.ParseError, ValueError):
        return False
    return all(
        one.tag == other.tag
        and same_text((one.text or "").strip(), (other.text or "").strip())
        and one.attrib.keys() == other.attrib.keys()
        and all(same_lengths(value, other.attrib[key]) for key, value in one.attrib.items())
        for one, other in pairs
    )


def same_lengths(recorded: str, drawn: str) -> bool:
    """Compare an attribute: text exactly, numbers within POINTS."""
    if recorded == drawn:
        return True
    pairs = zip(NUMBER.findall(recorded), NUMBER.findall(drawn), strict=False)
    return NUMBER.sub("#", recorded) == NUMBER.sub("#", drawn) and all(
        abs(float(one) - float(other)) <= POINTS for one, other in pairs
    )


def tidy_svg(svg: str) -> str:
    """Return Matplotlib's SVG with short ids, counted in the order they come (its own are hashes of what is drawn)."""
    svg = re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)
    referred = dict.fromkeys(REFERENCE.findall(svg))
    new = {old: f"part-{count}" for count, old in enumerate(referred, 1)}
    svg = REFERENCE.sub(lambda match: match[0].replace(match[1], new[match[1]]), svg)
    return re.sub(r' id="([^"]*)"', lambda match: f' id="{new[match[1]]}"' if match[1] in new else "", svg)


def difference(recorded: str, printed: str) -> str:
    """Return the lines that differ, those of the file with `-`, those of now with `+`."""
    lines = difflib.unified_diff(recorded.splitlines(), printed.splitlines(), n=1, lineterm="")
    return "\n".join(list(lines)[2:])


def update(path: Path, new: str, same: bool) -> bool:
    """Write a file unless what is there is good enough; tell whether it was written."""
    if not same:
        path.write_text(new, "utf-8")
    return not same
