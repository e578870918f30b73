"""The cards of the glossary: their texts are those of its page; what is not known comes back."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def cards(open_page):
    def open_cards(setting="", **options):
        page = open_page(f"glossary/cards/{setting}", **options)
        return page, page.locator("glossary-cards")

    return open_cards


def says(element, text):
    element.get_by_role("status").get_by_text(text).wait_for()


def start(element):
    element.get_by_role("button", name="Start").click()
    element.get_by_role("button", name="Turn").wait_for()


def term(element):
    return element.locator(".card strong").text_content()


def test_a_card_turns_and_comes_back_by_keyboard_alone(cards):
    page, element = cards()
    says(element, "Start loads")
    element.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    says(element, re.compile(r"^0 of \d{3} known, 0 not yet\.$"))
    first = term(element)
    assert element.locator(".card div").count() == 1
    page.keyboard.press("Enter")  # Turn
    assert element.locator(".card div").count() == 3
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # Not yet
    says(element, "0 of")
    assert term(element) != first
    page.keyboard.press("Enter")  # Turn
    page.keyboard.press("Enter")  # Known
    assert term(element) == first
    says(element, re.compile("^1 of .* known, 1 not yet"))


def test_the_texts_are_those_of_the_glossary_and_all_of_it(cards, open_page):
    _, element = cards("#cards:chapter=loss&side=definition")
    start(element)
    assert element.get_by_label("Chapter").input_value() == "loss"
    glossary = open_page("glossary/")
    num_entries = glossary.locator("article h3").count()
    taught = glossary.locator("article p").filter(has_text=re.compile("^Taught in The loss"))
    num_taught = taught.count()
    num_cards = int(element.get_by_role("status").text_content().split()[2])
    for _ in range(num_cards):
        definition = element.locator(".card div").text_content()
        element.get_by_role("button", name="Turn").click()
        link = element.locator(".card a").get_attribute("href")
        entry = glossary.locator(f"h3{link.removeprefix('../')}")
        assert entry.text_content().removesuffix("¶") == term(element)
        assert entry.locator("xpath=following-sibling::p[1]").text_content() == definition
        chapter = entry.locator("xpath=following-sibling::p[starts-with(., 'Taught in')][1]//a")
        assert "/loss/#" in chapter.get_attribute("href")
        element.get_by_role("button", name="Known").click()
    says(element, f"{num_cards} of {num_cards} known, 0 not yet. All cards are known.")
    assert num_cards == num_taught
    element.get_by_label("Chapter").select_option("all")
    says(element, f"{num_cards} of {num_entries} known")


def test_this_browser_keeps_what_is_known_until_it_is_forgotten(cards):
    page, element = cards()
    start(element)
    element.get_by_role("button", name="Turn").click()
    element.get_by_role("button", name="Known").click()
    page.reload()
    start(element)
    says(element, re.compile("^1 of "))
    element.get_by_role("button", name="Start over").click()
    says(element, re.compile("^0 of "))


def test_cards_work_for_a_visit_without_storage_and_after_instant_navigation(cards):
    page, element = cards(storage_is_blocked=True)
    start(element)
    element.get_by_role("button", name="Turn").click()
    element.get_by_role("button", name="Known").click()
    says(element, re.compile("^1 of "))
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("!document.querySelector('glossary-cards')")
    page.evaluate("history.back()")
    start(element)
    says(element, re.compile("^0 of "))


def test_a_network_that_is_gone_is_told(cards):
    page, element = cards(watched=False)
    page.route("**/glossary/", lambda route: route.abort())
    element.get_by_role("button", name="Start").click()
    says(element, "The glossary cannot be loaded.")
    page.unroute("**/glossary/")
    start(element)


def test_without_javascript_the_page_points_at_the_glossary(open_page):
    page = open_page("glossary/cards/", java_script_enabled=False)
    assert page.get_by_text("The cards need JavaScript.").is_visible()
    assert page.get_by_role("button", name="Start").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_cards_in_use_are_accessible_and_fit(cards, scheme, faults_for_eyes):
    page, element = cards("#cards:chapter=loss&side=term", scheme=scheme, width=320)
    start(element)
    assert faults_for_eyes(page) == []
    element.get_by_role("button", name="Turn").click()
    expect(element.get_by_role("button", name="Known")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in element.get_by_role("button").all():
        assert button.bounding_box()["height"] >= 24
    assert faults_for_eyes(page) == []
