"""`dlcourse sample`: new examples that a trained network generates at random."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlcourse.commands import options as option
from dlcourse.commands.exit_codes import show

if TYPE_CHECKING:
    import torch

    from dlcourse.commands.runs import LoadedRun

NUM_IMAGES = 64  # a grid of eight rows


def sample(
    run_dir: option.Run,
    count: option.Count = None,
    seed: option.Seed = 0,
    prompt: option.Prompt = None,
    temperature: option.Temperature = None,
    options: option.SampleSet = None,
    as_json: option.Json = False,
) -> None:
    """Generate examples with a trained network, such as text like its training text, or episodes.

    Images are written as one grid into the run's folder, as samples.png.

    Text has three options: --prompt and --temperature, which can also be written as --set
    prompt=TEXT and --set temperature=NUMBER, and --set length=NUMBER, the number of characters.

    \b
    Example:
      dlcourse train gru
      dlcourse sample runs/gru --prompt "A neuron" --temperature 0.5 --set length=500
    """
    chosen = option.read_pairs(options)
    if prompt is not None:
        chosen["prompt"] = prompt
    if temperature is not None:
        chosen["temperature"] = temperature
    result = sample_run(run_dir, count=count, seed=seed, options=chosen)
    if "figures" in result:
        text = f"{result['count']} generated images are in {result['figures'][0]}"
    else:
        text = "\n\n".join(result["samples"])
    show(result, as_json, text)


def sample_run(
    run_dir: Path,
    *,
    count: int | None = None,
    seed: int = 0,
    options: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Generate samples from a run as `dlcourse sample` does, and return what it prints with --json.

    Raises: CheckpointError for a run that cannot be read; UsageError for a family that cannot
        generate examples, or an unknown option.
    """
    import torch

    from dlcourse.commands.runs import load_run
    from dlcourse.tasks.family import fill_options, find_options
    from dlcourse.training.run_folder import RunFolder

    run = load_run(RunFolder(run_dir), "sample")
    result = {"model": run.description.model, "run_dir": str(run_dir), "seed": seed}
    generator = torch.Generator().manual_seed(seed)
    if hasattr(run.family, "sample_images"):
        count = count or NUM_IMAGES
        path = sample_grid(run, generator, count, options or {})
        return {**result, "count": count, "figures": [str(path)]}
    run.family.check_can("sample")
    chosen = fill_options(run.description.model, options or {}, find_options(run.family.sample))
    samples = []
    for _ in range(count or 1):
        samples.append(
            run.family.sample(
                run.network,
                run.description.about,
                generator,
                **chosen,
            )
        )
    return {**result, "samples": samples}


def sample_grid(
    run: "LoadedRun",
    generator: "torch.Generator",
    count: int,
    options: Mapping[str, Any],
) -> Path:
    """Write a grid of generated images into the run's folder, and return its path."""
    import torch

    from dlcourse.tasks.family import fill_options, find_options
    from dlcourse.tasks.figure_files import save_grid

    family = run.family
    chosen = fill_options(family.model, options, find_options(family.sample_images))
    with torch.inference_mode():
        images = family.sample_images(
            run.network,
            run.description.about,
            generator,
            count,
            **chosen,
        )
    path = run.folder.path / "samples.png"
    save_grid(images, path)
    return path
