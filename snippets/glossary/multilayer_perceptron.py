"""784 pixels, 128 hidden neurons, 10 classes: count the parameters."""

from torch.nn.utils import parameters_to_vector

from dlcourse.models.mlp import MLP

model = MLP(in_features=784, hidden_features=128, num_classes=10)
parameters = parameters_to_vector(model.parameters())
print(len(parameters))

hidden = 784 * 128 + 128  # weights + biases
output = 128 * 10 + 10
print(hidden + output)
