# always the same order
import torch


def random_order(count, seed):
    order = torch.Generator()
    order.manual_seed(0)
    return torch.randperm(count, generator=order)
