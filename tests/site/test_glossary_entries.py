"""The glossary's entries: complete, in order, and written as the tooltips need them."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import markdown
import pytest
from material.plugins.search.plugin import Parser

from dlcourse_site.glossary import ENTRY, plain, read_glossary

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "glossary" / "index.md"
TEXT = PAGE.read_text("utf-8")
SNIPPETS = ROOT / "snippets" / "glossary"
SEARCH = (ROOT / "src" / "dlcourse_site" / "search.js").read_text("utf-8")
CORRECTED = dict(re.findall(r'^  (\w+): "(\w+)",$', SEARCH, re.MULTILINE))  # by the search

# what the two source lessons say, in their words: the entry that explains it
LESSON_WORDS = {
    "artificial intelligence": "artificial-intelligence",
    "AI": "artificial-intelligence",
    "machine learning": "machine-learning",
    "classical machine learning": "classical-machine-learning",
    "deep learning": "deep-learning",
    "deep neural network": "deep-neural-network",
    "data science": "data-science",
    "computer vision": "computer-vision",
    "natural language processing": "natural-language-processing",
    "NLP": "natural-language-processing",
    "reinforcement learning": "reinforcement-learning",
    "end-to-end": "end-to-end-training",
    "algorithm": "algorithm",
    "model": "model",
    "architecture": "architecture",
    "application": "application",
    "dataset": "data-set",
    "sample": "example",
    "feature": "feature",
    "feature engineering": "feature-engineering",
    "representation": "representation",
    "abstract": "representation",
    "hierarchy": "representation",
    "input": "input",
    "output": "output",
    "input-output pair": "input-output-pair",
    "tabular data": "tabular-data",
    "data frame": "data-frame",
    "CSV": "csv",
    "SQL database": "sql-database",
    "raw data": "raw-data",
    "multimedia": "multimedia-data",
    "dimensionality": "dimension",
    "high-dimensional space": "dimension",
    "sparsity": "sparsity",
    "junk input": "junk-input",
    "brain cell": "neuron-biological",
    "synapse": "synapse",
    "human visual system": "visual-cortex",
    "artificial neural network": "artificial-neural-network",
    "ANN": "artificial-neural-network",
    "NN": "artificial-neural-network",
    "neuron": "neuron",
    "unit": "neuron",
    "node": "neuron",
    "layer": "layer",
    "input layer": "input-layer",
    "hidden layer": "hidden-layer",
    "output layer": "output-layer",
    "connection": "connection",
    "edge": "connection",
    "weight": "weight",
    "bias": "bias",
    "weighted sum": "weighted-sum",
    "activation function": "activation-function",
    "sigmoid": "sigmoid",
    "multilayer perceptron": "multilayer-perceptron",
    "feedforward": "feedforward-network",
    "tensor": "tensor",
    "linear algebra": "linear-algebra",
    "loss": "loss",
    "loss metric": "loss",
    "interpretability": "interpretability",
    "calculus": "calculus",
    "multivariate calculus": "calculus",
    "gradient descent": "gradient-descent",
    "stochastic gradient descent": "stochastic-gradient-descent",
    "mini-batch": "mini-batch",
    "epoch": "epoch",
    "optimization algorithm": "optimizer",
    "optimizer": "optimizer",
    "local minimum": "local-minimum",
    "local minima": "local-minimum",
    "hilly terrain": "loss-landscape",
    "stochastic": "stochastic",
    "backpropagation": "backpropagation",
    "chain rule": "chain-rule",
    "prediction": "prediction",
    "training": "training",
    "training set": "training-set",
    "light-weight": "lightweight-model",
    "convolutional neural network": "convolutional-neural-network",
    "CNN": "convolutional-neural-network",
    "image classification": "image-classification",
    "object detection": "object-detection",
    "image segmentation": "image-segmentation",
    "recurrent neural network": "recurrent-neural-network",
    "long short term memory": "lstm",
    "predictive text": "predictive-text",
    "translation": "machine-translation",
    "camera": "machine-translation",
    "autoencoder": "autoencoder",
    "generative adversarial network": "gan",
    "image generation": "image-generation",
    "story generator": "text-generation",
    "deepfake": "deepfake",
    "automated driving": "automated-driving",
    "CPU": "cpu",
    "GPU": "gpu",
    "parallelization": "parallelization",
    "someone else's": "cloud-gpu",
    "PyTorch": "pytorch",
    "TensorFlow": "tensorflow",
    "Keras": "keras",
    "framework": "framework",
    "front-end API": "front-end-api",
}
OFTEN_MISTAKEN = [
    "algorithm",
    "architecture",
    "artificial-intelligence",
    "backpropagation",
    "batch",
    "bias",
    "bias-social",
    "bias-statistical",
    "computer-vision",
    "convolution",
    "cross-correlation",
    "compilation",
    "data-science",
    "deep-learning",
    "dimension",
    "epoch",
    "equivariance",
    "feature",
    "feedforward-network",
    "gpu",
    "hyperparameter",
    "inference",
    "invariance",
    "interpretability",
    "iteration",
    "kernel",
    "kernel-launch",
    "local-minimum",
    "logit",
    "loss",
    "machine-learning",
    "metric",
    "mini-batch",
    "model",
    "neuron",
    "parameter",
    "perceptron",
    "rank",
    "receptive-field",
    "stochastic-gradient-descent",
    "stride",
    "tensor",
    "view",
    "weight",
    "weight-decay",
]
LESSON_MISSPELLINGS = {  # wrong: where the search leads
    "Backpropogation": "backpropagation",
    "Convolutionary": "convolutional-neural-network",
    "Recurrant": "recurrent-neural-network",
    "Tensorflow": "tensorflow",
    "sononomously": "artificial-intelligence",
    "speciic": "deep-learning",
    "difffer": "deep-learning",
    "foward": "forward-pass",
}
MARK = "*Not to be confused with* "


def bodies() -> dict[str, str]:
    """Return what stands under each entry's heading, by id."""
    ends = re.compile(r"^##? |\Z", re.MULTILINE)
    found = [*ENTRY.finditer(TEXT)]
    starts = [match.start() for match in found]
    body = {}
    for match, following in zip(found, [*starts[1:], len(TEXT)], strict=True):
        heading_end = TEXT.index("\n", match.start())
        section = TEXT[heading_end:following]
        body[match["id"]] = section[: ends.search(section).start()]
    return body


