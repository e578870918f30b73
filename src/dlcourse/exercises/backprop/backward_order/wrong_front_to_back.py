# a slope is missing
LINES = [
    "z = w * x + b",
    "y = sigmoid(z)",
    "loss = (y - target) ** 2",
    "grad_w = grad_z * x",
    "grad_b = grad_z",
    "grad_z = grad_y * y * (1 - y)",
    "grad_y = 2 * (y - target)",
]
