"""Three steps of gradient descent on 5w², with the learning rate 0.3."""

w = 1.0
for _ in range(3):
    slope = 10 * w  # the slope of 5w²
    w = w - 0.3 * slope

answer = round(w, 3)
print(answer)
