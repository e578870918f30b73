import pytest
import torch
from matplotlib.figure import Figure

from dlcourse.tasks.diffuse_figures import draw_denoising


def test_the_figure_shows_each_image_from_noise_to_the_end(monkeypatch):
    drawn: list[Figure] = []
    place = "dlcourse.tasks.diffuse_figures.save_figure"
    monkeypatch.setattr(place, lambda figure, path: drawn.append(figure))
    frames = [torch.full((2, 1, 8, 8), step / 10 - 1) for step in range(21)]
    draw_denoising(frames, None)
    axes = drawn[0].axes
    titles = [one.get_title() for one in axes]
    assert titles[:6] == ["step 0", "step 10", "step 14", "step 16", "step 18", "step 20"]
    values = [one.images[0].get_array()[0, 0].item() for one in axes[6:]]
    assert values == pytest.approx([0, 0.5, 0.7, 0.8, 0.9, 1], abs=1e-6)
