"""Count the slopes that are not 0 in a network of zeros."""

from dlcourse.scratch.value import Value

w11, w12, b1, w21, w22, b2, v1, v2, c = [Value(0.0) for _ in range(9)]

h1 = (2 * w11 + 3 * w12 + b1).tanh()
h2 = (2 * w21 + 3 * w22 + b2).tanh()
logit = v1 * h1 + v2 * h2 + c
loss = (logit.sigmoid() - 1) ** 2
loss.backward()

parameters = [w11, w12, b1, w21, w22, b2, v1, v2, c]
answer = sum(parameter.grad != 0 for parameter in parameters)
print(answer)
