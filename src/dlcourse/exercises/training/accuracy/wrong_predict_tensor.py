# not a number and a number
import torch


def accuracy(model, batches):
    was_training = model.training
    model.eval()
    num_correct = 0
    num_examples = 0
    with torch.no_grad():
        for images, labels in batches:
            classes = model(images).argmax(dim=1)
            num_correct += (classes == labels).sum().item()
            num_examples += len(labels)
    model.train(was_training)
    return num_correct / num_examples


def save(model, path):
    torch.save(model.state_dict(), path)


def predict(model, path, image):
    model.load_state_dict(torch.load(path, weights_only=True))
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    probabilities = logits.softmax(dim=1)
    return probabilities.argmax(), probabilities.max().item()
