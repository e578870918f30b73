"""What a lower bias does to the nine slopes."""

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

print("zero:", end="")
for name, parameter in zip(names, parameters, strict=True):
    if parameter.grad == 0:
        print(f" {name}", end="")
print()
sizes = [abs(parameter.grad) for parameter in parameters]
steepest = max(sizes)
print(f"loss {loss.data:.3f}, steepest slope {steepest:.3f}")
