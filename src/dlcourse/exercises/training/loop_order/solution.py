LINES = [
    "model.train()",
    "for images, labels in batches:",
    "    loss = F.cross_entropy(model(images), labels)",
    "    optimizer.zero_grad()",  # anywhere but between the next two
    "    loss.backward()",
    "    optimizer.step()",
]
