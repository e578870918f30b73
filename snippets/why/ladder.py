"""Climb from simple to complex, and stop where it is good enough."""

from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from dlcourse.data.digits import load_digits

good_enough = 0.93  # decided before looking
ladder = {
    "most frequent digit": DummyClassifier(),
    "straight lines": LogisticRegression(),
    "boosted trees": HistGradientBoostingClassifier(),
    "network": MLPClassifier(random_state=0),
}

digits = load_digits()
x = digits.train.images.flatten(1).double() / 16  # (images, 64)
new_x = digits.validation.images.flatten(1).double() / 16
for name, model in ladder.items():
    model.fit(x, digits.train.labels)
    accuracy = model.score(new_x, digits.validation.labels)
    print(f"{name:<20}{accuracy:5.0%}")
    if accuracy > good_enough:
        print("good enough: stop here")
        break
