"""The table of attention weights: keyboard, pointer, links, and turned pages."""

import pytest


@pytest.fixture
def table(open_page):
    def open_table(setting="", **options):
        page = open_page(f"attention/{setting}", **options)
        return page, page.locator("attention-matrix")

    return open_table


def says(element, text):
    element.get_by_role("status").get_by_text(text).first.wait_for()


def row(element, number):
    return element.locator("tbody tr").nth(number - 1)


def weights(element, number):
    return row(element, number).locator("td").all_inner_texts()


def test_the_pointer_chooses_a_row_and_changes_the_weights(table):
    _, element = table()
    says(element, "Place 1 (k) reads most: 0.41 from place 1 (k), 0.41 from place 5 (k)")
    row(element, 4).locator("td").first.click()
    says(element, "Place 4 (t) reads most: 0.63 from place 4 (t)")
    assert weights(element, 1) == weights(element, 5)
    element.get_by_label("Positions").check()
    assert weights(element, 1) != weights(element, 5)
    says(element, "Its 7 weights add up to 1.00.")


def test_the_keyboard_alone_works_everything(table):
    page, element = table()
    element.get_by_label("Temperature").focus()
    page.keyboard.press("Home")
    assert element.locator("output").inner_text() == "0.2"
    assert weights(element, 4)[3] == "1.00"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert element.get_by_label("Causal mask").is_checked()
    assert weights(element, 2)[2:] == ["0"] * 5
    for _ in range(3):
        page.keyboard.press("Tab")  # positions, row 1, row 2
    says(element, "Place 2 (r) reads: 1.00 from place 2 (r).")
    assert row(element, 2).get_by_role("button").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize(
    ("answer", "judged"),
    [("All its weights", "Not quite."), ("It stays", "Not quite."), ("One weight", "Correct.")],
)
def test_a_prediction_is_judged_when_the_mask_is_switched_on(table, answer, judged):
    _, element = table()
    reveal = element.get_by_role("button", name="Switch the mask on")
    reveal.click()
    says(element, "Choose one of the answers first.")
    assert not element.get_by_label("Causal mask").is_checked()
    element.get_by_label(answer).check()
    reveal.click()
    says(element, f"{judged} The first place can read only from itself")
    assert weights(element, 1) == ["1.00"] + ["0"] * 6


def test_a_link_opens_the_very_setting(table):
    page, element = table()
    row(element, 5).get_by_role("button").click()
    element.get_by_label("Temperature").fill("2.5")
    element.get_by_label("Causal mask").check()
    sentence = "Place 5 (k) reads most: 0.32"
    says(element, sentence)
    link = element.get_by_role("link", name="Link to this setting").get_attribute("href")
    assert link == "#attention-matrix:temperature=2.5&mask=on&positions=off&row=5"
    page.wait_for_url(f"**/attention/{link}")
    _, element = table(link)
    says(element, sentence)
    assert element.get_by_label("Causal mask").is_checked()
    assert element.locator("output").inner_text() == "2.5"
    _, element = table("#attention-matrix:temperature=hot&row=99")
    says(element, "Place 7 (m)")


def test_it_works_again_when_the_page_is_left_and_opened_again(table):
    page, element = table()
    row(element, 2).locator("td").first.click()
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("!document.querySelector('attention-matrix')")
    page.evaluate("history.back()")
    element = page.locator("attention-matrix")
    row(element, 4).locator("td").first.click()
    says(element, "Place 4 (t)")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_below_moves(table, width):
    page, element = table(width=width)
    heights = {element.bounding_box()["height"]}
    for number in range(1, 8):
        row(element, number).get_by_role("button").click()
        says(element, f"Place {number}")
        heights.add(element.bounding_box()["height"])
    element.get_by_label("One weight").check()
    element.get_by_role("button", name="Switch the mask on").click()
    heights.add(element.bounding_box()["height"])
    assert len(heights) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
