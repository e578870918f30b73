"""What a page weighs and how long the code is, printed beside the budgets."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
PAGE_KB = 200  # compressed: all that a first load fetches to show the page, fonts of the formulas included
INDEX_KB = 400  # compressed: the search index of the whole course, which a worker fetches once, behind the page
INDEX = "search/search_index.json"
# Without exercises. The package was to have 3,500 lines, before folders of pictures, published data sets,
# augmentation, streaming, several processes and other networks to start from were counted.
LINES = {"src/dlcourse": 4400, "src/dlcourse/training": 1200, "src/dlcourse_site": 1200}
FILE_LINES = 300


def test_first_load_of_each_page_is_light(open_page, address, built_site, capsys):
    too_heavy = {}
    for name in sorted(
        path.parent.relative_to(built_site).as_posix() for path in built_site.rglob("index.html")
    ):
        sizes = {}
        for url in open_page("" if name == "." else f"{name}/").requested:
            path = built_site / unquote(urlsplit(url.removeprefix(address)).path)
            path = path / "index.html" if path.is_dir() else path
            sizes[path] = len(gzip.compress(path.read_bytes(), 9)) / 1000
        index = sizes.pop(built_site / INDEX)
        total = sum(sizes.values())
        with capsys.disabled():
            print(
                f"\n{name}: {total:.0f} of {PAGE_KB} kB, {len(sizes)} files; search {index:.0f} kB",
                end="",
            )
        if total > PAGE_KB or index > INDEX_KB:
            too_heavy[name] = (total, index)
    assert too_heavy == {}


def count_lines(path):
    return len(path.read_text("utf-8").splitlines())


def test_code_stays_small(capsys):
    sources = [
        path for path in (ROOT / "src").rglob("*") if path.suffix in (".py", ".mjs", ".j2", ".js")
    ]
    totals = {}
    for folder in LINES:
        inside = [
            path
            for path in sources
            if path.is_relative_to(ROOT / folder) and "exercises" not in path.parts
        ]
        totals[folder] = sum(map(count_lines, inside))
    with capsys.disabled():
        print(
            "".join(f"\n{folder}: {totals[folder]} of {LINES[folder]} lines" for folder in LINES),
            end="",
        )
    assert {folder: lines for folder, lines in totals.items() if lines > LINES[folder]} == {}
    assert {
        path.name: count_lines(path) for path in sources if count_lines(path) > FILE_LINES
    } == {}
