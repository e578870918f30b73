"""`dlcourse evaluate`: the figures of a trained network on the test split."""

import os
from pathlib import Path
from typing import Any

from dlcourse.commands import options as option
from dlcourse.commands.exit_codes import show, wrong_arguments_as_usage_errors
from dlcourse.commands.models import read_data
from dlcourse.errors import CheckpointError


def evaluate(
    run_dir: option.Run,
    data: option.Data = None,
    device: option.Device = None,
    data_dir: option.DataDir = None,
    figures: option.Figures = False,
    pictures: option.OldFigures = False,
    as_json: option.Json = False,
) -> None:
    """Test a trained network on the test examples of DATA.

    DATA defaults to the data that the network was trained on.

    \b
    Example:
      dlcourse evaluate runs/lenet-mnist
    """
    from dlcourse.commands.runs import describe_test

    draws = figures or pictures
    result = evaluate_run(run_dir, data, device=device, data_dir=data_dir, figures=draws)
    text = f"{describe_test(result)} on the test split of {result['data']}"
    if result.get("data_has_changed"):
        text += "; the data have changed since the run was started: it may have trained on some"
    if result.get("figures"):
        text += f"; figures are in {run_dir}"
    show(result, as_json, text)


def evaluate_run(
    run_dir: Path,
    data: str | None = None,
    *,
    device: str | None = None,
    data_dir: Path | None = None,
    figures: bool = False,
) -> dict[str, Any]:
    """Measure a run as `dlcourse evaluate` does, and return what it prints with --json.

    Raises: CheckpointError for a run that cannot be read; DataError or UsageError for data that
        cannot be loaded or that the network cannot take.
    """
    from dlcourse.commands.runs import load_run, measure_test
    from dlcourse.training.device import pick_device
    from dlcourse.training.run_folder import RunFolder

    with wrong_arguments_as_usage_errors("evaluate"):
        picked = pick_device(device or "auto")
    run = load_run(RunFolder(run_dir), "evaluate", [] if data is None else [data])
    if figures:
        run.family.check_can("draw_figures")
    about = run.description.about
    trained_on = ""
    if data is None:
        data = run.description.data
        trained_on = run.description.data_digest
        if data not in run.family.data_sets and not os.path.isabs(data):
            problem = f"{run.folder.config} names the unknown data set {data!r}"
            raise CheckpointError(problem, "name one in its place")
    else:
        data = read_data(data, run.family)
    loaded = run.family.fit_data(run.family.load(data, data_dir, about=about), about)
    figures_folder = run.folder.path if figures else None
    result = {
        "model": run.description.model,
        "data": data,
        "device": str(picked),
        "epochs": run.config.epochs,
        **measure_test(run.family, run.network.to(picked), loaded, picked, figures_folder),
        "run_dir": str(run_dir),
    }
    if trained_on and trained_on != loaded.digest:
        result["data_has_changed"] = True
    return result
