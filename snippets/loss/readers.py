"""Three readers, three pictures: the probability each gave the right digit."""

from math import log

readers = {
    "Ada": [0.90, 0.90, 0.40],
    "Ben": [0.60, 0.60, 0.01],
    "Cleo": [0.99, 0.45, 0.45],
}

print("       right  cross-entropy")
loss = {}
for name, probabilities in readers.items():
    num_right = sum(p > 0.5 for p in probabilities)
    loss[name] = sum(-log(p) for p in probabilities) / 3
    print(f"{name:6}{num_right:2} of 3{loss[name]:10.2f}")
assert loss["Ada"] < loss["Cleo"] < loss["Ben"]
