# the weights are not restored
import copy

import torch


def pack(model, optimizer, step):
    return {
        "model": copy.deepcopy(model.state_dict()),
        "optimizer": copy.deepcopy(optimizer.state_dict()),
        "random": torch.get_rng_state(),  # what dropout draws next
        "step": step,
    }


def unpack(checkpoint, model, optimizer):
    optimizer.load_state_dict(checkpoint["optimizer"])
    torch.set_rng_state(checkpoint["random"])
    return checkpoint["step"]
