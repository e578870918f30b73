# the seed is not used
import torch


def random_order(count, seed):
    order = torch.Generator()
    order.seed()
    return torch.randperm(count, generator=order)
