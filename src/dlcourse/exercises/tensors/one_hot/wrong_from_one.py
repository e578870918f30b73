# a column too far
import torch


def one_hot(t, k):
    table = torch.zeros(len(t), k)
    rows = torch.arange(len(t))
    table[rows, (t + 1) % k] = 1
    return table
