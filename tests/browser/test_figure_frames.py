"""Frames that the reader moves, on the page of GANs; one page stands for all that have them."""

import ast
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

NAME = "#frames-ring"
RING = Path(__file__).resolve().parents[2] / "snippets" / "gan" / "ring.py"
STEPS_SHOWN = re.search(r"^steps_shown = (.*)$", RING.read_text("utf-8"), re.MULTILINE)
STEPS = list(ast.literal_eval(STEPS_SHOWN[1]))  # of the frames
LAST = STEPS[-1]


@pytest.fixture
def frames(open_page):
    def open_frames(setting="", **options):
        page = open_page(f"gan/{setting}", **options)
        return page, page.locator(NAME)

    return open_frames


def shown(element):
    """Return the captions that are seen."""
    captions = element.locator("figcaption").all()
    return [caption.inner_text() for caption in captions if caption.is_visible()]


def shows(element, step):
    expect(element.locator("figure.shown figcaption")).to_contain_text(f"step {step}:")
    assert len(shown(element)) == 1


def test_arrow_keys_show_the_next_and_the_previous_frame_and_its_caption(frames):
    page, element = frames()
    shows(element, 1)
    slider = element.get_by_role("slider", name="Frame")
    slider.press("ArrowRight")
    shows(element, 50)
    slider.press("ArrowRight")
    slider.press("ArrowLeft")
    shows(element, 50)
    slider.press("End")
    shows(element, LAST)
    assert slider.get_attribute("aria-valuetext") == "8 of 8"
    caption = element.locator("figure.shown figcaption").inner_text()
    words = caption.splitlines()[0].strip()  # the link to the files is below
    expect(element.locator("[role=status]")).to_have_text(f"Frame 8 of 8: {words}")
    assert element.get_by_role("img").count() == 1  # what is hidden is not read aloud either
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Play"


def test_play_goes_to_the_last_frame_and_begins_anew_there(frames):
    page, element = frames(f"{NAME}:frame=6")
    button = element.get_by_role("button")
    shows(element, 300)
    page.wait_for_timeout(2000)
    shows(element, 300)  # nothing moves that nobody started
    button.press("Enter")
    expect(button).to_have_text("Stop")
    shows(element, LAST)
    expect(button).to_have_text("Play")
    button.click()
    expect(button).to_have_text("Stop")
    button.click()
    expect(button).to_have_text("Play")
    caption = shown(element)
    assert f"step {LAST}:" not in caption[0]  # it began anew, and stopped before the end
    page.wait_for_timeout(2000)
    assert shown(element) == caption


def test_play_ends_when_the_reader_moves_looks_elsewhere_or_leaves(frames):
    page, element = frames()
    button = element.get_by_role("button")
    button.click()
    element.get_by_role("slider", name="Frame").press("End")
    expect(button).to_have_text("Play")
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {get: () => true, configurable: true})"
    )
    button.click()
    expect(button).to_have_text("Play")
    shows(element, 1)
    page.evaluate("delete document.hidden")
    button.click()
    page.evaluate("window.frames_ = document.querySelector('figure-frames')")
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("!document.querySelector('figure-frames')")
    assert page.evaluate("window.frames_.clock") is None
    page.evaluate("history.back()")
    element.get_by_role("slider", name="Frame").press("Home")
    element.get_by_role("slider", name="Frame").press("ArrowRight")
    shows(element, 50)


def test_who_wants_no_motion_gets_the_last_frame_at_once(frames):
    _, element = frames(reduced_motion="reduce")
    element.get_by_role("button").click()
    shows(element, LAST)
    expect(element.get_by_role("button")).to_have_text("Play")


def test_the_address_keeps_the_frame(frames):
    page, element = frames(f"{NAME}:frame=4")
    shows(element, 150)
    element.get_by_role("slider", name="Frame").press("ArrowRight")
    page.wait_for_url(f"**/gan/{NAME}:frame=5")
    link = element.get_by_role("link", name="Link to this frame").get_attribute("href")
    assert link == f"{NAME}:frame=5"
    page.evaluate(f"location.hash = '{NAME}:frame=99'")
    shows(element, LAST)


@pytest.mark.parametrize(
    "options", [{"java_script_enabled": False}, {}], ids=["no script", "paper"]
)
def test_all_frames_are_seen_without_a_script_and_on_paper(frames, options):
    page, element = frames(**options)
    if not options:
        page.emulate_media(media="print")
    captions = shown(element)
    assert [int(re.search(r"step (\d+):", caption)[1]) for caption in captions] == STEPS
    boxes = [figure.bounding_box() for figure in element.locator("figure").all()]
    assert len({(box["x"], box["y"]) for box in boxes}) == len(boxes)
    assert element.get_by_role("slider").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_frames_in_use_are_accessible_and_fit_and_do_not_move_the_page(
    frames, scheme, faults_for_eyes
):
    page, element = frames(scheme=scheme, width=320)
    before = element.bounding_box()["height"]
    for frame in range(2, 9):
        element.get_by_role("slider", name="Frame").press("ArrowRight")
        assert element.bounding_box()["height"] == before, frame
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in [element.get_by_role("button"), element.get_by_role("slider", name="Frame")]:
        assert target.bounding_box()["height"] >= 24  # WCAG 2.5.8
    expect(element.locator("[role=status]")).to_contain_text("Frame 8 of 8")
    assert faults_for_eyes(page) == []


def test_the_page_does_not_move_when_the_script_begins(frames):
    _, element = frames()
    after = element.bounding_box()["height"]
    _, still = frames(watched=False)
    still.page.route("**/figure_frames.js", lambda route: route.abort())
    still.page.reload()
    expect(still.get_by_role("slider", name="Frame")).to_be_disabled()
    assert shown(still) == [shown(element)[0]]
    assert still.bounding_box()["height"] == after
    expect(still.locator("[role=status]")).to_have_text(
        "Moving through the frames needs JavaScript."
    )
