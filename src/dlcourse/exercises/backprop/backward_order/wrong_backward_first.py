# a forward value is missing
LINES = [
    "grad_y = 2 * (y - target)",
    "grad_z = grad_y * y * (1 - y)",
    "grad_w = grad_z * x",
    "grad_b = grad_z",
    "z = w * x + b",
    "y = sigmoid(z)",
    "loss = (y - target) ** 2",
]
