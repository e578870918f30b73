import torch


def accuracy(model, batches):
    """Return the share of all examples that the model classifies correctly.

    model(images) gives logits (batch, classes); labels have the shape (batch,).
    """
    was_training = model.training
    model.eval()
    num_correct = 0
    num_examples = 0
    with torch.no_grad():
        for images, labels in batches:
            classes = model(images).argmax(dim=1)  # the largest logit of each row
            num_correct += (classes == labels).sum().item()
            num_examples += len(labels)
    model.train(was_training)
    return num_correct / num_examples


def save(model, path):
    """Write the model's state dictionary to the file path."""
    torch.save(model.state_dict(), path)


def predict(model, path, image):
    """Load the file into the model; return the image's class and its probability.

    model takes a batch of images; image has no axis for the batch.
    """
    model.load_state_dict(torch.load(path, weights_only=True))
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))  # a batch of one
    probabilities = logits.softmax(dim=1)
    return probabilities.argmax().item(), probabilities.max().item()
