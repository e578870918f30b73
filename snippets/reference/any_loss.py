"""A task without classes: remove noise from digits, by mean squared error."""

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

noisy_batches = noisy.split(32)
clean_batches = clean.split(32)
batches = list(zip(noisy_batches, clean_batches, strict=True))
train = batches[:36]
validation = batches[36:]

network = nn.Sequential(
    nn.Conv2d(1, 32, kernel_size=3, padding=1),
    nn.ReLU(),
    nn.Conv2d(32, 1, kernel_size=3, padding=1),
)
config = TrainConfig(epochs=5, device="cpu")
trainer = Trainer(network, config, loss_fn=F.mse_loss)
trainer.fit(train, validation)

figures = trainer.history[-1].figures
print(f"error before: {0.3**2:.2f}")
print(f"error after:  {figures['loss']:.2f}")
print("figures:", list(figures))
