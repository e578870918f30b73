"""What counts as the same output, and what does not."""

import pytest

from dlcourse_site.outputs import same_svg, same_text, tidy_svg


@pytest.mark.parametrize(
    ("recorded", "printed"),
    [
        ("loss 0.125", "loss 0.125"),
        ("loss 0.125", "loss 0.126"),  # one unit of the last digit
        ("loss -0.000", "loss 0.001"),
        ("tensor([0.0000, 1.0000])", "tensor([0.0001, 1.0000])"),
        ("9.9999e-05", "1.0000e-04"),
    ],
)
def test_rounding_is_forgiven(recorded, printed):
    assert same_text(recorded, printed)
    assert same_text(printed, recorded)


@pytest.mark.parametrize(
    ("recorded", "printed"),
    [
        ("loss 0.125", "loss 0.127"),  # two units
        ("loss 0.125", "loss 0.1250"),  # other digits on the page than in the reader's terminal
        ("loss 0.125", "Loss 0.125"),
        ("loss 0.125", "loss 0.125\n"),
        ("3 right", "4 right"),
        ("1e-05", "2e-05"),
        ("tensor([1., 2.])", "tensor([1., 3.])"),  # torch's way to print whole numbers
        ("1.0000e-04", "1.0000e-05"),
        ("1 2", "1 2 3"),
        ("nan", "0.0"),
    ],
)
def test_anything_else_is_a_difference(recorded, printed):
    assert not same_text(recorded, printed)
    assert not same_text(printed, recorded)


DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<defs><clipPath id="p3fa"><rect x="0" y="0" width="100.5" height="50"/></clipPath></defs>
<g id="line2d_7"><path d="M 1.5 2.25 L 30 40" clip-path="url(#p3fa)" style="stroke: #0072b2"/></g>
<text x="3" y="4">loss 0.25</text>
</svg>"""


def test_lengths_that_no_eye_tells_apart_are_forgiven():
    assert same_svg(DRAWING, DRAWING.replace("2.25", "2.29"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2.25", "2.35"),
        ("#0072b2", "#0072b3"),
        ("loss 0.25", "loss 0.28"),
        ("L 30 40", "M 30 40"),
        ('<text x="3" y="4">loss 0.25</text>', ""),
        ("</svg>", "<g/></svg>"),
        ("<rect", "<circle"),
        ("</svg>", ""),
    ],
)
def test_a_changed_drawing_is_a_difference(old, new):
    assert not same_svg(DRAWING, DRAWING.replace(old, new))


def test_ids_are_counted_so_that_hashes_do_not_differ():
    other = DRAWING.replace("p3fa", "p777").replace("line2d_7", "line2d_9")
    assert tidy_svg(DRAWING) == tidy_svg(other)
    assert 'id="part-1"' in tidy_svg(DRAWING)
    assert "url(#part-1)" in tidy_svg(DRAWING)
