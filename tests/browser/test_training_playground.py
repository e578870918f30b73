"""The small network that the reader trains on the page of training."""

import re

import pytest

SETTING = (
    "#training-playground:data=circles&layers=1&units=8&activation=ReLU"
    "&optimizer=descent&rate=0.3&batch=10&noise=0.05&seed=1"
)
DIVERGES = SETTING.replace("circles", "curve").replace("rate=0.3", "rate=10")
OVER = "converged|diverged|stopped"


@pytest.fixture
def widget(open_page):
    def open_widget(setting="", **options):
        page = open_page(f"training/{setting}", **options)
        element = page.locator("training-playground")
        says(element, "Predict first")
        return page, element

    return open_widget


def says(element, text):
    element.get_by_role("status").get_by_text(text).wait_for()


def numbers(element):
    return element.locator(".numbers").inner_text()


def predict(element, outcome):
    element.get_by_label("Prediction").select_option(outcome)


def test_training_by_keyboard_converges_and_tells_what_was_predicted(widget):
    page, element = widget()
    assert element.get_by_role("button", name="Train").is_disabled()
    element.get_by_label("Data").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # one hidden layer
    for _ in range(8):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # learned
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    says(
        element, re.compile(r"In epoch \d+, training converged: learned\. You predicted “learned”")
    )
    says(element, "which is correct.")
    assert "100% correct. Validation: loss 0.0" in numbers(element)
    assert element.get_by_role("button", name="Train").is_visible()
    shown = element.locator(".plane svg").get_attribute("aria-label")
    assert shown == f"Points of circles. {numbers(element)}"


def test_without_a_hidden_layer_the_circles_are_not_learned(widget):
    _, element = widget(reduced_motion="reduce")
    predict(element, "learned")
    element.get_by_role("button", name="Train").click()
    says(element, re.compile("training converged: not learned. You predicted “learned”.$"))


def test_steps_pause_and_reset(widget):
    page, element = widget(f"{SETTING}".replace("rate=0.3", "rate=0.001"))
    predict(element, "not learned")
    before = numbers(element)
    assert before.startswith("Epoch 0. ")
    element.get_by_role("button", name="Step: batch").click()
    assert numbers(element).startswith("Epoch 0, batch 1 of the next. ")
    element.get_by_role("button", name="Step: epoch").click()
    assert numbers(element).startswith("Epoch 1. ")
    element.get_by_role("button", name="Train").click()
    page.wait_for_function(
        "/^Epoch ([3-9]|\\d\\d)/.test(document.querySelector('.numbers').innerText)"
    )
    element.get_by_role("button", name="Pause").click()
    paused = numbers(element)
    page.wait_for_timeout(300)
    assert numbers(element) == paused
    says(element, paused)
    element.get_by_role("button", name="Reset").click()
    assert numbers(element) == before
    assert element.get_by_role("button", name="Train").is_enabled()


def test_training_stops_out_of_sight_and_with_its_page(widget):
    page, element = widget(SETTING.replace("rate=0.3", "rate=0.001"))
    predict(element, "not learned")
    element.get_by_role("button", name="Train").click()
    element.get_by_role("button", name="Pause").wait_for()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    element.get_by_role("button", name="Train", include_hidden=True).wait_for()
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("!document.querySelector('training-playground')")
    page.evaluate("history.back()")
    predict(element, "learned")
    element.get_by_role("button", name="Step: epoch").click()
    assert numbers(element).startswith("Epoch 1. ")


def test_a_high_learning_rate_is_told(widget):
    _, element = widget(DIVERGES)
    predict(element, "diverged")
    element.get_by_role("button", name="Train").click()
    says(element, "training diverged: learning rate too high. You predicted “diverged”, which is")


def test_the_address_keeps_the_setting_while_the_page_scrolls(widget):
    page, element = widget()
    element.get_by_label("Data").select_option("three classes")
    predict(element, "learned")
    element.get_by_label("Hidden layers").select_option("1")
    setting = SETTING.replace("circles", "three+classes")
    page.wait_for_url(f"**/training/{setting}")
    assert element.get_by_label("Prediction").input_value() == ""
    link = element.get_by_role("link", name="Link to this setting")
    assert link.get_attribute("href") == setting
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(500)
    assert page.evaluate("location.hash") == setting


def test_links_of_pages_bring_their_setting(widget, open_page):
    page, element = widget()
    page.get_by_role("link", name="the curve at a rate of 10").click()
    page.wait_for_function("document.querySelector('[name=rate]').value === '10'")
    assert element.get_by_label("Data").input_value() == "curve"
    page = open_page("network/")
    page.locator("a[href*='training-playground'][href*='layers=1']").click()
    page.wait_for_function(
        "document.querySelector('training-playground [name=data]')?.value === 'XOR'"
    )
    assert page.get_by_label("Hidden layers").input_value() == "1"
    assert page.get_by_label("Optimizer").input_value() == "Adam"


@pytest.mark.parametrize("width", [320, 500])
def test_nothing_below_moves_when_the_script_arrives(width, open_page):
    page = open_page("code/", width=width)
    waiting = []
    page.route("**/training_playground.js", lambda route: waiting.append(route))
    with page.expect_request("**/training_playground.js"):
        page.goto(page.url.replace("code/", "training/"), wait_until="commit")
    element = page.locator("training-playground")
    page.wait_for_function("document.readyState !== 'loading'")
    before = element.bounding_box()["height"]
    waiting[0].fallback()
    says(element, "Predict first")
    assert element.bounding_box()["height"] == before


@pytest.mark.parametrize("data", ["three classes", "curve"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_widget_in_use_is_accessible_and_fits(widget, scheme, data, faults_for_eyes):
    page, element = widget(scheme=scheme, width=320, reduced_motion="reduce")
    before = element.bounding_box()["height"]
    element.get_by_label("Data").select_option(data)
    assert faults_for_eyes(page) == []
    predict(element, "not learned")
    element.get_by_role("button", name="Train").click()
    says(element, re.compile(OVER))
    assert element.bounding_box()["height"] == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults_for_eyes(page) == []