def comment(body: str, kind: str) -> list[str]:
    """Return what an entry's comments of one kind list."""
    lists = re.findall(rf"<!-- {kind}: (.*?) -->", body)
    return [item.strip() for line in lists for item in line.split(",")]


ENTRIES = [*ENTRY.finditer(TEXT)]
BODIES = bodies()
FORMS = read_glossary(PAGE)
GLOSSARY = {entry.id: entry for entry in FORMS.values()}
NAMES = {match["id"]: match["name"] for match in ENTRIES}
MISSPELLED = {*CORRECTED, *LESSON_MISSPELLINGS}
EACH = pytest.mark.parametrize("entry", GLOSSARY.values(), ids=lambda entry: entry.id)


def visible(text: str) -> str:
    """Return a page's text without its comments."""
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


def misspellings_in(text: str) -> set[str]:
    """Return the known misspellings in a text; capitals count only where they are the mistake."""
    right = {form.lower() for form in FORMS}
    return {
        wrong
        for wrong in MISSPELLED
        if re.search(
            rf"\b{re.escape(wrong)}\b", text, 0 if wrong.lower() in right else re.IGNORECASE
        )
    }


def test_every_heading_is_an_entry_that_the_site_reads():
    assert (
        len(re.findall(r"^### ", TEXT, re.MULTILINE))
        == len(ENTRIES)
        == len(GLOSSARY)
        == len(BODIES)
    )


def test_there_are_enough_entries():
    assert len(GLOSSARY) >= 210


def test_entries_are_in_alphabetical_order():
    names = [match["name"].casefold() for match in ENTRIES]
    assert [(a, b) for a, b in pairwise(names) if a >= b] == []


def test_every_entry_stands_under_its_letter():
    letter, misplaced = "", []
    for level, title in re.findall(r"^(##|###) (.+?) *(?:\{.*)?$", TEXT, re.MULTILINE):
        if level == "##":
            letter = title
        elif title[0].upper() != letter:
            misplaced.append(title)
    assert misplaced == []


def test_index_line_leads_to_every_letter():
    letters = re.findall(r"^## (\w) \{ #(\w) \}$", TEXT, re.MULTILINE)
    index = re.findall(r"\[(\w)\]\(#(\w)\)", TEXT)
    assert index == letters == sorted(letters)
    assert {name for name, _ in letters} == {match["name"][0].upper() for match in ENTRIES}


