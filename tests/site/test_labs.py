"""A lab is run, shown, and taken away in two ways; a hosted service opens what is published."""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urljoin

import jupytext
import markdown
import nbformat
import pytest
import yaml
from jinja2 import Environment, FileSystemLoader
from nbconvert.exporters.templateexporter import default_filters

from dlcourse_site.build import BUILT
from dlcourse_site.labs import TEMPLATES, hosted, lab_page, write_notebook
from dlcourse_site.pages import code_texts
from dlcourse_site.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
SOAK = pytest.mark.soak
LABS = [path.parent.name for path in sorted(ROOT.glob("docs/*/lab.py"))]


@pytest.mark.parametrize("lab", LABS)
def test_lab_was_run_and_can_be_downloaded_both_ways(lab, pages, built_site, here):
    page, source = pages[f"{lab}/lab/index.html"], ROOT / "docs" / lab / "lab.py"
    assert any(
        "filename" in attributes.get("class", "") for _, attributes in page.content
    )  # an output's title
    assert (built_site / lab / "lab" / "lab.py").read_bytes() == source.read_bytes()
    notebook = f"assets/built/labs/{lab}.ipynb"
    targets = {urljoin(f"{here}{lab}/lab/", link).removeprefix(here) for link in page.links}
    assert {f"{lab}/lab/lab.py", notebook} <= targets
    downloaded = nbformat.read(built_site / notebook, as_version=4)
    nbformat.validate(downloaded)
    installs, *cells = [cell.source for cell in downloaded.cells]
    assert 'find_spec("dlcourse")' in installs
    assert cells == [cell.source for cell in jupytext.read(source).cells]
    assert not any(cell.get("outputs") for cell in downloaded.cells)
    assert write_notebook(source) == write_notebook(source)  # else each build would touch it


def lab_parts():
    """Return the macros of which both templates of a lab are made."""
    templates = Environment(loader=FileSystemLoader(TEMPLATES))
    templates.filters.update(default_filters)
    templates.filters["get_metadata"] = lambda output, key, kind: ""
    return templates.get_template("lab_parts.html.j2").module


def take_away(lab, repository, monkeypatch):
    """Return the links of a lab, for a site that is built for a repository."""
    monkeypatch.setenv("REPO_URL", repository)
    return lab_parts().take_away(lab)


def test_lab_offers_no_hosted_service_where_no_repository_is_known(monkeypatch):
    page = take_away("neuron", "", monkeypatch)
    assert "colab" not in page
    assert '<a href="lab.py" download>' in page
    assert '<a href="../../assets/built/labs/neuron.ipynb" download>' in page


def test_address_of_a_repository_may_end_in_a_slash(monkeypatch):
    monkeypatch.setenv("REPO_URL", "https://github.com/someone/course/")
    assert "/github/someone/course/blob/notebooks/neuron.ipynb" in hosted("neuron")


@pytest.mark.skipif(os.name == "nt", reason="the workflow's machine has bash")
def test_hosted_service_opens_what_the_workflow_publishes(tmp_path, monkeypatch):
    """The publishing step itself is run, with a folder in place of the repository on the web."""
    jobs = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text("utf-8"))["jobs"]
    (kept,) = (
        s["with"] for s in jobs["build"]["steps"] if s.get("with", {}).get("name") == "notebooks"
    )
    fetched, published = jobs["notebooks"]["steps"]
    assert kept["path"] == f"site/{BUILT.relative_to(ROOT / 'docs').as_posix()}/labs"
    assert fetched["with"]["name"] == kept["name"]
    assert "notebooks" in jobs["pages"]["needs"]  # no page with a link before its target
    remote = tmp_path / "remote"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    settings = {"GITHUB_REPOSITORY": "someone/course", "TOKEN": "secret", "GIT_CONFIG_COUNT": "1"}
    settings |= {"GIT_CONFIG_KEY_0": f"url.{remote}.insteadOf"}
    settings |= {"GIT_CONFIG_VALUE_0": "https://x-access-token:secret@github.com/someone/course"}
    for commit in ("1", "2"):  # the second push replaces the first
        notebooks = tmp_path / commit / fetched["with"]["path"]
        notebooks.mkdir(parents=True)
        for lab in LABS:
            (notebooks / f"{lab}.ipynb").write_bytes(write_notebook(ROOT / "docs" / lab / "lab.py"))
        environment = {**os.environ, **settings, "GITHUB_SHA": commit}
        command = ["bash", "-e", "-o", "pipefail", "-c", published["run"]]
        subprocess.run(command, cwd=tmp_path / commit, env=environment, check=True)
    for lab in LABS:
        page = take_away(lab, "https://github.com/someone/course", monkeypatch)
        link = re.search(r"github/someone/course/blob/(\w+)/([^\"]+)", page)
        show = ["git", "-C", str(remote), "show", f"{link[1]}:{link[2]}"]
        shown = subprocess.run(show, capture_output=True, check=True).stdout
        assert shown == write_notebook(ROOT / "docs" / lab / "lab.py")


def test_lab_page_brings_no_style_of_its_own(pages):
    (lab,) = (page for name, page in pages.items() if name == "neuron/lab/index.html")
    assert (
        lab.path.stat().st_size < 200_000
    )  # mkdocs-jupyter's own template: 600 kB before the first word


@pytest.mark.parametrize("lab", LABS)
def test_lab_names_its_chapter(lab):
    assert jupytext.read(ROOT / "docs" / lab / "lab.py").metadata["chapter"] == lab


RUN_AGAIN = ["beyond"]  # it has several figures; another run takes seconds


@pytest.mark.parametrize(
    "lab", [*RUN_AGAIN, *(pytest.param(lab, marks=SOAK) for lab in LABS if lab not in RUN_AGAIN)]
)
def test_lab_becomes_the_same_page_without_the_plugin(lab, pages):
    """Code, outputs and figures are those of mkdocs-jupyter, in the same order."""
    source = ROOT / "docs" / lab / "lab.py"
    options = read_settings(ROOT)["markdown_extensions"]
    names = [name for name in options if not name.startswith("dlcourse_site")]
    md = markdown.Markdown(extensions=names, extension_configs=options)
    ours = md.convert(lab_page(source))
    theirs = pages[f"{lab}/lab/index.html"].path.read_text("utf-8")
    theirs = theirs.partition("<article")[2].partition("</article>")[0]
    assert code_texts(ours) == code_texts(theirs)
    image = '<img alt="([^"]*)" src="([^"]*)"'
    assert re.findall(image, ours) == re.findall(image, theirs)
    assert ("plt.subplots(" in source.read_text("utf-8")) == bool(re.search(image, ours))
    assert '</h1>\n<p class="take-away">Take it away: <a href="lab.py" download>' in ours
    cells = [cell for cell in jupytext.read(source).cells if cell.cell_type == "code"]
    assert len(code_texts(ours)) > len(cells)  # some print


def test_what_a_cell_prints_in_pieces_is_one_output():
    def printed(name, text):
        return nbformat.v4.new_output("stream", name=name, text=text)

    shown = lab_parts().shown([printed("stdout", "1\n"), printed("stdout", "2\n")])
    assert code_texts(shown) == ["1\n2\n"]
    shown = lab_parts().shown([printed("stdout", "1\n"), printed("stderr", "2\n")])
    assert code_texts(shown) == ["1\n", "2\n"]
    drawn = nbformat.v4.new_output("display_data", {"image/svg+xml": "<svg/>"})
    shown = lab_parts().shown([printed("stdout", "1\n"), drawn, printed("stdout", "2\n")])
    assert code_texts(shown) == ["1\n", "2\n"]
