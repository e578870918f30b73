"""One forward and one backward pass through a 2-2-1 network, by hand."""

from math import exp

x1 = 2
x2 = 3
target = 1
# Into hidden unit 1
w11 = -1
w12 = 1
b1 = 2
# Into hidden unit 2
w21 = 2
w22 = 1
b2 = -2
# Into the output
v1 = 2
v2 = -1
c = -1

# Forward: from the inputs to the loss
z1 = w11 * x1 + w12 * x2 + b1
z2 = w21 * x1 + w22 * x2 + b2
h1 = max(0, z1)  # relu
h2 = max(0, z2)
logit = v1 * h1 + v2 * h2 + c
y = 1 / (1 + exp(-logit))  # sigmoid
loss = (y - target) ** 2

# Backward: from the loss to the parameters. grad_y is the slope of the loss
# when y is nudged, and so on.
grad_y = 2 * (y - target)
sigmoid_slope = y * (1 - y)
grad_logit = grad_y * sigmoid_slope

grad_v1 = grad_logit * h1
grad_v2 = grad_logit * h2
grad_c = grad_logit
grad_h1 = grad_logit * v1
grad_h2 = grad_logit * v2

grad_z1 = grad_h1 * (z1 > 0)  # the slope of relu: 1 if z1 > 0, else 0
grad_z2 = grad_h2 * (z2 > 0)
grad_w11 = grad_z1 * x1
grad_w12 = grad_z1 * x2
grad_b1 = grad_z1
grad_w21 = grad_z2 * x1
grad_w22 = grad_z2 * x2
grad_b2 = grad_z2

print(f"h1 = {h1}, h2 = {h2}, y = {y}, loss = {loss}")
print("v1,  v2,  c: ", grad_v1, grad_v2, grad_c)
print("w11, w12, b1:", grad_w11, grad_w12, grad_b1)
print("w21, w22, b2:", grad_w21, grad_w22, grad_b2)
