# training mode comes too late
LINES = [
    "for images, labels in batches:",
    "    loss = F.cross_entropy(model(images), labels)",
    "    optimizer.zero_grad()",
    "    loss.backward()",
    "    optimizer.step()",
    "model.train()",
]
