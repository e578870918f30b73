"""What does a code with the means 3 and 0 cost?"""

import math

means = [3.0, 0.0]
deviations = [1.0, 1.0]
answer = 0.0
for mean, deviation in zip(means, deviations, strict=True):
    variance = deviation**2
    cost = (mean**2 + variance - 1 - math.log(variance)) / 2
    print(f"mean {mean}, standard deviation {deviation}: {cost} nats")
    answer += cost
print("divergence:", answer)
