"""A complete run: settings, batches, a model, a trainer, and its history."""

import torch

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP
from dlcourse.training.config import TrainConfig
from dlcourse.training.trainer import Trainer

config = TrainConfig(epochs=3, batch_size=32, device="cpu")
digits = load_digits()
device = torch.device("cpu")
batches = Batches(
    digits.train,
    config.batch_size,
    max_value=digits.max_value,
    device=device,
    generator=torch.Generator().manual_seed(config.seed),
)
validation = Batches(
    digits.validation,
    batch_size=500,
    max_value=digits.max_value,
    device=device,
)

torch.manual_seed(config.seed)
trainer = Trainer(MLP(in_features=64), config)
trainer.fit(batches, validation)

for progress in trainer.history:
    is_good = progress.figures["accuracy"] > 0.8
    print(f"epoch {progress.epoch}: more than 80% correct: {is_good}")
