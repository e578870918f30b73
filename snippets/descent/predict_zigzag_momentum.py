"""The velocity on slopes that change their sign at each step."""

velocity = 0.0
slope = 1.0
for _ in range(200):
    velocity = 0.9 * velocity + slope
    slope = -slope

answer = round(abs(velocity), 2)
print(answer)
