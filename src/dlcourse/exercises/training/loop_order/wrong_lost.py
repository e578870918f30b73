# a line is missing
LINES = [
    "model.train()",
    "for images, labels in batches:",
    "    loss = F.cross_entropy(model(images), labels)",
    "    loss.backward()",
    "    optimizer.step()",
]
