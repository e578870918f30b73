"""A complete program: data, network, both loops, curve, file, prediction."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from dlcourse.data.digits import load_digits

torch.manual_seed(0)  # initial weights and order of the images

# Data: bytes from 0 to 16 become floats from 0 to 1.
digits = load_digits()
train_set = TensorDataset(digits.train.images / 16, digits.train.labels)
new_images = digits.validation.images / 16  # (143, 1, 8, 8)
validation_set = TensorDataset(new_images, digits.validation.labels)
train_batches = DataLoader(train_set, batch_size=64, shuffle=True)
validation_batches = DataLoader(validation_set, batch_size=64)


class TwoLayers(nn.Module):
    """64 pixels, 32 hidden units, ten classes."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(64, 32)
        self.output = nn.Linear(32, 10)

    def forward(self, images):
        """Return ten logits for each image."""
        x = images.flatten(start_dim=1)  # (batch, 64)
        x = self.hidden(x).relu()  # (batch, 32)
        return self.output(x)  # (batch, 10)


network = TwoLayers()
optimizer = torch.optim.AdamW(network.parameters(), lr=0.01)
num_train = len(train_set)
num_updates = len(train_batches)  # in each epoch

training_losses = []
validation_losses = []
for epoch in range(1, 11):
    # The training loop: every image once.
    network.train()
    total_loss = 0.0
    for images, labels in train_batches:
        loss = F.cross_entropy(network(images), labels)  # 1
        optimizer.zero_grad()  # 2
        loss.backward()  # 3
        optimizer.step()  # 4
        total_loss += loss.item() * len(labels)  # the last batch is smaller
    training_losses.append(total_loss / num_train)

    # The validation loop: measure on other images, and learn nothing.
    network.eval()
    total_loss = 0.0
    num_correct = 0
    with torch.no_grad():
        for images, labels in validation_batches:
            logits = network(images)
            loss = F.cross_entropy(logits, labels)
            total_loss += loss.item() * len(labels)
            num_correct += (logits.argmax(dim=1) == labels).sum().item()
    validation_losses.append(total_loss / len(validation_set))
    accuracy = num_correct / len(validation_set)

    print(f"epoch {epoch:2}: training loss {training_losses[-1]:.2f}, ", end="")
    print(f"validation loss {validation_losses[-1]:.2f}, ", end="")
    print(f"accuracy {accuracy:.2f}")

# Save the parameters, and load them into a fresh network of the same class.
torch.save(network.state_dict(), "two_layers.pt")
fresh = TwoLayers()
fresh.load_state_dict(torch.load("two_layers.pt", weights_only=True))
fresh.eval()
with torch.no_grad():
    is_equal = torch.equal(fresh(new_images), network(new_images))
print("equal predictions after loading:", is_equal)

# Predict one image: a batch of one.
image = digits.test.images[0] / 16  # (1, 8, 8)
with torch.no_grad():
    logits = fresh(image.unsqueeze(0))  # (1, 10)
print("predicted:", logits.argmax(dim=1).item(), end=", ")
print("label:", digits.test.labels[0].item())

epochs = range(1, 11)
plt.figure(figsize=(3.6, 2.6))
plt.plot(epochs, training_losses, "C0", label="training")
plt.plot(epochs, validation_losses, "C1--", label="validation")
plt.xlabel("epoch")
plt.ylabel("loss")
plt.ylim(bottom=0)
plt.legend()
plt.show()
