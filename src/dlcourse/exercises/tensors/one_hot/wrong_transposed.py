# rows and columns are swapped
import torch


def one_hot(t, k):
    table = torch.zeros(len(t), k)
    rows = torch.arange(len(t))
    table[rows, t] = 1
    return table.T
