# TODO: put the lines in an order that trains
LINES = [
    "    optimizer.step()",
    "    loss = F.cross_entropy(model(images), labels)",
    "for images, labels in batches:",
    "    loss.backward()",
    "model.train()",
    "    optimizer.zero_grad()",
]
