import torch


def describe(images):
    """Return what there is to know about a batch (N, C, H, W), apart from its numbers."""
    # TODO: describe the batch; then pick, average and join images
    raise NotImplementedError


def contact_sheet(images, chosen):
    """Return the chosen images side by side and their mean image at the end."""
    raise NotImplementedError
