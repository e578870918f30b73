"""Other generators make the same site of the same files; readers are served MkDocs and Material."""

import importlib.util
import subprocess
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from built_pages import Page
from engines import GENERATORS, PARTS, build, content, count, totals

HERE = "http://127.0.0.1:8000/course/"  # below the root, as on GitHub Pages
# What only a lab that is a page in Markdown has: our Markdown extensions see it
OF_LABS = ("notes on dlcourse", "links to terms")


@pytest.fixture(scope="module", params=GENERATORS)
def other_site(request, tmp_path_factory):
    """Return the generator, and the folder of the site that it builds."""
    generator = request.param
    if importlib.util.find_spec(generator) is None:
        pytest.skip(f"{generator} is not installed: pip install --group engines")
    try:
        return generator, build(generator, tmp_path_factory.mktemp(generator))
    except subprocess.CalledProcessError as error:
        pytest.fail(f"{generator} does not build the site:\n{error.stdout}{error.stderr}")


@pytest.mark.soak
def test_counts_are_those_of_the_site_that_readers_get(built_site, other_site):
    generator, site = other_site
    ours = count(built_site)
    theirs = count(site)
    assert theirs.keys() == ours.keys()
    for name in ours:
        if generator == "zensical" and name.endswith("/lab/index.html"):
            for part in OF_LABS:
                assert theirs[name].pop(part) >= ours[name].pop(part) == 0
    different = {}
    for name, parts in ours.items():
        if theirs[name] != parts:
            different[name] = (parts, theirs[name])
    assert different == {}
    assert all(totals(ours)[part] for part in PARTS)


@pytest.mark.soak
def test_each_link_resolves(other_site):
    """Links are checked below an address that is not the root of its host."""
    _, site = other_site
    ours = {path.relative_to(site).as_posix(): Page(path) for path in site.rglob("*.html")}
    broken = []
    for name, page in ours.items():
        if name == "404.html":  # its links begin at the root
            continue
        for link in page.links:
            address, _, fragment = urljoin(HERE + name, link).partition("#")
            if urlsplit(address).netloc != urlsplit(HERE).netloc:
                continue
            path = site / unquote(address.removeprefix(HERE))
            if path.is_dir():
                path = path / "index.html"
            other = ours.get(path.relative_to(site).as_posix()) if path.is_file() else None
            is_lost = fragment and other and not other.has(unquote(fragment))
            if not address.startswith(HERE) or not path.is_file() or is_lost:
                broken.append(f"{name}: {link}")
    assert broken == []


@pytest.mark.soak
def test_search_dialog_has_a_name(other_site):
    _, site = other_site
    assert 'role="dialog" aria-label="Search"' in (site / "index.html").read_text("utf-8")


def test_a_count_sees_a_part_that_is_lost(tmp_path):
    page = tmp_path / "index.html"
    page.write_text("<article><pre>1</pre></article><pre>2</pre>", "utf-8")
    assert count(tmp_path)["index.html"]["code blocks"] == 1
    assert content("<article>1</article>2") == ">1"
