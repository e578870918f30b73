# the bytes of an element
import torch


def describe(images):
    num_images, channels, rows, columns = images.shape
    return {
        "rank": images.ndim,
        "size": images.numel(),
        "bytes": images.numel(),
        "dtype": images.dtype,
        "device": images.device,
        "images": num_images,
        "channels": channels,
        "rows": rows,
        "columns": columns,
    }


def contact_sheet(images, chosen):
    picked = images[chosen]
    mean_image = picked.mean(dim=0)
    return torch.cat([*picked, mean_image], dim=2)
