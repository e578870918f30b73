# a number is drawn twice
import torch


def random_order(count, seed):
    order = torch.Generator()
    order.manual_seed(seed)
    return torch.randint(count, (count,), generator=order)
