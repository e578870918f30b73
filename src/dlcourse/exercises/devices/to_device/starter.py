import torch


def to_device(batch, device):
    """Return a batch with all of its tensors on the device.

    batch: a tensor, a dict, list or tuple of batches, or anything else, which stays as it is.
    """
    # TODO: move a tensor, go through a dict, list or tuple, and return anything else
    raise NotImplementedError
