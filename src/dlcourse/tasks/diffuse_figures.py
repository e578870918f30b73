"""A figure of the steps by which a diffusion model turns noise into images."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure
from torch import Tensor

from dlcourse.tasks.figure_files import save_figure

NUM_ROWS = 6  # images
SHOWN = (0, 0.5, 0.7, 0.8, 0.9, 1)  # parts of all steps; most images can be read near the end


def draw_denoising(frames: Sequence[Tensor], path: Path) -> None:
    """Draw each image in a row, from noise at the left to the finished image at the right.

    Shapes: each of the frames (number of images, channels, height, width), from -1 to 1 at the end.
    """
    last_step = len(frames) - 1
    num_images = len(frames[0])
    figure = Figure(figsize=(len(SHOWN), num_images + 0.4), layout="constrained")
    all_axes = figure.subplots(num_images, len(SHOWN), squeeze=False)
    for column, part in enumerate(SHOWN):
        step = round(part * last_step)
        images = (frames[step].cpu() + 1) / 2
        all_axes[0, column].set_title(f"step {step}", fontsize=10)
        for axes, image in zip(all_axes[:, column], images, strict=True):
            axes.imshow(
                image.clamp(0, 1).permute(1, 2, 0).numpy(),
                cmap="gray",
                vmin=0,
                vmax=1,
            )
            axes.set_axis_off()
    save_figure(figure, path)
