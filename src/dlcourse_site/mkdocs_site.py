"""What is known of MkDocs: build the whole site, or one page of a kept site."""

import html
import logging
import os
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from material.plugins.search.plugin import Parser
from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.pages import Page

READING = "Reading: "  # how mkdocs begins a message about the page that it reads next

# What the search excludes by itself, after it has parsed it: half of the tags of the pages
EXCLUDED = re.compile(
    r'<(?P<tag>bdi|div) class="arithmatex".*?</(?P=tag)>|<svg .*?</svg>', re.DOTALL
)
# Blocks of code and outputs were half of the index; the names in them stand in the text, too
BLOCK = re.compile(r"<pre\b.*?</pre>", re.DOTALL)

feed = Parser.feed
populate = build._populate_page
write_page = build._build_page
opened: set[str] = set()  # files that were opened since the last page was read


def build_site(config_file: Path, site_dir: Path, tell: Callable[[str], None]) -> None:
    """Run `mkdocs build --strict`, and exit with its code where it fails.

    `tell` is called with the name of each page before it is read. The options -q and -v are not
    given, because they hide the warnings that --strict counts.
    """
    from mkdocs.__main__ import cli

    def is_shown(record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if message.startswith(READING):
            tell(message.removeprefix(READING))
        return record.levelno >= logging.INFO

    build.log.setLevel(logging.DEBUG)
    build.log.addFilter(is_shown)
    options = [f"--config-file={config_file}", f"--site-dir={site_dir}"]
    try:
        with patch.object(Parser, "feed", feed_searched):
            cli(["build", "--strict", *options], standalone_mode=False)
    except Abort as error:
        sys.exit(f"dlcourse_site: {error.format_message()}")
    except Exception:
        # mkdocs has logged the error with its page; a traceback through mkdocs would hide that line
        sys.exit("dlcourse_site: the build stopped at the error above")
    finally:
        build.log.removeFilter(is_shown)


def feed_searched(parser: Parser, page: str) -> None:
    """Give the search what it keeps of a page's HTML."""
    feed(parser, BLOCK.sub(" ", EXCLUDED.sub("", page)))


def use_lab_template(templates: Path) -> None:
    """Give our page template to mkdocs-jupyter, which has no option for it."""
    from mkdocs_jupyter.config import settings

    settings.templates_dir = str(templates)


class KeptSite:
    """A site of which single pages are built again: settings, navigation and pages are kept.

    `reads` holds the files that were opened when a page was read: its own source, the snippets that
    it includes, its figures, the glossary. `failed` are the pages that show an error. `unwritten`
    are those whose HTML may be out of date, by address: it is written when a browser asks for it.
    """

    def __init__(self, config_file: Path, site_dir: Path, address: str):
        self.config_file = str(config_file)
        self.options = {
            "site_dir": str(site_dir),
            "site_url": address,
        }
        self.reads: dict[str, set[str]] = {}
        self.failed: set[str] = set()
        self.unwritten: dict[str, Page] = {}
        self.lock = threading.Lock()  # a browser may ask while pages are built
        sys.addaudithook(note_opened)

    def build(self) -> list[str]:
        """Build everything as mkdocs does, and return the names of all pages."""
        self.reads.clear()  # until everything is built, there is nothing to update
        self.failed.clear()
        config = load_config(self.config_file, strict=False, **self.options)
        config.plugins.on_startup(command="serve", dirty=False)
        with (
            patch.object(build, "_populate_page", self.read),
            patch.object(build, "_build_page", self.keep),
        ):
            build.build(config)
        return list(self.reads)

    def update(self, changed: set[str]) -> list[str]:
        """Build the pages that show any of these files or showed an error; return their names.

        A new or deleted file of docs/, the theme and mkdocs.yml may concern any page: then
        everything is built.
        """
        if not self.reads:
            return self.build()
        config, pages, *_ = self.context
        assets = {file.abs_src_path: file for file in self.files.media_files()}
        known = set(assets).union(*self.reads.values())
        anywhere = (self.config_file, config.docs_dir, *config.theme.dirs)
        is_unknown = any(path.startswith(anywhere) for path in changed - known)
        is_gone = any(not os.path.exists(path) for path in changed & known)
        if is_unknown or is_gone:
            return self.build()
        for path in changed & set(assets):
            assets[path].copy_file()
        names = [name for name, files in self.reads.items() if changed & files]
        names += self.failed.difference(names)
        for name in names:
            self.read(self.files.src_uris[name].page, config, self.files)
        for file in pages:
            self.keep(file.page, *self.context)  # its nav may show a new title
            file.page.validate_anchor_links(
                files=self.files,
                log_level=logging.WARNING,
            )
        return names

    def read(self, page: Page, config: Any, files: Any, *_: Any) -> None:
        """Render a page's Markdown, or what is wrong with it; note which files were opened."""
        name = page.file.src_uri
        self.files = files
        self.failed.discard(name)
        opened.clear()
        try:
            populate(page, config, files)
        except Exception as error:
            self.failed.add(name)
            page.content = f"<pre>{html.escape(str(error))}</pre>"
        self.reads[name] = set(opened)

    def keep(self, page: Page, *context: Any, **_: Any) -> None:
        """Keep a rendered page, and what mkdocs writes it with, until it is asked for."""
        self.context = context[:4]  # settings, files of pages, navigation, templates
        self.unwritten[page.url.strip("./")] = page

    def write(self, address: str) -> None:
        """Write the page with this address below the site's, if its HTML may be out of date."""
        with self.lock:
            name = address.removesuffix("index.html").strip("/")
            page = self.unwritten.pop(name, None)
            if page:
                write_page(page, *self.context)


def note_opened(event: str, arguments: tuple[Any, ...]) -> None:
    """Keep the name of a file that Python opens: an audit hook."""
    if event == "open" and isinstance(arguments[0], str | os.PathLike):
        opened.add(os.path.abspath(arguments[0]))


def serve(site: KeptSite, port: int, rebuild: Callable[[], None], watched: list[Path]) -> None:
    """Serve a site until Ctrl+C; when a watched file changes, rebuild and have browsers reload."""
    from mkdocs.livereload import LiveReloadServer

    server = LiveReloadServer(
        rebuild,
        host="127.0.0.1",
        port=port,
        root=site.options["site_dir"],
        polling_interval=0.3,
    )

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        site.write(environ["PATH_INFO"])
        return server.serve_request(environ, start_response)

    server.set_app(answer)
    for path in watched:
        server.watch(str(path))
    try:
        server.serve()
    finally:
        server.shutdown()
