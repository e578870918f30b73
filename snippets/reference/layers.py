"""LeNet layer by layer, as `dlcourse info lenet` shows it."""

from dlcourse.layers import collect_layers, describe_layers
from dlcourse.models.lenet import LeNet

found = collect_layers(LeNet(), image_shape=(1, 28, 28))
print(describe_layers(found))
