"""What the reader of a chapter sorts, such as systems into the rings of AI."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SORTINGS = {
    path.parent.name: tomllib.loads(path.read_text("utf-8"))
    for path in (ROOT / "src" / "dlcourse" / "exercises").glob("*/sort.toml")
}


@pytest.fixture(params=sorted(SORTINGS))
def chapter(request):
    return request.param


@pytest.fixture
def sorter(open_page, chapter):
    def open_sorter(**options):
        page = open_page(f"{chapter}/#sort", **options)
        return page, page.locator(".quiz.sort")

    return open_sorter


@pytest.fixture
def items(chapter):
    return SORTINGS[chapter]["item"]


def says(element, text):
    element.get_by_role("status").get_by_text(text, exact=True).wait_for()


def test_all_answers_by_keyboard(sorter, items):
    page, element = sorter()
    element.get_by_role("radio").first.focus()
    for item in items:
        page.keyboard.press("Space")
        for _ in range(item["right"] - 1):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    assert element.locator(".said").first.is_hidden()  # nothing is said before the button
    page.keyboard.press("Enter")
    says(element, f"{len(items)} of {len(items)} correct.")
    for item, said in zip(items, element.locator(".said").all(), strict=True):
        assert f"Correct. {item['explanations'][item['right'] - 1]}" in said.inner_text()


def test_each_choice_has_its_explanation_by_pointer(sorter, items, chapter):
    _, element = sorter()
    button = element.get_by_role("button", name="Check the answers")
    for choice in range(len(SORTINGS[chapter]["choices"])):
        for field in element.locator("fieldset").all():
            field.locator("label").nth(choice).click()
        button.click()
        num_right = sum(item["right"] == choice + 1 for item in items)
        says(element, f"{num_right} of {len(items)} correct.")
        for item, said in zip(items, element.locator(".said").all(), strict=True):
            verdict = "Correct." if item["right"] == choice + 1 else "Not correct."
            assert f": {verdict} {item['explanations'][choice]}" in said.inner_text()


def test_what_has_no_answer_is_counted(sorter, items):
    _, element = sorter()
    element.get_by_role("button", name="Check the answers").click()
    says(element, f"0 of {len(items)} correct. {len(items)} still without an answer.")
    assert element.locator(".said").first.is_hidden()


def test_without_javascript_the_answers_are_folded(sorter, items):
    _, element = sorter(java_script_enabled=False)
    assert element.get_by_role("button", name="Check the answers").is_hidden()
    element.get_by_text("All answers, explained").click()
    assert element.get_by_text(items[0]["explanations"][0]).is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sorted_items_are_accessible_and_fit(sorter, scheme, faults_for_eyes):
    page, element = sorter(scheme=scheme, width=320)
    for field in element.locator("fieldset").all():
        field.locator("label").nth(1).click()
    element.get_by_role("button", name="Check the answers").click()
    for label in element.locator("label").all():
        assert label.bounding_box()["height"] >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults_for_eyes(page) == []
