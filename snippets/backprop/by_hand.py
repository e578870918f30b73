"""One forward and one backward pass through a 2-2-1 network, by hand."""

from math import exp

x1, x2, target = 2, 3, 1
w11, w12, b1 = -1, 1, 2  # into hidden unit 1
w21, w22, b2 = 2, 1, -2  # into hidden unit 2
v1, v2, c = 2, -1, -1  # into the output

h1 = max(0, w11 * x1 + w12 * x2 + b1)  # relu
h2 = max(0, w21 * x1 + w22 * x2 + b2)
logit = v1 * h1 + v2 * h2 + c
y = 1 / (1 + exp(-logit))  # sigmoid
loss = (y - target) ** 2

grad_y = 2 * (y - target)
sigmoid_slope = y * (1 - y)
grad_logit = grad_y * sigmoid_slope
grad_v1, grad_v2, grad_c = grad_logit * h1, grad_logit * h2, grad_logit
grad_h1, grad_h2 = grad_logit * v1, grad_logit * v2
grad_z1, grad_z2 = grad_h1 * (h1 > 0), grad_h2 * (h2 > 0)  # slope 1 or 0
grad_w11, grad_w12, grad_b1 = grad_z1 * x1, grad_z1 * x2, grad_z1
grad_w21, grad_w22, grad_b2 = grad_z2 * x1, grad_z2 * x2, grad_z2

print(f"h1 = {h1}, h2 = {h2}, y = {y}, loss = {loss}")
print("v1,  v2,  c: ", grad_v1, grad_v2, grad_c)
print("w11, w12, b1:", grad_w11, grad_w12, grad_b1)
print("w21, w22, b2:", grad_w21, grad_w22, grad_b2)
