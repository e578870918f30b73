"""After `freeze` only the last layer is trained: `dlcourse train --freeze`."""

from dlcourse.models.cnn import CNN
from dlcourse.training.starting_weights import freeze

network = CNN(num_classes=3)
print("frozen:", freeze(network))
for name, parameter in network.named_parameters():
    if parameter.requires_grad:
        print("trained:", name, tuple(parameter.shape))
