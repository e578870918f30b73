import dataclasses
import math

import pytest
import torch
from PIL import Image

from dlcourse.data.batches import Split
from dlcourse.data.digits import load_digits
from dlcourse.tasks.reconstruct import Reconstruct, Variational
from dlcourse.tasks.reconstruct_figures import project

CPU = torch.device("cpu")


@pytest.mark.parametrize("code_features", [1, 2, 3])
@pytest.mark.parametrize("side", [8, 3])
def test_figures_are_drawn(tmp_path, code_features, side):
    digits = load_digits()
    test = Split(digits.test.images[:40, :, :side, :side], digits.test.labels[:40])
    data = dataclasses.replace(digits, test=test)
    about = {"image_shape": [1, side, side], "drawing_side": side}
    options = {"hidden_features": 4, "code_features": code_features}
    figures = {
        Reconstruct("autoencoder", {**options, "noise": 0.1}): [],
        Variational("vae", options): ["generated.png"],
    }
    for family, others in figures.items():
        folder = tmp_path / family.model
        folder.mkdir()
        paths = family.draw_figures(family.build(about), data, CPU, folder)
        assert [path.name for path in paths] == ["reconstructions.png", "latent_map.png", *others]
        assert sorted(folder.iterdir()) == sorted(paths)
        for path in paths:
            with Image.open(path) as image:
                assert min(image.size) > 100


def test_a_map_of_long_codes_shows_the_directions_in_which_they_vary_most():
    generator = torch.Generator().manual_seed(0)
    scales = torch.tensor([1.0, 5.0, 0.1, 20.0])
    codes = 7 + scales * torch.randn(1000, 4, generator=generator)
    points = project(codes)
    assert points.shape == (1000, 2)
    assert points.std(dim=0).tolist() == pytest.approx([20, 5], rel=0.1)
    largest = (points[:, 0] * (codes[:, 3] - codes[:, 3].mean())).mean().abs()
    assert largest.item() == pytest.approx(400, rel=0.15)  # it is the last number, up to its sign
    assert torch.equal(project(codes[:, :2]), codes[:, :2])
    assert project(codes[:, :1]).shape == (1000, 2)
    assert math.isfinite(project(torch.zeros(5, 4)).sum())
