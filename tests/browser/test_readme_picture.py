"""The README's image shows the page as it is.

`python tasks.py check --update-outputs` takes it again.
"""

import io
from pathlib import Path

import numpy as np
from PIL import Image

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "assets" / "page.png"
# Mean difference in gray levels of 255, on 32 x 20 fields: the same page in a serif font is 2.9
# away, the most similar other page 4.7, the dark scheme 209
TOLERANCE = 4


def coarse(picture):
    """Return a picture as a small gray one, which no font's details reach."""
    return np.asarray(picture.convert("L").resize((32, 20), Image.Resampling.BOX), dtype=float)


def test_picture_is_of_the_page(open_page, pytestconfig):
    page = open_page("neuron/")
    page.evaluate("document.fonts.ready")
    taken = Image.open(io.BytesIO(page.screenshot()))
    if pytestconfig.option.update_outputs:
        taken.quantize(64).save(PICTURE, optimize=True)
    assert np.abs(coarse(Image.open(PICTURE)) - coarse(taken)).mean() < TOLERANCE


def test_another_page_or_scheme_is_told_apart(open_page):
    picture = coarse(Image.open(PICTURE))
    for name, scheme in [("neuron/", "dark"), ("backprop/", "light"), ("", "light")]:
        other = coarse(Image.open(io.BytesIO(open_page(name, scheme).screenshot())))
        assert np.abs(picture - other).mean() > TOLERANCE
