"""One step in which the gradient is set to zero before it is used."""

from dlcourse.scratch.value import Value

w = Value(2.0)
loss = w * w
loss.backward()
w.grad = 0.0  # zero_grad(), in the wrong place
w.data = w.data - 0.1 * w.grad  # step()

answer = abs(w.data - 2.0)
print(answer)
