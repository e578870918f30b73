# not plain
import copy

import torch


def pack(model, optimizer, step):
    return {
        "model": copy.deepcopy(model),
        "optimizer": copy.deepcopy(optimizer.state_dict()),
        "random": torch.get_rng_state(),  # what dropout draws next
        "step": step,
    }


def unpack(checkpoint, model, optimizer):
    model.load_state_dict(checkpoint["model"].state_dict())
    optimizer.load_state_dict(checkpoint["optimizer"])
    torch.set_rng_state(checkpoint["random"])
    return checkpoint["step"]
