"""The idea of `dlcourse train mlp`: a network learns to classify digits."""

import torch

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch

torch.manual_seed(0)
device = torch.device("cpu")  # the ordinary processor
digits = load_digits()
order = torch.Generator().manual_seed(0)  # of the training images
train = Batches(digits.train, 32, max_value=16, device=device, generator=order)
test = Batches(digits.test, 359, max_value=16, device=device)  # one batch

model = MLP(in_features=64)  # 64 pixels in, one number for each digit out
optimizer = torch.optim.AdamW(model.parameters(), lr=0.003)
for _ in range(20):
    train_epoch(model, train, optimizer, device)

loss, accuracy = evaluate(model, test, device)
print("more than 95% of the test images correct:", accuracy > 0.95)

images, labels = next(iter(test))
outputs = model(images[3:4])  # (1, 10): the image above, as a batch of one
print("the image above is classified as", outputs.argmax().item())

num_train = len(digits.train)
num_test = len(digits.test)
num_images = num_train + len(digits.validation) + num_test
