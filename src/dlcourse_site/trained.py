"""The small network that reads drawings on the home page: the build trains it in a second.

What was trained stays as long as all that it comes from stays the same.
"""

import hashlib
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

NAME = "models/cnn-digits"  # below the folder of derived files
LIBRARIES = ("torch", "numpy", "safetensors")
NOTE = """The weights of cnn-digits.safetensors, in half precision, as these commands make them:

    dlcourse train cnn --device cpu
    dlcourse export runs/cnn

The SHA-256 of all that they come from is {inputs}.
The SHA-256 of the file is {weights}.
"""


def trained_files(root: Path, built: Path) -> dict[str, bytes]:
    """Return the weights of the network and a note on them, by their path in the derived files.

    They are those in the folder `built` where its note names the same inputs and these weights.
    """
    path = built / f"{NAME}.safetensors"
    note = path.with_suffix(".txt")
    inputs = hash_inputs(root / "src" / "dlcourse")
    weights = path.read_bytes() if path.is_file() else b""
    if not note.is_file() or note.read_bytes() != write_note(inputs, weights):
        weights = train()
    return {f"{NAME}.safetensors": weights, f"{NAME}.txt": write_note(inputs, weights)}


def hash_inputs(package: Path) -> str:
    """Return the SHA-256 of the package, the libraries and the kind of machine.

    The exercises are left out: training does not use them.
    """
    digest = hashlib.sha256(f"{NOTE} {platform.machine()}".encode())
    for name in LIBRARIES:
        digest.update(f"{name} {version(name)}".encode())
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package).as_posix()
        is_input = path.is_file() and not name.startswith("exercises/")
        if is_input and "__pycache__" not in name:
            digest.update(f"{name} {path.stat().st_size}".encode() + path.read_bytes())
    return digest.hexdigest()


def train() -> bytes:
    """Train the network as `dlcourse train` does; return the file that `dlcourse export` writes."""
    import torch  # here, because most builds do not train

    from dlcourse.commands.export import export_run
    from dlcourse.commands.train import train_run

    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder, "cnn")
        file = Path(folder, "cnn.safetensors")
        train_run("cnn", settings={"device": "cpu"}, run_dir=run, say=lambda _: None)
        export_run(run, file)
        return file.read_bytes()


def write_note(inputs: str, weights: bytes) -> bytes:
    """Return the text that stands beside the weights."""
    return NOTE.format(inputs=inputs, weights=hashlib.sha256(weights).hexdigest()).encode()
