"""How many of the 16 Boolean functions of two inputs can one neuron compute?"""

from itertools import product

corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
steps = [-1, -0.5, 0, 0.5, 1]
xor = (0, 1, 1, 0)  # the outputs at the four corners

found = set()
for w1, w2, b in product(steps, repeat=3):  # all 5 * 5 * 5 = 125 neurons
    outputs = []
    for x1, x2 in corners:
        z = w1 * x1 + w2 * x2 + b
        outputs.append(int(z > 0))
    found.add(tuple(outputs))  # a set keeps equal functions once

every_function = set(product([0, 1], repeat=4))  # 16 rows of four outputs
missing = sorted(every_function - found)
num_found = len(found)

print(f"found {num_found} of 16")
for function in missing:
    name = "XNOR"  # the opposite of XOR
    if function == xor:
        name = "XOR"
    print("missing", function, name)
