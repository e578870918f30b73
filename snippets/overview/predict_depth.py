"""Depth counts the layers with weights."""

layers = ["Linear", "ReLU", "Linear", "ReLU", "Linear", "Softmax"]
with_weights = [name for name in layers if name == "Linear"]
answer = len(with_weights)
print(answer)
