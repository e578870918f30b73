# there is no loss yet
LINES = [
    "model.train()",
    "for images, labels in batches:",
    "    optimizer.zero_grad()",
    "    loss.backward()",
    "    loss = F.cross_entropy(model(images), labels)",
    "    optimizer.step()",
]
