"""The archive to keep, unpacked and served as its README says: its pages open, and Run works."""

import functools
import threading
import zipfile
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from dlcourse_site.archive import NAME


class Handler(SimpleHTTPRequestHandler):
    """Answers as `python -m http.server` does, without a line for each request."""

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def unpacked(built_site, tmp_path):
    """Return the folder that the archive unpacks to."""
    with zipfile.ZipFile(built_site / NAME) as packed:
        packed.extractall(tmp_path)
    return tmp_path / "dlcourse"


@pytest.fixture
def served(unpacked):
    """Return the address of a server with the folder of the archive."""
    handler = functools.partial(Handler, directory=unpacked)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_link_stands_in_the_first_screen_of_home(open_page):
    link = open_page("").get_by_role("link", name="Download the whole course")
    box = link.bounding_box()
    assert box["y"] + box["height"] <= 900
    assert link.get_attribute("href").endswith(f"/{NAME}")


def test_home_of_the_archive_links_to_no_archive(served, visit):
    assert visit(served).get_by_role("link", name="Download the whole course").count() == 0


def test_a_page_of_the_archive_runs_its_code(served, visit):
    page = visit(served, "neuron/")
    group = page.get_by_role("group", name="Run example 1")
    group.get_by_role("button", name="Run").click()
    group.get_by_role("status").get_by_text("Finished in").wait_for(timeout=60_000)
    assert "weighted sum  z = 0.600" in group.get_by_role("region").inner_text()


def test_a_page_of_the_archive_is_found_by_the_search(served, visit):
    page = visit(served)
    page.keyboard.press("/")
    page.keyboard.type("gradient")
    first = page.locator(".md-search-result__link").first
    expect(first).to_be_visible(timeout=20_000)
    assert first.get_attribute("href").startswith(served)


def test_a_page_of_the_archive_is_read_as_a_file(unpacked, visit):
    page = visit(unpacked.as_uri(), "/neuron/index.html", watched=False)
    expect(page.locator("article h1")).to_contain_text("neuron")
    formula = page.locator("article .katex-html").first
    assert formula.bounding_box()["width"] > 0
    fonts = "document.fonts.ready.then(() => document.fonts.check('16px KaTeX_Main'))"
    assert page.evaluate(fonts)
    assert page.locator("article figure.drawn svg").first.bounding_box()["width"] > 200
