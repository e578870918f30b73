"""A return counts each later reward a tenth less."""

rewards = [0, 0, 0, 1]
discounted = 0.0
for reward in reversed(rewards):
    discounted = reward + 0.9 * discounted
print(f"{discounted:.3f} = {0.9**3:.3f}")
