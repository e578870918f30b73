"""How many steps does it take to give up a wrong opinion?"""

from dlcourse.scratch.value import Value

losses = {
    "cross-entropy": lambda p: -p.log(),
    "squared error": lambda p: (p - 1) ** 2,
}
steps = {}
for name, loss in losses.items():
    z, num_steps = Value(-8), 0  # sure of "no"; right is "yes"
    while z.data < 0:
        z.grad = 0.0
        loss(z.sigmoid()).backward()
        z.data -= 1.0 * z.grad
        num_steps += 1
    steps[name] = num_steps
    print(f"{name}: {num_steps} steps")
