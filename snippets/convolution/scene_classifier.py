"""A classifier that was never told where the digits are points at them."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.batches import Split
from dlcourse.data.digits import load_digits
from dlcourse.data.scenes import compose
from dlcourse.models.scene_backbone import SceneBackbone
from dlcourse.tasks.scene_figures import COLORS, draw_scene
from dlcourse.training.schedule import one_cycle


def compose_few(digits, count, seed):
    """Compose scenes of the digits 0, 1 and 2."""
    is_used = digits.labels < 3
    few = Split(digits.images[is_used], digits.labels[is_used])
    return compose(few, max_value=16, count=count, seed=seed)


def find_present(scenes):
    """Return 1 for each digit that a scene shows, or 0: (scenes, 3)."""
    classes = scenes.objects[:, :, 0].unsqueeze(2)  # (scenes, 3, 1)
    is_shown = classes == torch.arange(3)  # (scenes, 3, 3)
    return is_shown.any(dim=1).double()


def read_places(backbone, head, images):
    """Return a logit for each place and each digit: (scenes, 256, 3)."""
    features = backbone(images)  # (scenes, 16, 16, 16)
    places = features.flatten(start_dim=2)  # (scenes, 16, 256)
    return head(places.transpose(1, 2))


def train(scenes, num_epochs, seed):
    """Train on which digits each scene shows, and on nothing else."""
    torch.manual_seed(seed)
    backbone = SceneBackbone(features=16).double()
    for layer in backbone.layers[::3]:  # its convolutions
        layer.reset_parameters()  # in 64-bit: the same on every processor
    head = nn.Linear(16, 3, dtype=torch.float64)
    parameters = [*backbone.parameters(), *head.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=0.02)
    images = scenes.images.double() / 255
    is_present = find_present(scenes)
    num_steps = num_epochs * len(images) // 16
    for step in range(num_steps):
        optimizer.param_groups[0]["lr"] = 0.02 * one_cycle(step, num_steps)
        picked = torch.randint(len(images), (16,))
        logits = read_places(backbone, head, images[picked])
        strongest = logits.amax(dim=1)  # (16, 3): anywhere in the scene
        loss = F.binary_cross_entropy_with_logits(strongest, is_present[picked])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    backbone.eval()
    return backbone, head


def find_pointer(logits):
    """Return the middle (x, y), in pixels, of the place with the largest."""
    place = logits.argmax().item()
    return 2 * (place % 16) + 1, 2 * (place // 16) + 1


def is_inside(x, y, left, top, right, bottom):
    """Tell whether a point lies in a box."""
    return left <= x < right and top <= y < bottom


def count_inside(logits, scenes):
    """Count digits in scenes of several kinds; how many are pointed at."""
    num_digits = 0
    num_inside = 0
    num_by_chance = 0
    for scene, objects in zip(logits, scenes.objects.tolist(), strict=True):
        shown = [one for one in objects if one[0] >= 0]
        kinds = {one[0] for one in shown}
        if len(kinds) < 2:
            continue
        for kind in kinds:
            x, y = find_pointer(scene[:, kind])
            same = [one for one in shown if one[0] == kind]
            hits = [is_inside(x, y, *one[1:]) for one in same]
            num_digits += 1
            num_inside += max(hits)  # True counts as 1
            num_by_chance += len(same) / len(shown)
    return num_digits, num_inside, num_by_chance


train_scenes = compose_few(load_digits().train, count=800, seed=0)
backbone, head = train(train_scenes, num_epochs=3, seed=0)

scenes = compose_few(load_digits().test, count=300, seed=1)
with torch.no_grad():
    logits = read_places(backbone, head, scenes.images.double() / 255)
is_said = logits.amax(dim=1) > 0
accuracy = (is_said == find_present(scenes)).double().mean().item()
num_digits, num_inside, num_by_chance = count_inside(logits, scenes)
inside = num_inside / num_digits
by_chance = num_by_chance / num_digits
print(f"correct answers to 'is there a ...?': {accuracy:.0%}")
print(f"points into the digit's box:          {inside:.0%}")
print(f"a box of the scene chosen at random:  {by_chance:.0%}")

figure, axes = plt.subplots(1, 4, figsize=(4.2, 1.3))
for number in range(4):
    draw_scene(axes[number], scenes.images[number])
    for kind in range(3):
        if is_said[number, kind]:
            x, y = find_pointer(logits[number, :, kind])
            axes[number].plot(
                x,
                y,
                "o",
                markersize=8,
                color=COLORS[kind],
            )
            axes[number].text(
                x,
                y,
                str(kind),
                color="white",
                ha="center",
                va="center",
                fontsize=7,
            )
plt.show()
