"""Chromium, and the built site in it: without a server, its files answer the requests to it."""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Chromium's own notes on what moves by itself after it was shown
NOTE_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries()))
  .observe({type: "layout-shift", buffered: true});
"""
BLOCK_STORAGE = "Storage.prototype.setItem = () => { throw new Error('blocked') }"
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = "levels => axe.run({runOnly: levels, resultTypes: ['violations']})"
# Waits for two frames: after a new width the theme's script makes blocks that scroll focusable
NEXT_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
LENGTH = "document.documentElement.scrollHeight"
WIDGETS_WORK = "!document.querySelector(':not(:defined)')"
# The table of contents follows what is in view, and may end where it cuts a link in two; once it
# stands still, this shows it from the top
CONTENTS_FROM_THE_TOP = """
new Promise((done) => {
  const boxes = [...document.querySelectorAll(".md-sidebar__scrollwrap")];
  let before = "";
  let framesStill = 0;
  const look = () => {
    const now = boxes.map((box) => box.scrollTop).join();
    framesStill = now === before ? framesStill + 1 : 0;
    before = now;
    if (framesStill < 10) return requestAnimationFrame(look);
    for (const box of boxes) box.scrollTo(0, 0);
    done();
  };
  look();
})
"""
FAINT_INK = (Path(__file__).parent / "faint_ink.js").read_text("utf-8")
UNFOLD = "document.querySelectorAll('details').forEach(details => details.open = true)"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def address(built_site):
    """Return the address that the site was built for.

    Instant navigation compares it with the address of each link.
    """
    sitemap = (built_site / "sitemap.xml").read_text("utf-8")
    return min(re.findall("<loc>(.*?)</loc>", sitemap), key=len)


def find_chromium():
    """Return the program of Chromium: $CHROMIUM, or what is found under its usual names."""
    if os.environ.get("CHROMIUM"):
        return os.environ["CHROMIUM"]
    for name in NAMES:
        program = shutil.which(name)
        if program:
            return program
    if MAC.exists():
        return str(MAC)
    return None


@pytest.fixture(scope="session")
def chromium():
    """Return the path of Chromium's program."""
    program = find_chromium()
    if not program:
        pytest.fail(
            "no Chromium: install it (`sudo apt install chromium`), or set CHROMIUM to its program",
            pytrace=False,
        )
    return program


@pytest.fixture(scope="session")
def browser(chromium):
    """Return a running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


def answer(route, address, site):
    """Answer a request with the file of the built site that it asks for."""
    place = route.request.url.removeprefix(address)
    path = site / unquote(urlsplit(place).path)
    if path.is_dir():
        path = path / "index.html"
    if path.is_file():
        route.fulfill(path=path)
    else:
        route.fulfill(status=404)


def watch(page, address, trouble):
    """Keep what a page requests in `page.requested`, and what goes wrong in `trouble`."""

    def on_request(request):
        page.requested.append(request.url)
        is_data = urlsplit(request.url).scheme == "data"
        if not is_data and not request.url.startswith(address):
            trouble.append(f"request to a third party: {request.url}")

    def on_response(response):
        if response.status >= 400:
            trouble.append(f"{response.status}: {response.url}")

    def on_console(message):
        if message.type in ("error", "warning"):
            trouble.append(f"console: {message.text}")

    def on_failure(request):
        # A page that is left stops what it still fetches
        if request.failure != "net::ERR_ABORTED":
            trouble.append(f"failed request: {request.url} ({request.failure})")

    page.requested = []
    page.on("request", on_request)
    page.on("response", on_response)
    page.on("console", on_console)
    page.on("pageerror", lambda error: trouble.append(f"script error: {error}"))
    page.on("requestfailed", on_failure)


@pytest.fixture
def visit(browser):
    """Return a function that opens a page of a server; what went wrong in it fails the test.

    Each page has a context of its own. A page that is not `watched` may ask for files in vain.
    """
    contexts = []
    trouble = []

    def open_(address, name="", watched=True):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        if watched:
            watch(page, address, trouble)
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture
def open_page(browser, address, built_site):
    """Return a function that opens a page; what went wrong in it fails the test at its end.

    A page that is not `watched` may ask for files in vain.
    """
    contexts = []
    trouble = []

    def open_(
        name,
        scheme="light",
        width=1280,
        height=900,
        unfolded=False,
        watched=True,
        storage_is_blocked=False,
        **options,
    ):
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, color_scheme=scheme, **options)
        contexts.append(context)
        context.set_default_timeout(20_000)
        context.add_init_script(NOTE_SHIFTS)
        context.route(f"{address}**", lambda route: answer(route, address, built_site))
        if storage_is_blocked:
            context.add_init_script(BLOCK_STORAGE)
        page = context.new_page()
        if watched:
            watch(page, address, trouble)
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
        if options.get("java_script_enabled", True):
            page.wait_for_function(WIDGETS_WORK)
        if unfolded:
            page.add_style_tag(content=".md-typeset .tabbed-block { display: block }")
            page.evaluate(UNFOLD)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture
def faults_for_eyes():
    """Return a function that lists what axe finds in a page as it stands, and ink that is faint."""

    def find(page):
        if not page.evaluate("'axe' in window"):
            size = page.viewport_size
            # All of the page at once: the theme prepares a block of code when it comes into view
            page.set_viewport_size({"width": 1280, "height": page.evaluate(LENGTH)})
            page.evaluate(NEXT_FRAMES)
            page.set_viewport_size(size)
            page.evaluate(NEXT_FRAMES)
            page.evaluate(CONTENTS_FROM_THE_TOP)
            page.add_script_tag(path=AXE)
        page.evaluate(NEXT_FRAMES)
        faint = page.evaluate(FAINT_INK)
        violations = page.evaluate(RUN_AXE, LEVELS)["violations"]
        found = [
            f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in violations
            for node in rule["nodes"]
        ]
        return faint + found

    return find
