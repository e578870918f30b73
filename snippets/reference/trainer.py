"""A whole run: settings, batches, a model, a trainer, and what it reports."""

import torch

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP
from dlcourse.training.config import TrainConfig
from dlcourse.training.trainer import Trainer

config = TrainConfig(epochs=3, batch_size=32, device="cpu")
digits = load_digits()
torch.manual_seed(config.seed)
where = {"max_value": digits.max_value, "device": torch.device("cpu")}
order = torch.Generator().manual_seed(config.seed)
batches = Batches(digits.train, config.batch_size, generator=order, **where)

trainer = Trainer(MLP(in_features=64), config)
trainer.fit(batches, Batches(digits.validation, 500, **where))

for progress in trainer.history:
    is_good = progress.figures["accuracy"] > 0.8
    print(f"epoch {progress.epoch}: more than 80% correct: {is_good}")
