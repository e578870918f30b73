import torch


def to_device(batch, device):
    """Return a batch with all of its tensors on the device.

    batch: a tensor, a dict, list or tuple of batches, or anything else, which stays as it is.
    """
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {name: to_device(part, device) for name, part in batch.items()}
    if isinstance(batch, list | tuple):
        return type(batch)(to_device(part, device) for part in batch)
    return batch
