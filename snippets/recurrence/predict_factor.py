"""How much smaller is the gradient after ten more steps?"""

gradient = 1.0
gradients = []
for _ in range(20):
    gradient *= 0.5  # the slope of each step
    gradients.append(gradient)

answer = round(gradients[9] / gradients[19])
print(f"after 10 steps: {gradients[9]:.2e}")
print(f"after 20 steps: {gradients[19]:.2e}")
print("times smaller:", answer)
