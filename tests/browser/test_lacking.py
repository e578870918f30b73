"""Widgets in a browser that lacks something: a sentence says so, and no button is dead."""

import pytest

# Of each widget: its page, its script, what it says without the script, and what a reader without
# JavaScript is told to see
WIDGETS = {
    "neuron-line": (
        "neuron/",
        "neuron_line.js",
        "Moving the line needs JavaScript.",
        "For XOR, no setting gets more than three right.",
    ),
    "descent-walker": (
        "descent/",
        "descent_walker.js",
        "Walking needs JavaScript.",
        "descent diverges, and noise keeps it from settling",
    ),
    "backprop-stepper": (
        "backprop/",
        "backprop_stepper.js",
        "This graph needs JavaScript.",
        "The sum gives it another 1, which is added.",
    ),
    "attention-matrix": (
        "attention/",
        "attention_matrix.js",
        "The table needs JavaScript.",
        "Each row adds up to 1 in every setting.",
    ),
    "draw-digit": (
        "",
        "draw_digit.js",
        "Drawing needs JavaScript.",
        "the table shows the probability of each digit",
    ),
    "exercise-progress": (
        "exercises/",
        "progress.js",
        "",
        "Keeping your programs and results needs JavaScript.",
    ),
}
STATUS = "[role=status]"
LIVE = ":is(button, input, select, textarea):enabled"


@pytest.fixture(params=WIDGETS)
def widget(request):
    """Return the name of an element and what is known of it."""
    return request.param, *WIDGETS[request.param]


def test_without_javascript_a_widget_says_so_and_the_page_what_one_would_see(widget, open_page):
    name, place, _, status, seen = widget
    page = open_page(place, java_script_enabled=False)
    element = page.locator(name)
    assert status in element.locator(STATUS).first.text_content()
    assert element.locator(f"{LIVE}:visible").count() == 0
    for summary in page.get_by_text("What you should see").all():
        summary.click()
    shown = page.locator("article").inner_text()  # without what is folded or hidden
    assert seen in " ".join(shown.split())


def test_a_widget_whose_script_does_not_arrive_has_no_live_control(widget, open_page):
    name, place, script, status, _ = widget
    page = open_page("code/", watched=False)
    page.route(f"**/{script}", lambda route: route.abort())
    page.goto(page.url.replace("code/", place))
    page.wait_for_load_state("networkidle")
    element = page.locator(name)
    assert status in element.locator(STATUS).first.text_content()
    assert element.locator(f"{LIVE}:visible").count() == 0


def test_a_widget_works_while_storage_is_blocked(open_page):
    page = open_page("neuron/", storage_is_blocked=True)
    element = page.locator("neuron-line")
    element.get_by_label("Right at most").select_option("2")
    element.get_by_role("status").get_by_text("2 of 4 corners of XOR are right.").wait_for()


def test_a_digit_is_read_while_webassembly_and_storage_are_blocked(open_page):
    page = open_page("", storage_is_blocked=True)
    page.evaluate("delete window.WebAssembly")
    element = page.locator("draw-digit")
    element.get_by_role("button", name="Example").click()
    element.get_by_role("status").get_by_text("The network reads a 7").wait_for()


def test_a_check_without_a_network_says_so(open_page):
    page = open_page("neuron/", watched=False)
    page.route("**/assets/built/**", lambda route: route.abort())
    exercise = page.locator("python-exercise").first
    exercise.get_by_role("button", name="Check").click()
    exercise.get_by_role("status").get_by_text("Python could not be loaded").wait_for()
    assert exercise.get_by_role("button", name="Check").is_enabled()
