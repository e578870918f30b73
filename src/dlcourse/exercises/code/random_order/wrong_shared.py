# the shared generator is changed
import torch


def random_order(count, seed):
    torch.manual_seed(seed)
    return torch.randperm(count)
