# a line interrupts the loop
LINES = [
    "for images, labels in batches:",
    "model.train()",
    "    loss = F.cross_entropy(model(images), labels)",
    "    optimizer.zero_grad()",
    "    loss.backward()",
    "    optimizer.step()",
]
