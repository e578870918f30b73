"""What the tests of drawings look for in them."""

import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from dlcourse.draw import PLOT_STYLE


@pytest.fixture(autouse=True)
def style():
    """Draw in the plot style of the pages, without a screen, and close what was drawn."""
    with mpl.rc_context():
        mpl.use("agg")
        mpl.rcParams.update(PLOT_STYLE)
        yield
        plt.close("all")


def svg_of(axes) -> str:
    file = io.StringIO()
    axes.figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def patches(axes, kind) -> list:
    return [patch for patch in axes.patches if isinstance(patch, kind)]


def texts(axes) -> list[str]:
    return [text.get_text() for text in axes.texts]
