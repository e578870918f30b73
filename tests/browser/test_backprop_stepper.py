"""The stepper of the backpropagation page: keyboard, pointer, links, and turned pages."""

import pytest


@pytest.fixture
def stepper(open_page):
    def open_stepper(setting="", **options):
        page = open_page(f"backprop/{setting}", **options)
        return page, page.locator("backprop-stepper")

    return open_stepper


def says(element, text):
    element.get_by_role("status").get_by_text(text).wait_for()


def button(element, name):
    return element.get_by_role("button", name=name)


def test_values_go_forward_and_slopes_back_by_pointer(stepper):
    _, element = stepper()
    for _ in range(3):
        button(element, "Step forward").click()
    says(element, "Forward 3 of 3: (a*b + c).tanh() = tanh(1) = 0.7616.")
    assert button(element, "Step forward").is_disabled()
    for _ in range(4):
        button(element, "Step back").click()
    says(element, "a gets 0.42 · (−3) = −1.26; b gets 0.42 · 2 = 0.8399.")
    name = element.locator("svg").get_attribute("aria-label")
    assert "a: 2, slope −1.26" in name
    assert button(element, "Step back").is_disabled()
    button(element, "Restart").click()
    says(element, "The inputs have their values.")
    assert "a*b: not computed yet" in element.locator("svg").get_attribute("aria-label")


def test_the_keyboard_alone_types_an_expression_and_steps(stepper):
    page, element = stepper()
    element.get_by_label("Expression").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("x*y")
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")  # the button, then x
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("5")
    for _ in range(3):
        page.keyboard.press("Tab")  # y, the graph, the first step
    for _ in range(3):
        page.keyboard.press("Enter")  # after the last step forward, the focus is on Step back
    says(element, "x gets 1 · (−3) = −3; y gets 1 · 5 = 5.")
    assert page.evaluate("document.activeElement.textContent") == "Restart"


def test_what_cannot_be_computed_is_told(stepper):
    _, element = stepper()
    element.get_by_label("Expression").fill("a +")
    button(element, "Draw").click()
    says(element, "The expression ends where a value is missing.")
    element.get_by_label("Expression").fill("a.log()")
    element.get_by_label("Expression").press("Enter")
    element.get_by_label("a", exact=True).fill("-1")
    says(element, "log needs a positive value.")
    assert button(element, "Step forward").is_disabled()
    element.get_by_label("a", exact=True).fill("")
    says(element, "Each input needs a number.")
    element.get_by_label("a", exact=True).fill("1")
    says(element, "The inputs have their values.")
    button(element, "All steps").click()
    says(element, "a gets 1 · 1 = 1.")


def test_a_link_opens_the_very_setting(stepper):
    page, element = stepper()
    element.get_by_label("Example").select_option("a*b + a")
    element.get_by_label("b", exact=True).fill("4")
    button(element, "All steps").click()
    sentence = "a gets 1 · 4 = 4, which is added: 1 + 4 = 5; b gets 1 · 2 = 2."
    says(element, sentence)
    link = element.get_by_role("link", name="Link to this setting").get_attribute("href")
    assert link == "#backprop-stepper:expression=a*b+%2B+a&inputs=2%2C4&step=5"
    page.wait_for_url(f"**/backprop/{link}")
    _, element = stepper(link)
    says(element, sentence)
    assert element.get_by_label("Example").input_value() == "a*b + a"
    _, element = stepper("#backprop-stepper:expression=a+%2B&inputs=one&step=-1")
    says(element, "The expression ends where a value is missing.")


def test_it_works_again_when_the_page_is_left_and_opened_again(stepper):
    page, element = stepper()
    button(element, "Step forward").click()
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("!document.querySelector('backprop-stepper')")
    page.evaluate("history.back()")
    element = page.locator("backprop-stepper")
    button(element, "All steps").click()
    says(element, "Back 4 of 4")


@pytest.mark.parametrize("width", [320, 1280])
def test_steps_and_examples_move_nothing_below(stepper, width):
    page, element = stepper(width=width)
    heights = set()
    for example in ["(a*b + c).tanh()", "a*b + a"]:
        element.get_by_label("Example").select_option(example)
        for name in ["Step forward", "Step back"]:
            while button(element, name).is_enabled():
                button(element, name).click()
                page.wait_for_timeout(50)
                heights.add(element.bounding_box()["height"])
    assert len(heights) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
