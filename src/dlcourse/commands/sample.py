"""`dlcourse sample`: new examples that a trained network generates at random."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dlcourse.commands import options as option
from dlcourse.commands.exit_codes import show


def sample(
    run_dir: option.Run,
    count: option.Count = 1,
    seed: option.Seed = 0,
    options: option.SampleSet = None,
    as_json: option.Json = False,
) -> None:
    """Generate examples with a trained network, such as text in the style of its training text.

    Text has three options for --set: length, the number of characters; temperature, where 0 always
    chooses the most likely character and 1 chooses each character as often as the network predicts;
    and prompt, the beginning of the text.

    \b
    Example:
      dlcourse train gru
      dlcourse sample runs/gru --set length=500 --set temperature=0.5
    """
    result = sample_run(run_dir, count=count, seed=seed, options=option.read_pairs(options))
    show(result, as_json, "\n\n".join(result["samples"]))


def sample_run(
    run_dir: Path,
    *,
    count: int = 1,
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
    run.family.check_can("sample")
    model = run.description.model
    accepted = find_options(run.family.sample)
    chosen = fill_options(model, options or {}, accepted)
    generator = torch.Generator().manual_seed(seed)
    samples = []
    for _ in range(count):
        samples.append(run.family.sample(run.network, run.description.about, generator, **chosen))
    return {"model": model, "run_dir": str(run_dir), "seed": seed, "samples": samples}
