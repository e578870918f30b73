"""The first use of a term on a page links to its entry, with the definition as tooltip."""

import re
from types import SimpleNamespace

import markdown
import pytest
from markdown.treeprocessors import Treeprocessor

from dlcourse_site.glossary import read_glossary
from dlcourse_site.places import BrokenRule

GLOSSARY = """---
title: Glossary
---

# Glossary

## A { #a }

### AI { #ai }

The field that builds machines which act *sensibly*, see [learning](#learning).

A second paragraph.

### Batch { #batch }
<!-- forms: batches -->

Examples that are computed together.

### Gradient { #gradient }
<!-- forms: gradients, gradient vector -->

The list of all `partial` derivatives,
over two lines.

```python title="snippets/glossary/gradient.py"
```

### Mini-batch { #mini-batch }

A small batch.

### ReLU { #relu }

The larger of 0 and x.
"""


@pytest.fixture
def docs(tmp_path):
    docs = tmp_path / "docs"
    (docs / "glossary").mkdir(parents=True)
    (docs / "glossary" / "index.md").write_text(GLOSSARY, "utf-8")
    return docs


def renderer(docs, folder="neuron"):
    """Return what renders a page."""
    extensions = ["attr_list", "admonition", "tables", "pymdownx.details", "pymdownx.superfences"]
    md = markdown.Markdown(extensions=[*extensions, "dlcourse_site.glossary:GlossaryExtension"])
    links = Treeprocessor(md)  # mkdocs registers one that knows the page
    links.file = SimpleNamespace(abs_src_path=str(docs / folder / "index.md"))
    md.treeprocessors.register(links, "relpath", 0)
    return md


def convert(text, docs, folder="neuron"):
    return renderer(docs, folder).convert(text)


def links(page):
    """Return (entry, words) of each link that was made."""
    return re.findall(
        r'<a class="term" href="\.\./glossary/index\.md#([\w-]+)" title="[^"]+">([^<]+)</a>', page
    )


def test_first_use_of_each_term_is_linked_and_no_other(docs):
    page = convert("A gradient, *then* a batch and a gradient.\n\nGradients in batches.", docs)
    assert links(page) == [("gradient", "gradient"), ("batch", "batch")]
    assert re.sub(r"</?a[^>]*>", "", page) == (
        "<p>A gradient, <em>then</em> a batch and a gradient.</p>\n<p>Gradients in batches.</p>"
    )


def test_a_page_that_is_rendered_in_pieces_has_each_link_once(docs):
    md = renderer(docs)
    assert links(md.convert("A gradient.")) == [("gradient", "gradient")]
    assert links(md.convert("A gradient of a batch.")) == [("batch", "batch")]


def test_title_is_the_definition_as_plain_text(docs):
    page = convert("AI and a gradient", docs)
    assert 'title="The field that builds machines which act sensibly, see learning."' in page
    assert 'title="The list of all partial derivatives, over two lines."' in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Gradient Vector of it.", [("gradient", "Gradient Vector")]),  # the longest form wins
        ("A gradient\nvector.", [("gradient", "gradient\nvector")]),  # over the end of a line
        ("A mini-batch.", [("mini-batch", "mini-batch")]),  # a hyphen belongs to the word
        ("GRADIENTS", [("gradient", "GRADIENTS")]),
        ("Use AI.", [("ai", "AI")]),
        ("j'ai, Ai, ai", []),  # an acronym is one in capitals alone
        ("relu and RELU", []),
        ("gradiental, upgradient, gradient-free, gradient_2", []),
        ("(gradient)", [("gradient", "gradient")]),
        ("**gradient**", [("gradient", "gradient")]),
        ("A | B\n---|---\na gradient | b", [("gradient", "gradient")]),
        ("!!! note\n\n    a gradient", [("gradient", "gradient")]),
    ],
)
def test_what_counts_as_a_use(text, expected, docs):
    assert links(convert(text, docs)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# The gradient",
        "### A batch { #batch }",
        "`gradient`",
        "    gradient",
        "```text\ngradient\n```",
        "[the gradient](backprop.md)",
        "[the *gradient*](backprop.md)",
        '??? question "What is a gradient?"\n\n    Say it.',
        '!!! note "A gradient"\n\n    Say it.',
        "![A gradient](gradient.png)",
        "<!-- gradient -->",
        "## Sources { #sources }\n\nA title with a gradient.",
    ],
)
def test_no_link_in_headings_code_links_summaries_titles_and_sources(text, docs):
    assert links(convert(text, docs)) == []


def test_term_that_stands_in_a_heading_first_is_linked_in_the_text(docs):
    assert links(convert("# Gradient\n\nThe gradient.", docs)) == [("gradient", "gradient")]


def test_glossary_page_does_not_link_to_itself(docs):
    assert links(convert("A gradient.", docs, folder="glossary")) == []


def test_course_without_a_glossary_builds(tmp_path):
    assert links(convert("A gradient.", tmp_path)) == []


@pytest.mark.parametrize(
    ("folder", "address"),
    [(".", "glossary/index.md"), ("neuron/more", "../../glossary/index.md")],
)
def test_links_are_relative_to_the_folder_of_the_page(docs, folder, address):
    assert f'href="{address}#gradient"' in convert("A gradient.", docs, folder)


def test_saved_glossary_is_read_again(docs):
    convert("A gradient.", docs)
    page = docs / "glossary" / "index.md"
    page.write_text(GLOSSARY + "\n### Loss { #loss }\n\nHow wrong it is.\n", "utf-8")
    assert links(convert("A loss.", docs)) == [("loss", "loss")]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("### Loss { #loss }\n\n```python\n```\n", "'Loss'.*definition"),
        ("### Loss { #loss }\n", "'Loss'.*definition"),
        ("### Slope { #slope }\n<!-- forms: Gradients -->\n\nA slope.\n", "#gradient and #slope"),
    ],
)
def test_bad_entry_stops_the_build_and_is_named(entry, reason, docs):
    page = docs / "glossary" / "index.md"
    page.write_text(GLOSSARY + "\n" + entry, "utf-8")
    with pytest.raises(BrokenRule, match=reason):
        read_glossary(page)
