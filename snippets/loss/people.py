"""Three people, three images: the probability each gave the correct digit."""

from math import log

people = {
    "Ada": [0.90, 0.90, 0.40],
    "Ben": [0.60, 0.60, 0.01],
    "Cleo": [0.99, 0.45, 0.45],
}

print("       correct  cross-entropy")
loss = {}
for name, probabilities in people.items():
    num_correct = sum(p > 0.5 for p in probabilities)
    surprises = [-log(p) for p in probabilities]
    loss[name] = sum(surprises) / 3  # the mean
    print(f"{name:6}{num_correct:4} of 3{loss[name]:12.2f}")
assert loss["Ada"] < loss["Cleo"] < loss["Ben"]
