"""No classes: a network that takes noise off digits, by mean squared error."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.config import TrainConfig
from dlcourse.training.trainer import Trainer

digits = load_digits()
clean = digits.train.images.float() / digits.max_value  # (1295, 1, 8, 8)
torch.manual_seed(0)
noisy = clean + 0.3 * torch.randn_like(clean)
batches = list(zip(noisy.split(32), clean.split(32), strict=True))
train, validation = batches[:36], batches[36:]

inward = nn.Conv2d(1, 32, kernel_size=3, padding=1)
outward = nn.Conv2d(32, 1, kernel_size=3, padding=1)
network = nn.Sequential(inward, nn.ReLU(), outward)
config = TrainConfig(epochs=5, device="cpu")
trainer = Trainer(network, config, loss_fn=F.mse_loss)
trainer.fit(train, validation)

figures = trainer.history[-1].figures
print(f"as it came: {0.3**2:.2f}")
print(f"cleaned:    {figures['loss']:.2f}")
print(f"figures:    {', '.join(figures)}")
