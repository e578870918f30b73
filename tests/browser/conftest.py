"""Chromium, and the built site in it: its files answer the requests to its address, without a server."""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def address(built_site):
    """Return the address that the site was built for: instant navigation compares it with each link's."""
    sitemap = (built_site / "sitemap.xml").read_text("utf-8")
    return min(re.findall("<loc>(.*?)</loc>", sitemap), key=len)


@pytest.fixture(scope="session")
def browser():
    """Return Chromium: $CHROMIUM, or what is found under its usual names."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    program = program or (str(MAC) if MAC.exists() else None)
    if not program:
        pytest.fail(
            "no Chromium: install it (`sudo apt install chromium`), or set CHROMIUM to its program",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, address, built_site):
    """Return a function that opens a page of the site; what went wrong in it fails the test at its end."""
    contexts, trouble = [], []

    def answer(route):
        path = built_site / unquote(urlsplit(route.request.url.removeprefix(address)).path)
        path = path / "index.html" if path.is_dir() else path
        route.fulfill(path=path) if path.is_file() else route.fulfill(status=404)

    def watch(page):
        def on_request(request):
            page.requested.append(request.url)
            if urlsplit(request.url).scheme != "data" and not request.url.startswith(address):
                trouble.append(f"request to a third party: {request.url}")

        page.requested = []
        page.on("request", on_request)
        page.on("pageerror", lambda error: trouble.append(f"script error: {error}"))
        page.on("requestfailed", lambda request: trouble.append(f"failed request: {request.url}"))
        page.on("response", lambda r: r.status >= 400 and trouble.append(f"{r.status}: {r.url}"))
        page.on(
            "console",
            lambda message: (
                message.type in ("error", "warning") and trouble.append(f"console: {message.text}")
            ),
        )

    def open_(name, scheme="light", width=1280, unfolded=False, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        context.route(f"{address}**", answer)
        page = context.new_page()
        watch(page)
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
        if unfolded:
            page.add_style_tag(content=".md-typeset .tabbed-block { display: block }")
            page.evaluate(
                "document.querySelectorAll('details').forEach(details => details.open = true)"
            )
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []
