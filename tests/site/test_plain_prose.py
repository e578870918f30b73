"""The pages' sentences stay plain: within the limits of plain_prose.py, each of which can fail."""

import pytest
from plain_prose import PROSE, Prose, find_pages, measure, sentences

PLAIN = "This is a sentence with more than six words in it. " * 100


@pytest.fixture
def measured(tmp_path):
    """Return the measures of a page with a text behind a hundred plain sentences."""

    def measured(text: str) -> Prose:
        page = tmp_path / "page.md"
        page.write_text(f"# A page\n\n{PLAIN}\n\n{text}\n", "utf-8")
        return measure([page])

    return measured


def test_the_pages_keep_the_limits():
    prose = measure(find_pages(list(PROSE)))
    assert prose.sentences > 2000
    assert prose.faults() == []


def test_plain_sentences_have_no_fault(measured):
    assert measured("").faults() == []
    assert measured("").sentences == 100


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "\n\n".join(["A short one stands after another, longer sentence. Not this."] * 20),
            "words",
        ),
        ("Here is one. Here is two. Here is three. Here is more than one needs.", "in a row"),
        (
            "So there are three sentences that open so. So is this. So is the third one.",
            "open with",
        ),
        ("Who can answer all of these many questions? " * 6, "questions"),
        ("The trainer mends the file that was damaged before.", "write fix"),
        ("A network is no brain, although people often say so.", "write is not a"),
        ("Whoever reads this sentence has to read it a second time.", "write a noun"),
    ],
)
def test_each_limit_can_fail(text, fault, measured):
    assert any(fault in line for line in measured(text).faults())


@pytest.mark.parametrize(
    "text",
    [
        "There is no hidden state in a network of this small kind.",
        "It is no longer needed, because the run has ended before.",
        "She said “the brain is no computer” and did not explain it.",
        "For example, a network with two layers can learn the table.",
        "For `x = 2` and a weight of three the product has to be six.",
    ],
)
def test_what_is_allowed(text, measured):
    assert measured(text * 10).faults() == []


def test_what_is_no_sentence_is_left_out():
    page = (
        "---\ntitle: No\n---\n\n# No heading here\n\n| no | table |\n\n![no figure](a.svg)\n\n"
        "```text\nno code block in here, whatever it may hold\n```\n\n- no short item\n\n"
        "One sentence has a formula $x + 1$. Another one has `code. Like this` inside of it.\n"
        "\n## Sources { #sources }\n\n- A. Roe, B. C. Doe (1986). No source. *Nature* 323, 533.\n"
    )
    assert list(sentences(page)) == [
        "One sentence has a formula X.",
        "Another one has X inside of it.",
        "",
    ]
