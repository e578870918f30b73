"""What three networks say about one scene, as shapes."""

from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.data.scenes import compose
from dlcourse.models.detector import Detector
from dlcourse.models.scene_backbone import SceneBackbone
from dlcourse.models.segmenter import Segmenter

scenes = compose(
    load_digits().train,
    max_value=16,
    count=10,
    seed=0,
)
for label, left, top, right, bottom in scenes.objects[5].tolist():
    print(f"a {label}: columns {left} to {right}, rows {top} to {bottom}")

image = scenes.images[5:6] / 255  # (1, 1, 32, 32)
features = SceneBackbone()(image)
places = features.flatten(start_dim=2).transpose(1, 2)  # (1, 256, 32)
head = nn.Linear(32, 10)
logits = head(places).amax(dim=1)
print("features: ", list(features.shape))
print("classify: ", list(logits.shape))
print("detect:   ", list(Detector()(image).shape))
print("segment:  ", list(Segmenter()(image).shape))
