# a line is missing
LINES = [
    "z = w * x + b",
    "y = sigmoid(z)",
    "grad_y = 2 * (y - target)",
    "grad_z = grad_y * y * (1 - y)",
    "grad_w = grad_z * x",
    "grad_b = grad_z",
]
