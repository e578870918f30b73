"""Zero or one? Second way: the data choose the number in the rule."""

import torch
from sklearn.tree import DecisionTreeClassifier  # A PERSON: this kind of model

from dlcourse.data.digits import load_digits


def zeros_and_ones(split):
    """Return images as rows of 64 numbers from 0 to 16, and their digits."""
    chosen = split.labels < 2
    images = split.images[chosen]
    return images.flatten(1).float(), split.labels[chosen]


digits = load_digits()
train, train_digits = zeros_and_ones(digits.train)
test, test_digits = zeros_and_ones(digits.test)

middle = [27, 28, 35, 36]  # A PERSON: look at the four pixels in the middle
train = train[:, middle].mean(dim=1, keepdim=True)  # A PERSON: mean ink
test = test[:, middle].mean(dim=1, keepdim=True)  # A PERSON: mean ink
model = DecisionTreeClassifier(max_depth=1)  # A PERSON: ask one question
model.fit(train, train_digits)  # THE DATA: where the limit is
answers = model.predict(test)  # THE DATA: above the limit, or below

is_correct = torch.as_tensor(answers) == test_digits
num_correct = int(is_correct.sum())
print(num_correct, "of", len(test), "correct")