def test_no_name_form_or_id_is_given_twice():
    owner: dict[str, str] = {}
    twice = []
    for match in ENTRIES:
        written = [match["name"], *comment(BODIES[match["id"]], "forms")]
        assert len(written) == len(set(written)), match["name"]
        for form in written:
            if owner.setdefault(form.casefold(), match["id"]) != match["id"]:
                twice.append(form)
    ids = [match["id"] for match in ENTRIES]
    assert twice == []
    assert len(ids) == len(set(ids))


@EACH
def test_definition_is_one_short_plain_sentence(entry):
    definition = entry.definition
    paragraph = next(part for part in visible(BODIES[entry.id]).split("\n\n") if part.strip())
    assert re.fullmatch(r"[^.?!]+\.", definition), "one sentence, and no abbreviation with a point"
    assert len(definition.split()) <= 30
    assert " ".join(paragraph.split()) == definition == plain(definition), (
        "a tooltip shows no markup"
    )
    assert "$" not in definition


@EACH
def test_definition_does_not_use_its_own_term(entry):
    term = re.sub(r" \(.*", "", NAMES[entry.id])
    assert not re.search(rf"\b{re.escape(term)}s?\b", entry.definition, re.IGNORECASE)


@pytest.mark.parametrize(("word", "entry"), LESSON_WORDS.items())
def test_every_word_of_the_source_lessons_is_explained(word, entry):
    forms = [form for form, found in FORMS.items() if found.id == entry]
    text = " ".join((*forms, visible(BODIES[entry])))
    assert re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)


@pytest.mark.parametrize("entry", OFTEN_MISTAKEN)
def test_terms_that_are_often_mistaken_say_for_what(entry):
    assert len(BODIES[entry].split(MARK)) == 2


@pytest.mark.parametrize(("wrong", "entry"), LESSON_MISSPELLINGS.items())
def test_entry_has_the_word_that_a_misspelling_of_the_lessons_is_corrected_to(wrong, entry):
    word = CORRECTED.get(wrong.lower(), wrong)
    parser = Parser()  # what the theme's search plugin makes its index with
    page = markdown.markdown(f"### A {{ #{entry} }}\n{BODIES[entry]}", extensions=["attr_list"])
    parser.feed(page)
    [section] = [
        section for section in parser.data if section.id == entry or section.el.tag == "h3"
    ]
    indexed = "".join(section.text) + NAMES[entry]
    assert re.search(rf"\b{word}", indexed, re.IGNORECASE)  # the search ignores capitals


def test_nothing_is_hidden_in_an_entry():
    assert "hidden>" not in TEXT


def test_misspellings_never_link():
    assert MISSPELLED.isdisjoint(FORMS)


@pytest.mark.parametrize(
    "text",
    ["a recurrant network", "Tensorflow and PyTorch", "<p>Convolutionary\nneural network</p>"],
)
def test_a_misspelling_is_noticed(text):
    assert misspellings_in(text)


def test_misspellings_are_visible_nowhere():
    pages = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/**/*.py"), *ROOT.glob("snippets/**/*.py")]
    assert PAGE in pages
    found = {
        path.relative_to(ROOT): misspellings_in(visible(path.read_text("utf-8"))) for path in pages
    }
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_enough_entries_prove_a_fact():
    shown = [body for body in BODIES.values() if '--8<-- "glossary/' in body]
    assert len(shown) >= 64


def test_every_snippet_is_in_one_entry():
    shown = sorted(re.findall(r'--8<-- "glossary/(\w+)\.py"', TEXT))
    assert shown == sorted(path.stem for path in SNIPPETS.glob("*.py"))


@pytest.mark.parametrize("path", sorted(SNIPPETS.glob("*.py")), ids=lambda path: path.stem)
def test_snippet_is_short_and_fits_its_column(path):
    lines = path.read_text("utf-8").splitlines()
    docstring = ast.get_docstring(ast.parse("\n".join(lines)))
    code = [line for line in lines[1:] if line]
    assert docstring, "it says what it shows"
    assert lines[0] == f'"""{docstring}"""', "in one line"
    assert 3 <= len(code) <= 15  # one idea, one statement a line
    assert max(map(len, lines)) <= 80  # wider lines would scroll in the page's column
    assert len(path.with_suffix(".out").read_text("utf-8").splitlines()) <= 4
