"""How many edges and parameters does a fully connected network have?"""

from dlcourse.models.lenet import LeNet

networks = [
    [2, 2, 1],
    [784, 30, 10],
    [784, 16, 16, 10],
    [784, 128, 10],
]
parameters = {}  # how many, by the name of the network

print("network         units    edges  parameters")
for sizes in networks:
    num_units = sum(sizes)
    num_edges = 0
    num_biases = 0
    for index in range(1, len(sizes)):  # 0 is the input layer
        before = sizes[index - 1]
        after = sizes[index]
        num_edges += before * after
        num_biases += after
    name = "-".join(str(size) for size in sizes)
    parameters[name] = num_edges + num_biases
    print(f"{name:<14}{num_units:7}{num_edges:9,}{parameters[name]:12,}")

# PyTorch counts the numbers of each parameter tensor with numel
lenet = 0
for tensor in LeNet().parameters():
    lenet += tensor.numel()
print(f"LeNet{lenet:37,}")

num_units = 784 + 128 + 10
per_unit = parameters["784-128-10"] / num_units
num_bytes = 4 * parameters["784-128-10"]  # float32: 4 bytes each
print(f"784-128-10 in float32: {num_bytes:,} bytes")
assert parameters["2-2-1"] == (2 + 1) * 2 + (2 + 1) * 1
