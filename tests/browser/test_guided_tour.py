"""The guided tour: a frame around the part of the page that each step of a list means."""

import pytest

LISTS = {"neuron": 5, "backprop": 6, "attention": 6}  # pages and their numbers of steps
FRAME = """() => {
  const part = document.querySelector("[data-lit]");
  const { top, bottom, left, right, width, height } = part.getBoundingClientRect();
  const bar = document.querySelector("guided-tour .bar").getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(part);
  return {
    isOutlined: outlineStyle === "dashed" && outlineWidth === "3px",
    isSeen: top >= 0 && left >= 0 && right <= innerWidth && bottom <= bar.top,
    hasArea: width > 10 && height > 10,
    count: document.querySelectorAll("[data-lit]").length,
  };
}"""
IS_FRAMED = {"isOutlined": True, "isSeen": True, "hasArea": True, "count": 1}


@pytest.fixture
def tour(open_page):
    def open_tour(name, **options):
        page = open_page(f"{name}/", reduced_motion="reduce", **options)
        return page, page.locator("guided-tour")

    return open_tour


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", LISTS)
def test_each_step_frames_its_part_and_says_its_text_by_keyboard(tour, name, width):
    page, element = tour(name, width=width)
    texts = element.locator("li")
    num_steps = texts.count()
    assert num_steps == LISTS[name]
    element.get_by_role("button", name="Start the guided tour").focus()
    for place in range(num_steps):
        page.keyboard.press("Enter")  # Start, then Next, which keeps the focus
        said = f"Step {place + 1} of {num_steps}. {texts.nth(place).text_content()}"
        assert element.get_by_role("status").text_content() == said
        assert page.evaluate(FRAME) == IS_FRAMED
    page.keyboard.press("Enter")  # Finish
    assert page.locator("[data-lit]").count() == 0
    assert element.get_by_role("button").all_text_contents()[0] == "Start the guided tour"
    is_focused = "document.activeElement.textContent === 'Start the guided tour'"
    assert page.evaluate(is_focused)


def test_back_and_escape_and_the_setting_of_each_step(tour):
    page, element = tour("neuron")
    element.get_by_role("button", name="Start the guided tour").click()
    assert element.get_by_role("button", name="Back").is_disabled()
    assert page.locator("neuron-line text.right").count() == 4
    element.get_by_role("button", name="Next").click()
    element.get_by_role("button", name="Next").click()
    assert page.locator("neuron-line [name=b]").input_value() == "-0.5"
    element.get_by_role("button", name="Next").click()
    element.get_by_role("button", name="Next").click()
    assert page.locator("neuron-line text.wrong").count() == 1
    assert element.get_by_role("button", name="Finish").is_visible()
    for _ in range(4):
        element.get_by_role("button", name="Back").click()
    assert page.locator("neuron-line [name=function]").input_value() == "AND"
    page.keyboard.press("Escape")
    assert page.locator("[data-lit]").count() == 0


def test_the_tour_survives_instant_navigation_and_needs_no_javascript(tour, open_page):
    page, element = tour("neuron")
    element.get_by_role("button", name="Start the guided tour").click()
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("!document.querySelector('guided-tour')")
    page.evaluate("history.back()")
    element.get_by_role("button", name="Start the guided tour").click()
    assert page.evaluate(FRAME) == IS_FRAMED
    plain = open_page("neuron/", java_script_enabled=False)
    assert plain.locator("guided-tour .bar").is_hidden()
    plain.get_by_text("The guided tour in words").click()
    assert plain.get_by_text("has moved the line and has not turned it").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", LISTS)
def test_the_tour_in_use_is_accessible_and_fits(tour, name, scheme, faults_for_eyes):
    page, element = tour(name, scheme=scheme, width=320)
    element.get_by_role("button", name="Start the guided tour").click()
    element.get_by_role("button", name="Next").click()
    assert page.evaluate(FRAME) == IS_FRAMED
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults_for_eyes(page) == []
