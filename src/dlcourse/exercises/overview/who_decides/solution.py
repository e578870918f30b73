def who_decides(program, first, second):
    """Return "person" or "data" for each name of a program such as train.

    def train(images, labels):
        middle = [2, 3]
        learning_rate = 0.05
        steps = 400
        weight = 0.0
        bias = 0.0
        for _ in range(steps):
            for image, label in zip(images, labels):
                ink = sum(image[pixel] for pixel in middle) / len(middle)
                error = weight * ink + bias - label  # the loss is its square
                weight -= learning_rate * error * ink
                bias -= learning_rate * error
        limit = (0.5 - bias) / weight  # above or below it, the answer changes
        return {
            "steps": steps,
            "middle": middle,
            "learning_rate": learning_rate,
            "weight": weight,
            "bias": bias,
            "limit": limit,
        }
    """
    images, labels = first
    values = program(images, labels)
    images, labels = second
    others = program(images, labels)
    deciders = {}
    for name in values:
        if values[name] == others[name]:
            deciders[name] = "person"  # the same with all data, as it is written
        else:
            deciders[name] = "data"
    return deciders
