"""How many steps does it take to give up a wrong answer?"""

from dlcourse.scratch.value import Value


def cross_entropy(p):
    """Return the loss when the correct answer is yes."""
    return -p.log()


def squared_error(p):
    """Return the loss when the correct answer is yes, that is, 1."""
    return (p - 1) ** 2


steps = {}
for loss_fn in (cross_entropy, squared_error):
    z = Value(-8)  # a logit: the sigmoid of -8 is a confident no
    num_steps = 0
    while z.data < 0:
        z.grad = 0.0
        loss = loss_fn(z.sigmoid())
        loss.backward()
        z.data -= 1.0 * z.grad  # learning rate 1
        num_steps += 1
    name = loss_fn.__name__
    steps[name] = num_steps
    print(f"{name}: {num_steps} steps")
