"""A lab is run, shown, and taken away in two ways; a hosted service opens what is published."""

import os
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin

import jupytext
import nbformat
import pytest
import yaml
from jinja2 import DictLoader
from mkdocs.config import load_config

from dlcourse_site.build import BUILT
from dlcourse_site.labs import write_notebook

ROOT = Path(__file__).resolve().parents[2]
LABS = [path.parent.name for path in sorted(ROOT.glob("docs/*/lab.py"))]
MAIN = ROOT / "overrides" / "main.html"
LAB_PAGE = {  # what main.html extends and includes, in little
    "base.html": (
        "{% block header %}{% endblock %}{% block content %}<h1>Lab</h1><p>Text</p>{% endblock %}"
    ),
    "course_map.html": "",
}


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


def lab_page(lab, repository, monkeypatch):
    """Return what main.html makes of a lab, for a site that was built for a repository."""
    monkeypatch.setenv("REPO_URL", repository)
    config = load_config(str(ROOT / "mkdocs.yml"), plugins=[])
    nav = SimpleNamespace(homepage=SimpleNamespace(url=""))
    page = SimpleNamespace(file=SimpleNamespace(src_uri=f"{lab}/lab.py"))
    loader = DictLoader(LAB_PAGE | {"main.html": MAIN.read_text("utf-8")})
    content = config.theme.get_env().overlay(loader=loader)
    content.filters["url"] = lambda url: f"../../{url}"
    return content.get_template("main.html").render(config=config, nav=nav, page=page)


def test_lab_offers_no_hosted_service_where_no_repository_is_known(monkeypatch):
    page = lab_page("neuron", "", monkeypatch)
    assert "colab" not in page
    assert '<a href="lab.py" download>' in page
    assert '<a href="../../assets/built/labs/neuron.ipynb" download>' in page


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
        page = lab_page(lab, "https://github.com/someone/course", monkeypatch)
        link = re.search(r"github/someone/course/blob/(\w+)/([^\"]+)", page)
        show = ["git", "-C", str(remote), "show", f"{link[1]}:{link[2]}"]
        shown = subprocess.run(show, capture_output=True, check=True).stdout
        assert shown == write_notebook(ROOT / "docs" / lab / "lab.py")


def test_lab_page_brings_no_style_of_its_own(pages):
    (lab,) = (page for name, page in pages.items() if name == "neuron/lab/index.html")
    assert (
        lab.path.stat().st_size < 200_000
    )  # mkdocs-jupyter's own template: 600 kB before the first word
