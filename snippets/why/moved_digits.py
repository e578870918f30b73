"""Digits at random places of a larger page: who still reads them?"""

import torch
from sklearn import ensemble, linear_model
from torch.nn.functional import pad

from dlcourse.data.digits import load_digits
from dlcourse.models.cnn import CNN
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch

torch.manual_seed(0)
cpu, digits, pages = torch.device("cpu"), load_digits(), []
pictures = torch.cat([digits.train.images, digits.test.images]) / 16
for picture in pictures.double():  # 8 x 8, onto a page of 14 x 14
    row, column = torch.randint(7, (2,)).tolist()
    pages.append(pad(picture, (column, 6 - column, row, 6 - row)))
x, new = torch.stack(pages).split([len(digits.train), len(digits.test)])
y, new_y = digits.train.labels, digits.test.labels
forest = ensemble.RandomForestClassifier(random_state=0)
for model in (linear_model.LogisticRegression(), forest):
    score = model.fit(x.flatten(1), y).score(new.flatten(1), new_y)
    print(f"{type(model).__name__:<24}{score:.1f}")
for network in (MLP(14 * 14).double(), CNN().double()):
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(8):
        order = torch.randperm(len(y)).split(64)
        train_epoch(network, [(x[i], y[i]) for i in order], optimizer, cpu)
    score = evaluate(network, [(new, new_y)], cpu)[1]
    print(f"{type(network).__name__:<24}{score:.1f}")
