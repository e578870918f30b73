"""The figures of the pages as SVG files to take away: one for light pages and one for dark."""

import html
import re
from pathlib import Path

from dlcourse_site.shown import FRAMES, show

IMAGE = re.compile(r"!\[([^\]]+)\]\((snippets/[^)\s]+\.svg)")
# Ink and paper of the two color schemes, as in docs/assets/course.css
SCHEMES = {
    "light": ("#20242c", "#ffffff"),
    "dark": ("#dfe2ea", "#1e2129"),
}
BLACK = r'((?:fill|stroke)(?:: ?|="))(?:#000000|#000|black)\b'
WHITE = r'((?:fill|stroke)(?:: ?|="))(?:#ffffff|#fff|white)\b'
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
METADATA = """<title>{title}</title>
 <metadata>
  <rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
   <cc:Work rdf:about="">
    <dc:title>{title}</dc:title>
    <dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/>
    <dc:format>image/svg+xml</dc:format>
    <dc:source>{command}</dc:source>
    <cc:license rdf:resource="{license}"/>
   </cc:Work>
  </rdf:RDF>
 </metadata>
 <rect width="100%" height="100%" fill="{paper}"/>"""


def command_of(source: str) -> str:
    """Return the command that draws a figure, by its file such as `snippets/loss/curves-2.svg`."""
    program = re.sub(r"(?:-\d+)?\.svg$", ".py", source)
    return f"python {program}"


def file_name(source: str, scheme: str) -> str:
    """Return the name of a figure's file to take away, below the folder of derived files."""
    stem = source.removeprefix("snippets/").removesuffix(".svg")
    return f"figures/{stem}-{scheme}.svg"


def figure_files(root: Path) -> dict[str, bytes]:
    """Return both files of each figure that a page shows, by their names."""
    files = {}
    for page in sorted(root.glob("docs/**/*.md")):
        text = FRAMES.sub(lambda frames: show(frames, root), page.read_text("utf-8"))
        for title, source in IMAGE.findall(text):
            path = root / source
            if not path.is_file():
                continue  # its page says so
            svg = path.read_text("utf-8")
            for scheme in SCHEMES:
                drawn = standalone_svg(svg, scheme, title, command_of(source))
                files[file_name(source, scheme)] = drawn.encode("utf-8")
    return files


def standalone_svg(svg: str, scheme: str, title: str, command: str) -> str:
    """Return Matplotlib's SVG in the colors of a scheme, with its title, license and command."""
    ink, paper = SCHEMES[scheme]
    svg = re.sub(BLACK, rf"\g<1>{ink}", svg)
    svg = re.sub(WHITE, rf"\g<1>{paper}", svg)
    svg = svg.replace("<svg ", f'<svg fill="{ink}" ', 1)  # of texts, which have no fill
    metadata = METADATA.format(
        title=html.escape(" ".join(title.split()), quote=False),
        command=command,
        license=LICENSE,
        paper=paper,
    )
    return re.sub(r"(?s)<metadata>.*?</metadata>", lambda _: metadata, svg, count=1)
