"""What a reader does: copy, search, follow a link, ask what a word means, switch the scheme."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted(
    path.parent.name
    for path in (ROOT / "docs").glob("*/index.md")
    if "```python" in path.read_text("utf-8")
)


@pytest.mark.parametrize("name", ["", *(f"{chapter}/" for chapter in CHAPTERS)])
def test_copy_button_copies_the_snippet_file(name, open_page):
    page = open_page(name, unfolded=True, permissions=["clipboard-read", "clipboard-write"])
    blocks = page.locator("article .language-python.highlight")
    assert blocks.count() > 0
    for block in blocks.all():
        snippet = ROOT / block.locator(".filename").inner_text()
        page.evaluate("navigator.clipboard.writeText('nothing')")
        block.scroll_into_view_if_needed()  # the button comes with its block into view
        block.locator("[data-md-type='copy'], .md-clipboard").first.click()
        page.wait_for_function("navigator.clipboard.readText().then(text => text !== 'nothing')")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert (
            copied.encode() == snippet.read_bytes()
        )  # byte for byte, the end of the last line too


def test_search_finds_gradient_and_leads_to_it(open_page):
    page = open_page("")
    page.keyboard.press("/")
    page.keyboard.type("gradient")
    expect(page.get_by_role("dialog", name="Search")).to_be_attached()
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    expect(
        page.locator(".md-search-result__link[href*='/glossary/'][href$='#gradient']")
    ).to_be_attached()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("h=gradient"))
    expect(page.locator("article.md-content__inner mark").first).to_have_text(
        re.compile("gradient", re.IGNORECASE)
    )


def test_following_a_link_keeps_the_page_and_its_formulas_and_figures(open_page):
    page = open_page("neuron/")
    page.evaluate("window.stayed = true")
    page.locator("article").get_by_role("link", name="backpropagation", exact=True).last.click()
    page.wait_for_url(re.compile(r"/backprop/(#|$)"))
    expect(page.locator("article h1")).to_contain_text("Backpropagation")
    assert page.evaluate("window.stayed"), "the whole page was loaded again"
    assert page.locator("article .katex-html").count() > 0
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px KaTeX_Main'))")
    assert page.locator("article figure.drawn svg").first.bounding_box()["width"] > 200
    page.go_back()
    expect(page.locator("article h1")).to_contain_text("neuron")
    assert page.evaluate("window.stayed")


def test_term_reached_by_keyboard_shows_its_definition(open_page):
    page = open_page("neuron/")
    page.locator("article h1").click()  # the Tab key goes on from there
    term = page.locator("article a.term").first
    definition = term.get_attribute("title")
    for _ in range(20):
        page.keyboard.press("Tab")
        if term.evaluate("element => element === document.activeElement"):
            break
    tooltip = page.locator(".md-tooltip2--active")
    expect(tooltip).to_be_visible()
    expect(tooltip).to_have_text(definition)
    expect(term).to_have_attribute("aria-describedby", tooltip.get_attribute("id"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/glossary/#"))


HEIGHTS = """drawings => {
  const measure = () => drawings.map(drawing => drawing.getBoundingClientRect().height);
  const before = measure();
  for (const drawing of drawings) drawing.style.contentVisibility = "visible";
  return measure().map((height, index) => [before[index], height]);
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_drawing_that_is_not_laid_out_yet_has_its_height(open_page, width):
    page = open_page("autoencoders/", width=width)
    drawings = page.locator("article .drawing")
    assert drawings.count() > 5
    for before, height in drawings.evaluate_all(HEIGHTS):
        assert before == pytest.approx(height, abs=0.1)  # Chromium rounds lengths to 1/64 px


def test_scheme_follows_the_system_until_the_reader_chooses(open_page):
    ink = "getComputedStyle(document.querySelector('figure.drawn svg text')).fill"
    body = "document.body.getAttribute('data-md-color-scheme')"
    dark = open_page("neuron/", scheme="dark")
    assert dark.evaluate(body) == "slate"
    page = open_page("neuron/", scheme="light")
    assert page.evaluate(body) == "default"
    assert page.evaluate(ink) != dark.evaluate(ink)
    page.get_by_title("Switch to the dark scheme").click()
    assert page.evaluate(body) == "slate"
    assert page.evaluate(ink) == dark.evaluate(ink)
    page.reload()
    assert page.evaluate(body) == "slate"


def test_what_is_wide_scrolls_in_its_own_box_on_a_phone(open_page):
    page = open_page("backprop/", width=390)
    wide = page.locator("article :is(div.arithmatex, figure.drawn)").evaluate_all(
        "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).map(box => box.tabIndex)"
    )
    assert wide  # else this page no longer shows what the test is for
    assert set(wide) == {0}  # reached by the Tab key, then moved with the arrow keys


def test_a_wide_table_is_reached_by_the_tab_key(open_page):
    tables = "tables => tables.map(table => [table.offsetWidth, table.tabIndex])"
    phone = open_page("overview/", width=390).locator("article table").evaluate_all(tables)
    wide = [index for width, index in phone if width > 390]
    assert wide  # else this page no longer shows what the test is for
    assert set(wide) == {0}
    desk = open_page("overview/", width=1280).locator("article table").evaluate_all(tables)
    assert {index for _, index in desk} == {-1}


@pytest.mark.parametrize(
    "query", ["--batch-size", "-batch", "batch:size", "batch^x", "batch~", "*batch*"]
)
def test_search_takes_operators_as_separators(query, open_page):
    page = open_page("")  # which fails at an error in the console, of each letter that is typed
    page.keyboard.press("/")
    page.keyboard.type(query)
    first = page.locator(".md-search-result__item").first
    expect(first).to_contain_text("batch", ignore_case=True)


def test_a_question_says_whether_the_chosen_answer_is_correct(open_page):
    page = open_page("neuron/", width=320)
    quiz = page.locator(".quiz").first
    button = quiz.get_by_role("button", name="Check the answer")
    button.click()
    expect(quiz.get_by_role("status")).to_be_empty()  # nothing is chosen yet
    quiz.get_by_label("The output is still 0.7.").check()
    button.click()
    expect(quiz.get_by_role("status")).to_contain_text("Not correct.")
    page.keyboard.press("Shift+Tab")  # to the chosen answer, and from it to the next one
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(quiz.get_by_role("status")).to_contain_text("The output is 0.3. Correct.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in [button, *quiz.locator("label").all()]:
        box = target.bounding_box()
        assert box["height"] >= 24  # WCAG 2.5.8
        assert box["width"] >= 24


def test_a_question_has_all_answers_without_javascript(open_page):
    page = open_page("neuron/", java_script_enabled=False)
    quiz = page.locator(".quiz").first
    expect(quiz.get_by_role("button", name="Check the answer")).to_be_hidden()
    quiz.get_by_text("All answers, explained").click()
    expect(quiz.get_by_text("The output is 0.3. Correct.")).to_be_visible()
