"""What a lower bias does to the nine gradients."""

from dlcourse.scratch.value import Value

names = ["w11", "w12", "b1", "w21", "w22", "b2", "v1", "v2", "c"]
numbers = [-1, 1, -2, 2, 1, -2, 2, -1, -1]  # b1 was 2
parameters = [Value(number) for number in numbers]
w11, w12, b1, w21, w22, b2, v1, v2, c = parameters

h1 = (w11 * 2 + w12 * 3 + b1).relu()
h2 = (w21 * 2 + w22 * 3 + b2).relu()
y = (v1 * h1 + v2 * h2 + c).sigmoid()
loss = (y - 1) ** 2
loss.backward()

gradients = {name: p.grad for name, p in zip(names, parameters, strict=True)}
print("zero:", *[name for name in names if gradients[name] == 0])
largest = max(abs(gradient) for gradient in gradients.values())
print(f"loss {loss.data:.3f}, largest gradient {largest:.3f}")
