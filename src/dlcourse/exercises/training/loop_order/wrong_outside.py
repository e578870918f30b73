# a line of the loop stands before it
LINES = [
    "model.train()",
    "    optimizer.zero_grad()",
    "for images, labels in batches:",
    "    loss = F.cross_entropy(model(images), labels)",
    "    loss.backward()",
    "    optimizer.step()",
]
