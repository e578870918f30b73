"""A step that is too long passes the lowest point."""

learning_rate = 1
w = 3
slope = 2 * w  # the slope of w ** 2

w_after = w - learning_rate * slope
answer = w_after**2
print(answer)
assert (w - 0.5 * slope) ** 2 == 0  # half of this step reaches the lowest point
