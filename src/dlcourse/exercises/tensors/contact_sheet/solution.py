import torch


def describe(images):
    """Return what there is to know about a batch (N, C, H, W), apart from its numbers."""
    num_images, channels, rows, columns = images.shape
    return {
        "rank": images.ndim,
        "size": images.numel(),
        "bytes": images.nbytes,
        "dtype": images.dtype,
        "device": images.device,
        "images": num_images,
        "channels": channels,
        "rows": rows,
        "columns": columns,
    }


def contact_sheet(images, chosen):
    """Return the chosen images side by side and their mean image at the end."""
    picked = images[chosen]  # (len(chosen), C, H, W)
    mean_image = picked.mean(dim=0)  # (C, H, W): the axis of the images disappears
    return torch.cat([*picked, mean_image], dim=2)  # along the columns
