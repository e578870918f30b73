"""What learns after `freeze`, as in `dlcourse train --from RUN --freeze`?"""

from dlcourse.models.cnn import CNN
from dlcourse.training.starting_weights import freeze

network = CNN(num_classes=3)
print("kept as they are:", freeze(network))
for name, parameter in network.named_parameters():
    if parameter.requires_grad:
        print("learns:", name, tuple(parameter.shape))
