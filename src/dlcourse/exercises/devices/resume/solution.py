import copy

import torch


def pack(model, optimizer, step):
    """Return a checkpoint: a dict of plain values and tensors that training cannot change."""
    return {
        "model": copy.deepcopy(model.state_dict()),
        "optimizer": copy.deepcopy(optimizer.state_dict()),
        "random": torch.get_rng_state(),  # what dropout draws next
        "step": step,
    }


def unpack(checkpoint, model, optimizer):
    """Bring a checkpoint back into a model and an optimizer; return its step."""
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    torch.set_rng_state(checkpoint["random"])
    return checkpoint["step"]
