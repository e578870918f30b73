import torch


def random_order(count, seed):
    """Return the numbers 0 to count - 1 in an order that the seed determines."""
    order = torch.Generator()  # leaves the shared generator as it is
    order.manual_seed(seed)
    return torch.randperm(count, generator=order)
