"""The walks that the reader takes on the page of gradient descent."""

import re

import pytest


@pytest.fixture
def widget(open_page):
    def open_widget(setting="", **options):
        page = open_page(f"descent/{setting}", **options)
        return page, page.locator("descent-walker")

    return open_widget


def says(element, text):
    element.get_by_role("status").get_by_text(text).wait_for()


def test_a_walk_by_keyboard_converges_and_stops(widget):
    page, element = widget(reduced_motion="reduce")
    says(element, "Start at (−1.80, 1.00), height 1.16.")
    element.get_by_label("Learning rate").focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")  # from 0.9 to 0.5
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    says(element, "After 1 step: (−1.71, 0.00), height 0.15.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    says(element, re.compile(r"Converged after \d+ steps: \(−?0.0\d, 0.00\), height 0.00"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    says(element, "Start at (−1.80, 1.00), height 1.16.")


def test_a_start_by_pointer_and_a_rate_beyond_the_wall_diverges(widget):
    _, element = widget("#descent-walker:surface=hill&rate=1.2")
    plot = element.get_by_role("img")
    box = plot.bounding_box()
    plot.click(position={"x": 0.75 * box["width"], "y": 0.25 * box["height"]})
    says(element, "Start at (1.00, 1.00), height 4.00.")
    element.get_by_role("button", name="Play").click()
    says(element, "diverged: the learning rate is too large")
    assert element.get_by_role("button", name="Play").is_visible()
    assert "diverged" in plot.get_attribute("aria-label")


def test_play_moves_until_stop_and_nothing_moves_before(widget):
    page, element = widget("#descent-walker:surface=valley&rate=0.02")
    dots = element.locator(".walker circle")
    page.wait_for_timeout(300)
    assert dots.count() == 2
    element.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelectorAll('.walker circle').length > 4")
    element.get_by_role("button", name="Stop").click()
    num_dots = dots.count()
    page.wait_for_timeout(300)
    assert dots.count() == num_dots


def test_the_setting_stands_in_the_address_and_a_walk_ends_with_its_page(widget):
    page, element = widget()
    element.get_by_label("Optimizer").select_option("Adam")
    element.get_by_label("Surface").select_option("saddle")
    setting = "#descent-walker:surface=saddle&optimizer=Adam&x=-1.8&y=1&rate=0.9&noise=0"
    page.wait_for_url(f"**/descent/{setting}")
    element.get_by_role("button", name="Play").click()
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("!document.querySelector('descent-walker')")
    page.evaluate("history.back()")
    element.get_by_role("button", name="Step").click()
    says(element, "After 1 step:")
    assert element.get_by_label("Optimizer").input_value() == "Adam"
    link = element.get_by_role("link", name="Link to this setting")
    assert link.get_attribute("href") == setting


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_widget_in_use_is_accessible_and_fits(widget, scheme, faults_for_eyes):
    page, element = widget(scheme=scheme, width=320, reduced_motion="reduce")
    before = element.bounding_box()["height"]
    element.get_by_role("button", name="Play").click()
    says(element, "Converged after")
    assert element.bounding_box()["height"] == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults_for_eyes(page) == []
