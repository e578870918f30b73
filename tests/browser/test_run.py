"""Run, Stop, Edit and Reset of a code block, by keyboard and pointer, and what goes wrong."""

import time

import pytest

LOADS = 60_000  # ms: Pyodide starts in 3 s on a quiet machine
BLOCK = "Run example 1"
OUTPUT = "weighted sum  z = 0.600"


@pytest.fixture
def example(open_page):
    """Return a function that opens the page on the neuron, and finds its first buttons."""

    def open_example(**options):
        page = open_page("neuron/", **options)
        return page, page.get_by_role("group", name=BLOCK)

    return open_example


def button(group, name):
    return group.get_by_role("button", name=name)


def wait_for(group, status, milliseconds=LOADS):
    group.get_by_role("status").get_by_text(status).wait_for(timeout=milliseconds)


def python_requests(page):
    return [url for url in page.requested if "pyodide" in url or "dlcourse.zip" in url]


def test_python_is_loaded_at_the_first_run_and_stays_while_pages_turn(example, record_property):
    page, group = example()
    assert python_requests(page) == []
    start = time.perf_counter()
    button(group, "Run").click()
    wait_for(group, "Finished in")
    first = time.perf_counter() - start
    assert OUTPUT in group.get_by_role("region").inner_text()

    loaded = len(python_requests(page))
    assert loaded == 6  # five files of Pyodide, and our package
    page.locator(".md-footer__link--next").click()
    page.wait_for_function("!location.pathname.endsWith('/neuron/')")
    page.evaluate("history.back()")
    page.wait_for_function("location.pathname.endsWith('/neuron/')")
    group = page.get_by_role("group", name="Run example 2")
    start = time.perf_counter()
    button(group, "Run").click()
    wait_for(group, "Finished in")
    again = time.perf_counter() - start
    assert len(python_requests(page)) == loaded
    record_property("line", f"first Run {first:.1f} s, Run after two pages {again:.2f} s")


def test_an_endless_program_is_stopped_and_the_next_one_runs(example, record_property):
    page, group = example()
    button(group, "Edit").click()
    editor = page.get_by_label("Code of run example 1")
    editor.fill("while True: print(1)")
    editor.press("Control+Enter")
    wait_for(group, "Running")
    group.get_by_text("the output is cut after 100000 characters").wait_for(timeout=LOADS)
    start = time.perf_counter()
    button(group, "Stop").click()
    wait_for(group, "Stopped.")
    record_property("line", f"Stop {time.perf_counter() - start:.2f} s")
    assert len(group.get_by_role("region").inner_text()) < 101_000
    editor.fill("print(6 * 7)")
    editor.press("Control+Enter")
    wait_for(group, "Finished in")
    assert group.get_by_role("region").inner_text().strip() == "42"


def test_an_edited_program_runs_by_keyboard_alone_and_tells_its_error(example):
    page, group = example()
    button(group, "Edit").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("def f(x):\n    return 1 / x\nf(0)")
    page.keyboard.press("Tab")  # it leaves the editor
    assert page.evaluate("document.activeElement.textContent") == "Run"
    page.keyboard.press("Enter")
    wait_for(group, "Stopped with an error")
    told = group.get_by_role("region").inner_text()
    assert 'File "snippet.py", line 2, in f' in told
    assert told.strip().endswith("ZeroDivisionError: division by zero")

    button(group, "Reset").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Edit"
    page.keyboard.press("Shift+Tab")
    button(group, "Run").focus()
    page.keyboard.press("Enter")
    wait_for(group, "Finished in")
    assert OUTPUT in group.get_by_role("region").inner_text()


def test_a_second_program_stops_the_first(example):
    page, group = example()
    button(group, "Edit").click()
    page.get_by_label("Code of run example 1").fill("while True: pass")
    button(group, "Run").click()
    wait_for(group, "Running")
    other = page.get_by_role("group", name="Run example 2")
    button(other, "Run").click()
    wait_for(group, "Stopped.")
    wait_for(other, "Finished in")


def test_without_webassembly_a_sentence_says_so(example, built_site):
    page, group = example()
    worker = (built_site / "assets/python_worker.js").read_text("utf-8")
    body = f"delete self.WebAssembly;\n{worker}"
    page.route(
        "**/python_worker.js",
        lambda route: route.fulfill(body=body, content_type="text/javascript"),
    )
    button(group, "Run").click()
    wait_for(group, "Python could not be loaded")
    assert button(group, "Run").is_enabled()


def test_without_a_network_a_sentence_says_so_and_the_next_run_tries_again(example):
    page, group = example(watched=False)
    python = "**/assets/built/**"
    page.route(python, lambda route: route.abort())
    button(group, "Run").click()
    wait_for(group, "Python could not be loaded")
    page.unroute(python)
    button(group, "Run").click()
    wait_for(group, "Finished in")


def test_without_javascript_the_page_shows_no_dead_buttons(example):
    page, group = example(java_script_enabled=False)
    assert not group.is_visible()
    assert page.get_by_text(OUTPUT).first.count() == 1
