# the step comes before the gradients
LINES = [
    "model.train()",
    "for images, labels in batches:",
    "    loss = F.cross_entropy(model(images), labels)",
    "    optimizer.zero_grad()",
    "    optimizer.step()",
    "    loss.backward()",
]
