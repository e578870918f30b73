"""What a page weighs and how much code there is, printed beside the budgets."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plain_code import all_faults, figures, measure_areas

ROOT = Path(__file__).resolve().parents[2]
# Compressed: all that a first load fetches to show the page, fonts of the formulas included
PAGE_KB = 200
# Compressed: the search index of the whole course, which a worker fetches once, behind the page
INDEX_KB = 400
INDEX = "search/search_index.json"
# Of templates and scripts; plain_code.py holds the limits of Python code
FILE_LINES = 300


def compressed_kb(path):
    return len(gzip.compress(path.read_bytes(), 9)) / 1000


def test_first_load_of_each_page_is_light(open_page, address, built_site, capsys):
    pages = [path.parent.relative_to(built_site) for path in built_site.rglob("index.html")]
    too_heavy = {}
    for name in sorted(page.as_posix() for page in pages):
        page = open_page("" if name == "." else f"{name}/")
        sizes = {}
        for url in page.requested:
            path = built_site / unquote(urlsplit(url.removeprefix(address)).path)
            if path.is_dir():
                path = path / "index.html"
            sizes[path] = compressed_kb(path)
        index = sizes.pop(built_site / INDEX)
        total = sum(sizes.values())
        weight = f"{total:.0f} of {PAGE_KB} kB, {len(sizes)} files; search {index:.0f} kB"
        with capsys.disabled():
            print(f"\n{name}: {weight}", end="")
        if total > PAGE_KB or index > INDEX_KB:
            too_heavy[name] = (total, index)
    assert too_heavy == {}


def test_code_stays_small_and_plain(capsys):
    areas = measure_areas()
    with capsys.disabled():
        for name, measures in areas.items():
            print(f"\n{figures(name, measures)}", end="")
    faults = all_faults(areas)
    assert not faults, "\n".join(faults)


def test_templates_and_scripts_stay_short():
    too_long = {}
    for path in (ROOT / "src").rglob("*"):
        if path.suffix in (".mjs", ".j2", ".js"):
            num_lines = len(path.read_text("utf-8").splitlines())
            if num_lines > FILE_LINES:
                too_long[path.name] = num_lines
    assert too_long == {}
