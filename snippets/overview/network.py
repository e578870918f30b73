"""Zero or one? Third way: the data choose what to look at, too."""

import torch
from torch import nn  # A PERSON: this kind of model

from dlcourse.data.digits import load_digits


def zeros_and_ones(split):
    """Return images as rows of 64 numbers from 0 to 16, and their digits."""
    chosen = split.labels < 2
    images = split.images[chosen]
    return images.flatten(1).float(), split.labels[chosen]


digits = load_digits()
train, train_digits = zeros_and_ones(digits.train)
test, test_digits = zeros_and_ones(digits.test)

torch.manual_seed(0)  # A PERSON: which random weights to start from
model = nn.Sequential(  # A PERSON: layers, one after the other
    nn.Linear(64, 8),  # A PERSON: 64 pixels become 8 features
    nn.ReLU(),  # A PERSON: negative features become 0
    nn.Linear(8, 8),  # A PERSON: 8 features become 8 new ones
    nn.ReLU(),  # A PERSON: negative ones become 0
    nn.Linear(8, 2),  # A PERSON: two scores, for zero and for one
)  # A PERSON: no more layers
optimizer = torch.optim.Adam(  # A PERSON: how to move the weights
    model.parameters(),  # A PERSON: all of them
    lr=0.01,  # A PERSON: by small steps
)  # A PERSON
for _ in range(50):  # A PERSON: how many steps
    scores = model(train)  # THE DATA: the model's answers so far
    loss = nn.functional.cross_entropy(  # A PERSON: what counts as wrong
        scores,  # THE DATA
        train_digits,  # THE DATA: the correct answers
    )  # A PERSON
    optimizer.zero_grad()  # A PERSON: forget the slopes of the last step
    loss.backward()  # THE DATA: the slope of the loss for each weight
    optimizer.step()  # THE DATA: which way each weight moves
answers = model(test).argmax(dim=1)  # THE DATA: the higher of two scores

is_correct = torch.as_tensor(answers) == test_digits
num_correct = int(is_correct.sum())
print(num_correct, "of", len(test), "correct")
