import copy

import torch


def pack(model, optimizer, step):
    """Return a checkpoint: a dict of plain values and tensors that training cannot change."""
    # TODO: copy what the model, the optimizer and the random generator have; load it in unpack
    raise NotImplementedError


def unpack(checkpoint, model, optimizer):
    """Bring a checkpoint back into a model and an optimizer; return its step."""
    raise NotImplementedError
