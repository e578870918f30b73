"""From noise to a picture: guess it, go a bit towards the guess, repeat."""

import matplotlib.pyplot as plt
import torch

from dlcourse.data.digits import load_digits

clean = load_digits().train.images.flatten(1).double() / 8 - 1  # (pictures, 64)
num_steps, random = 20, torch.Generator().manual_seed(3)
pictures = torch.randn(6, 64, generator=random).double()
frames = [pictures]
for step in range(num_steps):
    t = step / num_steps  # noisy picture = t clean + (1 - t) noise
    distances = torch.cdist(pictures, t * clean) ** 2  # (6, pictures)
    probabilities = (-distances / (2 * (1 - t) ** 2)).softmax(dim=1)
    guess = probabilities @ clean  # (6, 64): no guess has less squared error
    pictures = pictures + (guess - pictures) / (num_steps - step)
    frames.append(pictures)

figure, axes = plt.subplots(4, 6, figsize=(3.6, 2.6))
for row, step in zip(axes, (0, 10, 15, 20), strict=True):
    row[0].set_ylabel(f"step {step}", color="black")
    for axis, picture in zip(row, frames[step], strict=True):
        axis.imshow(picture.view(8, 8), cmap="gray_r", vmin=-1, vmax=1)
        axis.set(xticks=[], yticks=[])
plt.show()
copies = (torch.cdist(pictures, clean).min(dim=1).values < 1e-6).sum().item()
print(f"copies of a training picture: {copies} of {len(pictures)}")
