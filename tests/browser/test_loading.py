"""What a browser does while it loads a page: it computes the styles once, in the right colors."""

import pytest

# Notes the colors of the page when its text appears
NOTE_FIRST_SCHEME = """
new MutationObserver(() => {
  if (document.querySelector("article"))
    window.firstScheme ??= document.body.getAttribute("data-md-color-scheme");
}).observe(document, {childList: true, subtree: true});
"""
TRACE = {
    "transferMode": "ReportEvents",
    "traceConfig": {"includedCategories": ["devtools.timeline"]},
}


def count_styled(page):
    """Return how many elements Chromium computes the styles of while it loads the page again."""
    address = page.url
    page.goto("about:blank")
    session = page.context.new_cdp_session(page)
    events = []
    ended = []
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    session.on("Tracing.tracingComplete", lambda _: ended.append(True))
    session.send("Tracing.start", TRACE)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(50)
    updates = [event["args"] for event in events if event["name"] == "UpdateLayoutTree"]
    return sum(update.get("elementCount", 0) for update in updates)


@pytest.mark.parametrize("name", ["activations/", "glossary/", "reference/tasks/"])
def test_a_page_is_not_styled_again_by_the_scripts(name, open_page):
    page = open_page(name)
    # Each element once, and some for what arrives late. The theme alone takes five times as many.
    styled = count_styled(page)
    assert styled < 2 * page.locator("*").count()
    assert styled > 1000  # else the trace has other names than this test knows


@pytest.mark.parametrize(("scheme", "attribute"), [("light", "default"), ("dark", "slate")])
def test_a_page_has_its_colors_before_its_text(scheme, attribute, open_page):
    page = open_page("neuron/", scheme=scheme)
    page.evaluate("localStorage.clear()")  # as at the reader's first visit
    page.context.add_init_script(NOTE_FIRST_SCHEME)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.firstScheme") == attribute
    assert page.evaluate("document.querySelector('meta[name=color-scheme]').content") == scheme


def test_signatures_have_no_copy_buttons(open_page):
    signatures = open_page("reference/tasks/").locator(".doc-signature")
    assert signatures.count() > 100
    signatures.nth(0).scroll_into_view_if_needed()
    assert signatures.locator("pre > code, nav, button").count() == 0
