# TODO: put the lines in an order that runs
LINES = [
    "grad_z = grad_y * y * (1 - y)",
    "y = sigmoid(z)",
    "grad_w = grad_z * x",
    "grad_y = 2 * (y - target)",
    "z = w * x + b",
    "loss = (y - target) ** 2",
    "grad_b = grad_z",
]
