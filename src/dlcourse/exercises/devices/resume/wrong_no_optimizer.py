# the optimizer is not restored
import copy

import torch


def pack(model, optimizer, step):
    return {
        "model": copy.deepcopy(model.state_dict()),
        "random": torch.get_rng_state(),  # what dropout draws next
        "step": step,
    }


def unpack(checkpoint, model, optimizer):
    model.load_state_dict(checkpoint["model"])
    torch.set_rng_state(checkpoint["random"])
    return checkpoint["step"]
