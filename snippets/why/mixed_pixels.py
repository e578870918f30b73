"""The same pages and network, but neighbors are no longer neighbors."""

import torch
from torch.nn.functional import pad

from dlcourse.data.digits import load_digits
from dlcourse.models.cnn import CNN
from dlcourse.training.loop import evaluate, train_epoch

torch.manual_seed(0)
cpu, digits, pages = torch.device("cpu"), load_digits(), []
pictures = torch.cat([digits.train.images, digits.test.images]) / 16
for picture in pictures.double():  # 8 x 8, onto a page of 14 x 14
    row, column = torch.randint(7, (2,)).tolist()
    pages.append(pad(picture, (column, 6 - column, row, 6 - row)))
mix = torch.randperm(14 * 14)  # one new order of the pixels, for all pages
pages = torch.stack(pages).flatten(1)[:, mix].reshape(-1, 1, 14, 14)
x, new = pages.split([len(digits.train), len(digits.test)])
y, new_y = digits.train.labels, digits.test.labels

network = CNN().double()
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(8):
    order = torch.randperm(len(y)).split(64)
    train_epoch(network, [(x[i], y[i]) for i in order], optimizer, cpu)
score = evaluate(network, [(new, new_y)], cpu)[1]
print(f"CNN on mixed pixels{score:9.2f}")
