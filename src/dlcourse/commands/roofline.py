"""`dlcourse info --roofline`: how fast this machine computes, copies and starts operations."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch.utils.benchmark import Timer

from dlcourse.commands.info import name_device
from dlcourse.tasks.figure_files import save_figure

BYTES = 4  # of a number in float32
COPIED_NUMBERS = 2**26  # 256 MiB: more than a cache holds
SIZES = [64, 128, 256, 512, 1024, 2048, 4096, 8192]  # rows and columns of the matrices
MEASURED_SECONDS = 0.4  # for each operation; all of them take about five seconds
LONGEST_PRODUCT = 0.1  # seconds: the next size would take eight times as long
LEAST, MOST = 0.1, 1000  # operations per byte, of the figure

# Published peaks: GB/s of memory, GFLOP/s without sparsity.
# NVIDIA H100 Tensor Core GPU, data sheet (2023); NVIDIA T4, product brief (2019)
PUBLISHED = {
    "H100 SXM, bfloat16 (published)": (3350, 989_000),
    "H100 SXM, float32 (published)": (3350, 67_000),
    "T4, float32 (published)": (320, 8100),
}


def measure_roofline(device: torch.device) -> dict[str, Any]:
    """Measure a device in float32: how fast it copies, starts operations and multiplies matrices.

    Units: gigabytes read and written per second; microseconds for adding one number to one other;
        for each size of square matrices, billions of additions and multiplications per second.
    """
    if device.type == "cuda":
        torch.cuda.set_device(device)  # the one that the timer waits for
    source = torch.ones(COPIED_NUMBERS, device=device)
    target = torch.empty_like(source)
    copy_seconds = _time("target.copy_(source)", source=source, target=target)
    launch_seconds = _time("one.add_(1)", one=torch.zeros(1, device=device))
    gflops = {}
    for size in SIZES:
        matrix = torch.rand(size, size, device=device)
        seconds = _time("matrix @ matrix", matrix=matrix)
        gflops[str(size)] = round(2 * size**3 / seconds / 1e9, 1)
        if seconds > LONGEST_PRODUCT:
            break
    return {
        "device": name_device(str(device)),
        "gigabytes_per_second": round(2 * BYTES * COPIED_NUMBERS / copy_seconds / 1e9, 1),
        "launch_microseconds": round(launch_seconds * 1e6, 1),
        "gflops": gflops,
    }


def _time(statement: str, **tensors: torch.Tensor) -> float:
    """Return the shortest mean seconds of a statement: other programs only make it longer."""
    timer = Timer(statement, globals=tensors, num_threads=torch.get_num_threads())
    return min(timer.blocked_autorange(min_run_time=MEASURED_SECONDS).times)


def draw_roofline(axes: Axes, measured: Mapping[str, Any]) -> None:
    """Draw the roof and the products of a measured device, below the roofs of published ones."""
    gflops = measured["gflops"]
    measured_roof = (measured["gigabytes_per_second"], max(gflops.values()))
    roofs = {**PUBLISHED, f"{measured['device']}, float32 (measured)": measured_roof}
    for number, (name, (bandwidth, peak)) in enumerate(roofs.items()):
        bend = peak / bandwidth  # to the left, the memory is the limit
        axes.plot([LEAST, bend, MOST], [bandwidth * LEAST, peak, peak], f"C{number}", label=name)
    # A product reads two matrices and writes one.
    intensities = [2 * int(size) / (3 * BYTES) for size in gflops]
    axes.plot(intensities, gflops.values(), f"C{number}o", label="products of matrices (measured)")
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="operations per byte (logarithmic)",
        ylabel="GFLOP/s (logarithmic)",
    )
    axes.legend(fontsize="small")


def save_roofline(measured: Mapping[str, Any]) -> str:
    """Draw what measure_roofline found as roofline.png in the current folder; return its path.

    Raises: EnvironmentProblem when the file cannot be written.
    """
    figure = Figure(layout="constrained")
    draw_roofline(figure.subplots(), measured)
    path = Path("roofline.png").resolve()
    save_figure(figure, path)
    return str(path)
