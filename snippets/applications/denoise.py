"""From noise to an image: guess it, go a bit towards the guess, repeat."""

import matplotlib.pyplot as plt
import torch

from dlcourse.data.digits import load_digits

clean = load_digits().train.images.flatten(1).double()  # (images, 64)
clean = clean / 8 - 1  # from -1 to 1
random = torch.Generator().manual_seed(3)
images = torch.randn(6, 64, generator=random).double()  # nothing but noise

num_steps = 20
frames = [images]
for step in range(num_steps):
    t = step / num_steps  # noisy image = t clean + (1 - t) noise
    # How probable is each clean image, given the noisy one?
    distances = torch.cdist(images, t * clean)  # (6, images)
    scores = -(distances**2) / (2 * (1 - t) ** 2)
    probabilities = scores.softmax(dim=1)
    guess = probabilities @ clean  # (6, 64): no guess has less squared error
    images = images + (guess - images) / (num_steps - step)
    frames.append(images)

figure, axes = plt.subplots(4, 6, figsize=(3.6, 2.6))
for row, step in zip(axes, (0, 10, 15, 20), strict=True):
    row[0].set_ylabel(f"step {step}", color="black")
    for axis, image in zip(row, frames[step], strict=True):
        axis.imshow(image.view(8, 8), cmap="gray_r", vmin=-1, vmax=1)
        axis.set(xticks=[], yticks=[])
plt.show()

nearest = torch.cdist(images, clean).min(dim=1).values
copies = int((nearest < 1e-6).sum())
print(f"copies of a training image: {copies} of {len(images)}")
