"""The idea of `dlcourse train mlp`: a network learns to read digits."""

import torch

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch

torch.manual_seed(0)
device = torch.device("cpu")
digits = load_digits()
order = torch.Generator().manual_seed(0)
train = Batches(digits.train, 32, max_value=16, device=device, generator=order)
test = Batches(digits.test, len(digits.test), max_value=16, device=device)

model = MLP(in_features=64)
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
for _ in range(20):
    train_epoch(model, train, optimizer, device)

loss, accuracy = evaluate(model, test, device)
images, labels = next(iter(test))
picture = images[3:4]  # (1, 1, 8, 8): a batch of one
for row in picture[0, 0]:
    print("".join(" .:+#"[int(4 * ink)] * 2 for ink in row).rstrip())
print("the network reads:", model(picture).argmax().item())
print("more than 95 % of the test pictures right:", accuracy > 0.95)
num_train, num_test = len(digits.train), len(digits.test)
num_pictures = num_train + len(digits.validation) + num_test
