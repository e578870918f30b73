"""Train on a folder within so many MiB of memory; print what its images would take and what was taken.

The limit is the kernel's, for all memory that a process writes to; it begins after PyTorch is imported.
"""

import json
import resource
import sys
from pathlib import Path

import torch
from torch import nn

from dlcourse.data.batches import Batches
from dlcourse.data.folders import load_folder
from dlcourse.training.config import TrainConfig
from dlcourse.training.trainer import Trainer

folder, mebibytes, is_streamed = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "streamed"
CPU = torch.device("cpu")
CONFIG = TrainConfig(epochs=1, augment="shift,flip", learning_rate=0.05, device="cpu")

torch.set_num_threads(1)
resource.setrlimit(resource.RLIMIT_DATA, (mebibytes * 2**20, mebibytes * 2**20))
data = load_folder(folder, (160, 160), is_streamed)
generator = torch.Generator().manual_seed(0)
batches = Batches(
    data.train, 64, max_value=255, device=CPU, generator=generator, augment=CONFIG.augment
)
trainer = Trainer(nn.Sequential(nn.AvgPool2d(16), nn.Flatten(), nn.Linear(300, 10)), CONFIG)
trainer.fit(batches, Batches(data.validation, 64, max_value=255, device=CPU))
images = len(data.train) + len(data.validation) + len(data.test)
told = {
    "images": images,
    "decoded_mib": images * 3 * 160 * 160 / 2**20,
    "most_resident_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "accuracy": trainer.history[-1].validation_accuracy,
}
print(json.dumps(told))
