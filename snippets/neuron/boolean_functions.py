"""How many of the 16 Boolean functions of two inputs can one neuron be?"""

from itertools import product

corners = list(product([0, 1], repeat=2))  # (0,0) (0,1) (1,0) (1,1)
names = {(0, 1, 1, 0): "XOR", (1, 0, 0, 1): "XNOR"}

found = set()
for w1, w2, b in product([-1, -0.5, 0, 0.5, 1], repeat=3):
    found.add(tuple(int(w1 * x1 + w2 * x2 + b > 0) for x1, x2 in corners))
num_found = len(found)
missing = sorted(set(product([0, 1], repeat=4)) - found)

print(f"found {num_found} of 16")
for function in missing:
    print("missing", function, names[function])
