"""`dlcourse export`: the weights of a trained network in half precision, for a web page."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from dlcourse.commands import options as option
from dlcourse.commands.exit_codes import show

File = Annotated[
    Path | None, typer.Option(help="File to write; the default is RUN_DIR/model-16.safetensors.")
]
NUM_IMAGES = 100  # on which the saved weights are compared with the run's


def export(run_dir: option.Run, file: File = None, as_json: option.Json = False) -> None:
    """Write a classifier's weights in half precision, as a page of the course reads them.

    The file is a safetensors file. Beside the weights it holds what the network was trained on. The
    command compares the probabilities with those of the run's own weights.

    \b
    Example:
      dlcourse train cnn mnist
      dlcourse export runs/cnn-mnist
    """
    path = run_dir / "model-16.safetensors" if file is None else file
    result = export_run(run_dir, path)
    text = (
        f"{result['weights']:,} weights are in {path} ({result['bytes'] / 1000:.0f} kB).\n"
        f"No probability of {NUM_IMAGES} random images changes by more than"
        f" {result['largest_change']:.1g}."
    )
    show(result, as_json, text)


def export_run(run_dir: Path, path: Path) -> dict[str, Any]:
    """Write the file; return what the command prints with --json.

    Raises: UsageError for a network that does not classify, CheckpointError for a folder without a
        run, EnvironmentProblem when the file cannot be written.
    """
    import torch

    from dlcourse.commands.runs import load_run
    from dlcourse.training.checkpoint import save_tensors
    from dlcourse.training.run_folder import RunFolder

    run = load_run(RunFolder(run_dir), "export")
    run.family.check_can("predict")
    network = run.network
    about = run.description.about
    generator = torch.Generator().manual_seed(0)
    images = torch.rand(NUM_IMAGES, *about["image_shape"], generator=generator)
    with torch.inference_mode():
        before = network(images).softmax(dim=1)
        state = network.state_dict()
        halves = {name: value.half() for name, value in state.items() if value.is_floating_point()}
        network.load_state_dict({**state, **halves})
        after = network(images).softmax(dim=1)
    facts = {"model": run.description.model, "about": about}
    num_bytes = save_tensors(path, halves, {"dlcourse": json.dumps(facts)})
    return {
        "file": str(path),
        "weights": sum(value.numel() for value in halves.values()),
        "bytes": num_bytes,
        "largest_change": (after - before).abs().max().item(),
    }
