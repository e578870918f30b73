"""What does the best denoiser guess from noise alone?"""

import math

images = [-1.0, 0.0, 4.0]
share = 0.00001  # almost nothing of the image is left
noisy = 0.7

likelihoods = []
for image in images:
    distance = (noisy - math.sqrt(share) * image) ** 2
    likelihoods.append(math.exp(-distance / (2 * (1 - share))))

guess = 0.0
for likelihood, image in zip(likelihoods, images, strict=True):
    weight = likelihood / sum(likelihoods)
    guess += weight * image
    print(f"image {image}: weight {weight:.2f}")
answer = round(guess, 1)
print("guess:", answer)
