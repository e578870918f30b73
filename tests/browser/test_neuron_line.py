"""The decision line that the reader moves on the page of the neuron."""

import pytest


@pytest.fixture
def widget(open_page):
    def open_widget(setting="", **options):
        page = open_page(f"neuron/{setting}", **options)
        return page, page.locator("neuron-line")

    return open_widget


def says(element, text):
    element.get_by_role("status").get_by_text(text).wait_for()


def test_a_guess_comes_before_the_line_and_all_of_it_by_keyboard(widget):
    page, element = widget()
    says(element, "Guess first: how many corners of XOR")
    assert element.get_by_label("Weight w1").is_disabled()
    element.get_by_label("Function").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # 2 of 4
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # 4 of 4
    says(element, "2 of 4 corners of XOR are right. Your best so far: 2.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")  # w1 from 1 to 1.25
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    for _ in range(8):
        page.keyboard.press("ArrowDown")  # b from 1.5 to -0.5
    says(element, "3 of 4 corners of XOR are right. Your best so far: 3.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    says(element, "No setting of these sliders gets more than 3 right. You guessed 4.")


def test_the_line_moves_by_pointer_and_all_four_corners_of_and_can_be_right(widget):
    _, element = widget()
    element.get_by_label("Function").select_option("AND")
    element.get_by_label("Right at most").select_option("4")
    before = element.locator("polygon").get_attribute("points")
    for label, share in {"Weight w1": 0.75, "Weight w2": 0.75, "Bias b": 0.25}.items():
        slider = element.get_by_label(label)
        box = slider.bounding_box()
        slider.click(position={"x": share * box["width"], "y": box["height"] / 2})
    says(element, "4 of 4 corners of AND are right. You guessed 4.")
    assert element.locator("polygon").get_attribute("points") != before
    name = element.get_by_role("img").get_attribute("aria-label")
    w1 = element.get_by_label("Weight w1").input_value()
    assert f"Corners of AND with w1 = {w1}, " in name
    assert "(1, 1) target 1, output 1, right" in name
    element.get_by_label("Function").select_option("XOR")
    says(element, "Guess first: how many corners of XOR")


def test_the_address_keeps_the_setting(widget):
    page, element = widget("#neuron-line:function=OR&w1=2&w2=-0.5&b=-0.25")
    assert element.get_by_label("Function").input_value() == "OR"
    assert element.get_by_label("Weight w2").input_value() == "-0.5"
    element.get_by_label("Right at most").select_option("3")
    element.get_by_label("Bias b").press("ArrowUp")
    page.wait_for_url("**/neuron/#neuron-line:function=OR&w1=2&w2=-0.5&b=0")
    link = element.get_by_role("link", name="Link to this setting").get_attribute("href")
    assert link == "#neuron-line:function=OR&w1=2&w2=-0.5&b=0"
    page.evaluate("location.hash = '#neuron-line:function=AND&w1=1&w2=0.5&b=1'")
    page.wait_for_function("document.querySelector('neuron-line [name=b]').value === '1'")
    assert element.get_by_label("Function").input_value() == "AND"


def test_what_the_controls_do_not_know_is_left_out_or_brought_into_range(widget):
    _, element = widget("#neuron-line:function=NAND&w1=77&w2=x&b=1&c=2")
    assert element.get_by_label("Function").input_value() == "XOR"
    assert element.get_by_label("Weight w1").input_value() == "2"
    assert element.get_by_label("Weight w2").input_value() == "-1"
    assert element.get_by_label("Bias b").input_value() == "1"


def test_the_widget_lives_through_instant_navigation(widget):
    page, element = widget()
    element.get_by_label("Right at most").select_option("2")
    says(element, "2 of 4 corners of XOR are right.")
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("!document.querySelector('neuron-line')")
    page.evaluate("history.back()")
    element.get_by_label("Right at most").select_option("3")
    element.get_by_role("button", name="Show a best line").click()
    says(element, "3 of 4 corners of XOR are right. No setting")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_widget_in_use_is_accessible_and_fits(widget, scheme, faults_for_eyes):
    page, element = widget(scheme=scheme, width=320)
    before = element.bounding_box()["height"]
    element.get_by_label("Right at most").select_option("4")
    element.get_by_role("button", name="Show a best line").click()
    says(element, "No setting of these sliders")
    assert element.bounding_box()["height"] == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults_for_eyes(page) == []
