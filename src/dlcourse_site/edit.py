"""Show pages while they are written: `python -m dlcourse_site.edit` builds what was saved.

A saved page is built alone, and a saved snippet builds the pages that show it. What may concern any
page, such as mkdocs.yml, builds all. Labs, the search and the reference rest.
"""

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from dlcourse_site.build import CONFIG, derive

WATCHED = ("mkdocs.yml", "docs", "overrides", "snippets", "src")


def saved(root: Path) -> dict[str, int]:
    """Return when each watched file was saved, in ns; an editor's own files are left out."""
    times = {}
    for name in WATCHED:
        path = root / name
        for file in [path, *path.rglob("*")]:
            is_hidden = file.name.startswith(".") or file.name.endswith("~")
            if is_hidden or "__pycache__" in file.parts:
                continue
            if file.is_file():
                times[str(file)] = file.stat().st_mtime_ns
    return times


class Editing:
    """A site that follows the files of a project folder."""

    def __init__(self, config_file: Path, site_dir: Path, port: int):
        from dlcourse_site.mkdocs_site import KeptSite  # here, because it reads the environment

        self.root = config_file.parent
        self.site_dir = site_dir
        self.times: dict[str, int] = {}
        self.site = KeptSite(config_file, site_dir, f"http://127.0.0.1:{port}/")

    def build(self) -> None:
        """Build what was saved since the last time; where that fails, what is shown stays."""
        before = self.times
        self.times = saved(self.root)
        either = before.keys() | self.times.keys()
        changed = {path for path in either if before.get(path) != self.times.get(path)}
        tooling = str(self.root / "src" / "dlcourse_site")
        if before and any(path.startswith(tooling) for path in changed):
            self.restart()
        start = time.perf_counter()
        try:
            with self.site.lock:
                pages = self.site.update(changed)
        except Exception as error:  # of mkdocs.yml, for example
            print(f"dlcourse_site: not built: {error}", file=sys.stderr, flush=True)
            return
        seconds = time.perf_counter() - start
        names = f"{len(pages)} pages"
        if len(pages) < 4:
            names = ", ".join(pages) or "nothing"
        print(f"Built {names} in {seconds:.1f} s", flush=True)

    def restart(self) -> None:
        """Start this program again, because its own code has changed."""
        print("The site's tooling has changed: starting again", flush=True)
        shutil.rmtree(self.site_dir)
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def main() -> None:
    """Serve the pages, and build what is saved."""
    parser = argparse.ArgumentParser(prog="python -m dlcourse_site.edit", description=main.__doc__)
    parser.add_argument("--config-file", type=Path, default=CONFIG, help="default: mkdocs.yml")
    parser.add_argument("--port", type=int, default=8000, help="default: 8000")
    options = parser.parse_args()
    os.environ["DLCOURSE_RUN_LABS"] = "false"
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.basicConfig(format="%(levelname)-8s-  %(message)s")
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    derive()
    from dlcourse_site.mkdocs_site import serve  # here, because it reads the environment

    site_dir = Path(tempfile.mkdtemp(prefix="dlcourse-"))
    editing = Editing(options.config_file.resolve(), site_dir, options.port)
    watched = [editing.root / name for name in WATCHED if (editing.root / name).exists()]
    try:
        editing.build()
        serve(editing.site, options.port, editing.build, watched)
    except KeyboardInterrupt:
        print("")
    except OSError as error:
        sys.exit(f"dlcourse_site: {error}; --port gives another than {options.port}")
    finally:
        shutil.rmtree(site_dir, ignore_errors=True)


if __name__ == "__main__":
    main()
