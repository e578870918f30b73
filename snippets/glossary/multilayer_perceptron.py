"""784 pixels, 128 hidden neurons, 10 classes: count the parameters."""

from dlcourse.models.mlp import MLP

model = MLP(in_features=784, hidden_features=128, num_classes=10)
by_hand = (784 * 128 + 128) + (128 * 10 + 10)  # weights + biases
print(by_hand, sum(parameter.numel() for parameter in model.parameters()))
