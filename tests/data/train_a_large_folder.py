"""Train on a folder with a limit of memory; print what its images would take and what was taken.

The limit in MiB is the kernel's, for all memory that a process writes to. It begins after PyTorch
is imported.
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

folder = Path(sys.argv[1])
limit = int(sys.argv[2]) * 2**20  # bytes
is_streamed = sys.argv[3] == "streamed"
CPU = torch.device("cpu")
CONFIG = TrainConfig(epochs=1, augment="shift,flip", learning_rate=0.05, device="cpu")

torch.set_num_threads(1)
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
data = load_folder(folder, (160, 160), is_streamed)
generator = torch.Generator().manual_seed(0)
batches = Batches(
    data.train, 64, max_value=255, device=CPU, generator=generator, augment=CONFIG.augment
)
network = nn.Sequential(nn.AvgPool2d(16), nn.Flatten(), nn.Linear(300, 10))
trainer = Trainer(network, CONFIG)
trainer.fit(batches, Batches(data.validation, 64, max_value=255, device=CPU))
num_images = len(data.train) + len(data.validation) + len(data.test)
told = {
    "images": num_images,
    "decoded_mib": num_images * 3 * 160 * 160 / 2**20,
    "most_resident_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "accuracy": trainer.history[-1].figures["accuracy"],
}
print(json.dumps(told))
