"""Zero or one? Second way: the data choose the number in the rule."""

from sklearn.tree import DecisionTreeClassifier  # A PERSON: this kind of model

from dlcourse.data.digits import load_digits


def zeros_and_ones(split):
    """Return pictures as rows of 64 numbers from 0 to 16, and their digits."""
    chosen = split.labels < 2
    return split.images[chosen].flatten(1).float(), split.labels[chosen]


train, train_digits = zeros_and_ones(load_digits().train)
test, test_digits = zeros_and_ones(load_digits().test)

middle = [27, 28, 35, 36]  # A PERSON: look at the four pixels in the middle
ink = train[:, middle].mean(dim=1, keepdim=True)  # A PERSON: add up their ink
model = DecisionTreeClassifier(max_depth=1)  # A PERSON: more or less than what?
model.fit(ink, train_digits)  # THE DATA: than this
ink = test[:, middle].mean(dim=1, keepdim=True)  # A PERSON: add up their ink
answers = model.predict(ink)  # THE DATA

pairs = zip(answers.tolist(), test_digits.tolist(), strict=True)
num_right = sum(answer == digit for answer, digit in pairs)
print(num_right, "of", len(test), "right")
