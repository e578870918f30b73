"""Detect and segment the digits 0, 1 and 2 with one backbone."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.batches import Split
from dlcourse.data.digits import load_digits
from dlcourse.data.scenes import compose
from dlcourse.models.detector import Detector
from dlcourse.models.segmenter import Segmenter
from dlcourse.tasks.boxes import find_objects
from dlcourse.tasks.detect import Detect
from dlcourse.tasks.scene_figures import draw_boxes, draw_scene
from dlcourse.tasks.segment import Segment
from dlcourse.training.loop import evaluate_task
from dlcourse.training.schedule import one_cycle


def compose_few(digits, count, seed):
    """Compose scenes of the digits 0, 1 and 2."""
    is_used = digits.labels < 3
    few = Split(digits.images[is_used], digits.labels[is_used])
    return compose(few, max_value=16, count=count, seed=seed)


def train(scenes, num_epochs, seed):
    """Train a detector and a segmenter with the same backbone."""
    torch.manual_seed(seed)
    detector = Detector(num_classes=3, features=16).double()
    segmenter = Segmenter(features=16).double()
    segmenter.backbone = detector.backbone
    # Draw the weights in 64-bit: the same on every processor
    for layer in [*detector.backbone.layers[::3], segmenter.head]:
        layer.reset_parameters()
    nn.init.uniform_(detector.head.weight, -0.25, 0.25)  # and keep its biases
    parameters = [*detector.parameters(), *segmenter.head.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=0.02)
    images = scenes.images.double() / 255
    masks = scenes.masks.long()
    num_steps = num_epochs * len(images) // 16
    for step in range(num_steps):
        optimizer.param_groups[0]["lr"] = 0.02 * one_cycle(step, num_steps)
        picked = torch.randint(len(images), (16,))
        features = detector.backbone(images[picked])  # (16, 16, 16, 16)
        outputs = detector.head(features)  # (16, 7, 16, 16)
        box_loss = Detect("detector").compare(outputs, scenes.objects[picked])
        logits = F.pixel_shuffle(segmenter.head(features), 2)
        pixel_loss = F.cross_entropy(logits, masks[picked])
        loss = box_loss + 50 * pixel_loss  # a mean over 1,024 pixels is small
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return detector.eval(), segmenter.eval()


train_scenes = compose_few(load_digits().train, count=800, seed=0)
detector, segmenter = train(train_scenes, num_epochs=4, seed=0)

scenes = compose_few(load_digits().test, count=300, seed=1)
images = scenes.images.double() / 255
cpu = torch.device("cpu")
boxes_batch = (images, scenes.objects)
boxes_figures = evaluate_task(
    Detect("detector"),
    detector,
    [boxes_batch],
    cpu,
)
masks_batch = (images, scenes.masks.long())
masks_figures = evaluate_task(
    Segment("segmenter"),
    segmenter,
    [masks_batch],
    cpu,
)
average_precision = boxes_figures["average_precision"]
mean_iou = masks_figures["mean_iou"]
print(f"boxes:  average precision {average_precision:.2f}")
print(f"pixels: mean intersection over union {mean_iou:.2f}")

with torch.no_grad():
    found = find_objects(detector(images[:8]))
    masks = segmenter(images[:8]).argmax(dim=1)
figure, axes = plt.subplots(2, 4, figsize=(4.2, 2.3))
for number in range(4):
    draw_scene(axes[0, number], scenes.images[number])
    classes, scores, boxes = [part[number] for part in found]
    is_sure = scores > 0.5
    labels = [str(kind) for kind in classes[is_sure].tolist()]
    draw_boxes(
        axes[0, number],
        classes[is_sure],
        boxes[is_sure],
        labels,
    )
    draw_scene(axes[1, number], scenes.images[number], masks[number])
plt.show()
