"""What mkdocs.yml and the front matter of a page say, read without a generator."""

import re
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import add_env_tag

FRONT_MATTER = re.compile(r"\A---\n.*?^---$", re.DOTALL | re.MULTILINE)

add_env_tag(yaml.SafeLoader)  # !ENV stands for a variable of the environment


def read_settings(root: Path) -> dict[str, Any]:
    """Return the settings of a project folder."""
    return yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))


def read_front_matter(page: Path) -> dict[str, Any]:
    """Return the front matter of a page; empty where the page has none."""
    match = FRONT_MATTER.match(page.read_text("utf-8"))
    if match is None:
        return {}
    return yaml.safe_load(match[0].strip("-"))
