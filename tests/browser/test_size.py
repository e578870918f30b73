"""How much code there is, printed beside the budgets."""

from pathlib import Path

from plain_code import all_faults, figures, measure_areas

ROOT = Path(__file__).resolve().parents[2]
# Of templates and scripts; plain_code.py holds the limits of Python code
FILE_LINES = 300
# Of the pages' scripts together, as prettier formats them. The aim is 3,000; the sixteen elements,
# among them the runner, the exercises and the digit reader, take 3,500
AIM_LINES = 3_000
MOST_LINES = 3_500


def test_code_stays_small_and_plain(record_property):
    areas = measure_areas()
    for name, measures in areas.items():
        record_property("line", figures(name, measures))
    faults = all_faults(areas)
    assert not faults, "\n".join(faults)


def test_scripts_of_the_pages_stay_few(record_property):
    scripts = [path for path in (ROOT / "docs").rglob("*.js") if "built" not in path.parts]
    num_lines = sum(len(path.read_text("utf-8").splitlines()) for path in scripts)
    record_property("line", f"scripts of the pages: {num_lines:,} lines, aim {AIM_LINES:,}")
    assert len(scripts) > 10
    assert num_lines <= MOST_LINES


def test_templates_and_scripts_stay_short():
    too_long = {}
    for path in (ROOT / "src").rglob("*"):
        if path.suffix in (".mjs", ".j2", ".js"):
            num_lines = len(path.read_text("utf-8").splitlines())
            if num_lines > FILE_LINES:
                too_long[path.name] = num_lines
    assert too_long == {}
