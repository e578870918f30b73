"""A network that learns to predict noise in digits, and its new digits."""

import torch
import torch.nn.functional as F

from dlcourse.data.digits import load_digits
from dlcourse.models.diffusion import Diffusion
from dlcourse.tasks.noising import add_noise, make_schedule, remove_noise

digits = load_digits()
clean = digits.train.images.float() / 8 - 1  # (1295, 1, 8, 8), from -1 to 1
share = make_schedule()

torch.manual_seed(0)
network = Diffusion(channels=8)  # a U-Net
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(150):
    batch = clean[torch.randint(len(clean), (64,))]
    step = torch.randint(1, 1001, (64,))
    noise = torch.randn_like(batch)
    noisy = add_noise(batch, noise, share[step])
    loss = F.mse_loss(network(noisy, step / 1000), noise)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

start = torch.randn(100, 1, 8, 8)
frames = remove_noise(
    network,
    start,
    num_steps=50,
    limit=1,
)  # 51 tensors
held_out = digits.validation.images.float() / 8 - 1  # not trained on

print("                   copies  median distance to a training image")
sets = {"noise": start, "samples": frames[-1], "held-out digits": held_out}
medians = {}
for name, images in sets.items():
    distances = torch.cdist(images.flatten(1), clean.flatten(1))
    nearest = distances.min(dim=1).values
    copies = (nearest < 0.5).sum()
    medians[name] = nearest.median().item()
    print(f"{name:18}{copies:3} of {len(images)}{medians[name]:12.1f}")
