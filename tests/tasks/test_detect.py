import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data import scenes
from dlcourse.data.catalog import SCENES
from dlcourse.data.digits import load_digits
from dlcourse.data.scenes import compose
from dlcourse.tasks.boxes import MOST_FOUND, find_centers, find_objects
from dlcourse.tasks.detect import REACH, RECIPES, Detect, find_targets

NOTHING = [-1, 0, 0, 0, 0]
OBJECTS = torch.tensor([[[3, 4, 6, 12, 14], [7, 18, 2, 30, 14], NOTHING], [NOTHING] * 3])
IMAGES = torch.zeros(2, 1, 32, 32)


class Perfect(nn.Module):
    """Stands in for a network: its outputs are what the objects ask for, with logits of 8."""

    def __init__(self, objects):
        super().__init__()
        self.objects = objects

    def forward(self, images):
        outputs = torch.zeros(len(images), 14, 16, 16)
        is_object, classes, distances = find_targets(self.objects, find_centers(outputs))
        logits = 16.0 * F.one_hot(classes, 10) * is_object[..., None] - 8
        return torch.cat([logits, distances], dim=-1).permute(0, 3, 1, 2)


@pytest.fixture(scope="module")
def family():
    return Detect("detector")


def figures_of(family, network, batches):
    """Return the figures of several batches, with their sums added up."""
    sums = {}
    for batch in batches:
        for name, (total, divisor) in family.measure(network, batch).items():
            before = sums.get(name, (0, 0))
            total = torch.as_tensor(total).double()
            divisor = torch.as_tensor(divisor).double()
            sums[name] = (before[0] + total, before[1] + divisor)
    return family.figures(sums)


# What a place learns


def test_places_near_the_middle_of_an_object_learn_it():
    centers = find_centers(torch.zeros(1, 14, 16, 16))
    is_object, classes, distances = find_targets(OBJECTS, centers)
    assert not is_object[1].any()
    rows, columns = is_object[0].nonzero(as_tuple=True)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        number = int(classes[0, row, column])
        box = {3: [4, 6, 12, 14], 7: [18, 2, 30, 14]}[number]
        x, y = centers[row, column].tolist()
        assert abs(x - (box[0] + box[2]) / 2) <= REACH
        assert abs(y - (box[1] + box[3]) / 2) <= REACH
        expected = [x - box[0], y - box[1], box[2] - x, box[3] - y]
        assert distances[0, row, column].tolist() == expected
    # Middles at (8, 10) and (24, 8), places at odd pixels: 7 and 9, 9 and 11; 23 and 25, 7 and 9.
    assert is_object.sum() == 8


def test_a_place_between_two_objects_learns_the_nearer_one():
    objects = torch.tensor([[[1, 0, 0, 8, 8], [2, 3, 0, 11, 8]]])  # middles at x = 4 and x = 7
    centers = find_centers(torch.zeros(1, 14, 4, 8))
    is_object, classes, _ = find_targets(objects, centers)
    row = 1  # y = 3, one pixel above the middles
    assert is_object[0, row].tolist() == [False, *[True] * 4, *[False] * 3]  # x = 3, 5, 7 and 9
    assert classes[0, row, 1:5].tolist() == [1, 1, 2, 2]


# The loss


def test_the_loss_adds_up_what_each_place_costs(family):
    torch.manual_seed(0)
    outputs = torch.randn(2, 14, 16, 16)
    is_object, classes, distances = find_targets(OBJECTS, find_centers(outputs))
    expected = 0.0
    for scene in range(2):
        for row in range(16):
            for column in range(16):
                place = outputs[scene, :, row, column]
                target = torch.zeros(10)
                if is_object[scene, row, column]:
                    target[classes[scene, row, column]] = 1
                    wrong = place[10:] - distances[scene, row, column]
                    expected += F.smooth_l1_loss(wrong, torch.zeros(4), reduction="sum").item()
                probability = place[:10].sigmoid()
                costs = -(target * probability.log() + (1 - target) * (1 - probability).log())
                expected += costs.sum().item()
    assert family.compare(outputs, OBJECTS).item() == pytest.approx(expected / 2, rel=1e-5)


