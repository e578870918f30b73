"""The corridor with a coin, on the page of reinforcement learning."""

import pytest


@pytest.fixture
def widget(open_page):
    def open_widget(setting="", **options):
        page = open_page(f"reinforcement/{setting}", **options)
        return page, page.locator("coin-corridor")

    return open_widget


def says(element, text):
    element.get_by_role("status").get_by_text(text).wait_for()


def test_a_prediction_comes_before_the_values_and_all_of_it_by_keyboard(widget):
    page, element = widget()
    says(element, "Predict first")
    assert element.locator("text").get_by_text("25.13").count() == 0
    assert element.get_by_role("button", name="Step").is_disabled()
    element.get_by_label("Discount").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # arrives
    says(element, "circles for ever: in cell 3, left is worth 25.13 and right 24.63.")
    says(element, "Your prediction is not correct.")
    page.keyboard.press("Tab")
    for _ in range(4):
        page.keyboard.press("Enter")  # Step
    says(element, "After 4 steps the agent is in cell 2, with rewards of 1.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    for _ in range(9):
        page.keyboard.press("ArrowDown")  # the discount, from 0.99 to 0.9
    says(element, "Predict first")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    says(element, "arrives: in cell 3, left is worth 7.06 and right 8.10.")
    says(element, "Your prediction is correct.")


def test_play_ends_at_the_goal_and_stops_where_the_agent_circles(widget):
    _, element = widget("#coin-corridor:coin=1&discount=0.9")
    element.get_by_label("Prediction").select_option("arrives")
    element.get_by_role("button", name="Play").click()
    says(element, "After 6 steps the agent is in cell 6, with rewards of 11.")
    assert element.get_by_role("button", name="Play").is_visible()
    name = element.get_by_role("img").get_attribute("aria-label")
    assert "The agent is in cell 6. Values: cell 0: left" in name
    slider = element.get_by_role("slider", name="Coin")
    box = slider.bounding_box()
    slider.click(position={"x": 0.9 * box["width"], "y": box["height"] / 2})
    element.get_by_label("Prediction").select_option("look")
    element.get_by_role("button", name="Play").click()
    element.get_by_role("button", name="Stop").click()
    element.get_by_role("button", name="Back to cell 0").click()
    says(element, "The best policy circles for ever")
    slider.press("ArrowDown")  # who only looks is not asked again
    says(element, "The best policy circles for ever")


def test_readers_who_want_no_motion_see_the_end_at_once(widget):
    _, element = widget(reduced_motion="reduce")
    element.get_by_label("Prediction").select_option("circles")
    element.get_by_role("button", name="Play").click()
    says(element, "After 16 steps the agent is in cell 2, with rewards of 4.")


def test_the_address_keeps_the_setting_and_instant_navigation_the_widget(widget):
    page, element = widget("#coin-corridor:coin=2&discount=0.7")
    element.get_by_label("Discount").press("ArrowUp")
    page.wait_for_url("**/#coin-corridor:coin=2&discount=0.71")
    link = element.get_by_role("link", name="Link to this setting").get_attribute("href")
    assert link == "#coin-corridor:coin=2&discount=0.71"
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("!document.querySelector('coin-corridor')")
    page.evaluate("history.back()")
    element.get_by_label("Prediction").select_option("look")
    says(element, "The best policy")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_corridor_in_use_is_accessible_and_fits(widget, scheme, faults_for_eyes):
    page, element = widget(scheme=scheme, width=320, reduced_motion="reduce")
    before = element.bounding_box()["height"]
    element.get_by_label("Prediction").select_option("circles")
    element.get_by_role("button", name="Play").click()
    says(element, "After 16 steps")
    assert element.bounding_box()["height"] == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults_for_eyes(page) == []
