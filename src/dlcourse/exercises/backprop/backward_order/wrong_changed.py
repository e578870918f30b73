# a line is changed
LINES = [
    "z = w * x + b",
    "y = sigmoid(z)",
    "loss = (y - target) ** 2",
    "grad_y = 2 * (y - target)",
    "grad_z = 2 * (y - target) * y * (1 - y)",
    "grad_w = grad_z * x",
    "grad_b = grad_z",
]
