import torch
from PIL import Image

from dlcourse.data.environments import load_environment
from dlcourse.tasks.reinforce_figures import draw_policy


def test_a_figure_of_the_grid_is_a_picture_of_its_shape(tmp_path):
    grid = load_environment("grid")
    equal = torch.full(grid.rewards.shape, 0.25)
    draw_policy(grid, equal, 0.9, 100, tmp_path / "policy.png")
    with Image.open(tmp_path / "policy.png") as image:
        assert image.format == "PNG"
        assert image.width > image.height > 400