def test_the_loss_is_a_mean_over_the_scenes(family):
    torch.manual_seed(0)
    outputs = torch.randn(2, 14, 16, 16)
    parts = [family.compare(outputs[i : i + 1], OBJECTS[i : i + 1]).item() for i in range(2)]
    assert family.compare(outputs, OBJECTS).item() == pytest.approx(sum(parts) / 2)
    assert family.divisor((IMAGES, OBJECTS)) == 2


def test_scenes_without_objects_have_a_finite_loss_and_no_precision(family):
    torch.manual_seed(0)
    network = family.build({"class_names": list("0123456789")})
    objects = torch.tensor([[NOTHING] * 3] * 2)
    loss = family.loss(network, (IMAGES, objects))
    loss.backward()
    for weight in network.parameters():
        assert weight.grad.isfinite().all()
    figures = figures_of(family, network.eval(), [(IMAGES, objects)])
    assert figures["average_precision"] == 0
    assert 0 < figures["loss"] < 1000


# The figures


def test_a_detector_that_finds_everything_has_an_average_precision_of_1(family):
    figures = figures_of(family, Perfect(OBJECTS), [(IMAGES, OBJECTS)])
    assert figures["average_precision"] == 1
    assert figures["loss"] < 2  # 2,560 logits of 8 have cross entropies of 0.0003


def test_what_is_missed_counts_with_0(family):
    """Of class 3 all is found, of class 7 nothing, and class 5 does not occur."""
    half = OBJECTS.clone()
    half[0, 1] = torch.tensor(NOTHING)
    figures = figures_of(family, Perfect(half), [(IMAGES, OBJECTS)])
    assert figures["average_precision"] == 0.5


def test_an_object_of_another_class_is_no_hit(family):
    other = OBJECTS.clone()
    other[0, 0, 0] = 5
    figures = figures_of(family, Perfect(other), [(IMAGES, OBJECTS)])
    assert figures["average_precision"] == 0.5


def test_figures_do_not_depend_on_the_batches(family):
    torch.manual_seed(0)
    composed = compose(load_digits().test, 16, 90, seed=0)
    images = composed.images.float() / 255
    objects = composed.objects
    network = family.build({"class_names": list("0123456789")}).eval()
    with torch.inference_mode():
        whole = figures_of(family, network, [(images, objects)])
        parts = figures_of(
            family, network, [(images[:13], objects[:13]), (images[13:], objects[13:])]
        )
    assert whole["average_precision"] == pytest.approx(parts["average_precision"])
    assert whole["loss"] == pytest.approx(parts["loss"])


def test_there_is_a_recipe_for_each_data_set():
    assert set(RECIPES) == {("detector", name) for name in SCENES}


# Figures


def test_the_first_test_scenes_are_drawn_with_what_was_found(family, monkeypatch, tmp_path):
    drawn = []
    monkeypatch.setattr(
        "dlcourse.tasks.scene_figures.draw_found",
        lambda images, names, path, **found: drawn.append((images, names, path, found)),
    )
    monkeypatch.setattr(scenes, "COUNTS", {"train": 1, "validation": 1, "test": 20})
    data = family.load("scenes")
    network = Perfect(data.test.objects[:12])
    paths = family.draw_figures(network, data, torch.device("cpu"), tmp_path)
    assert paths == [tmp_path / "detections.png"]
    ((images, names, path, found),) = drawn
    assert torch.equal(images, data.test.images[:12])
    assert names == data.class_names
    assert path == paths[0]
    expected = find_objects(network(images))
    for part, one in zip(found["found"], expected, strict=True):
        assert part.shape[:2] == (12, MOST_FOUND)
        assert torch.equal(part, one)
