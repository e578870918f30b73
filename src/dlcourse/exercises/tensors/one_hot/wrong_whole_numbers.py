# another dtype
import torch


def one_hot(t, k):
    table = torch.zeros(len(t), k, dtype=torch.int64)
    rows = torch.arange(len(t))
    table[rows, t] = 1
    return table
