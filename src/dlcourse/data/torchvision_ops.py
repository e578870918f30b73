"""The only module that imports torchvision.

When torchvision is imported, it describes its operators nms and qnms to PyTorch. They are in its
compiled part, which loads only beside the PyTorch build that it was made for. Beside another build,
such as a CPU build, the import ends in "operator torchvision::nms does not exist". Data sets,
transforms and classifiers do not need these operators: once their signatures are declared, the
import succeeds.
"""

import sys

import torch

# Set when the operators had to be declared; they exist for as long as this object does.
library = None

try:
    import torchvision
except RuntimeError as error:
    if "torchvision::nms" not in str(error):
        raise
    library = torch.library.Library("torchvision", "FRAGMENT")
    # As in torchvision 0.25 to 0.28, torchvision/csrc/ops/nms.cpp and quantized/cpu/qnms_kernel.cpp
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    # Remove the parts of the import that failed.
    for name in list(sys.modules):
        if name.partition(".")[0] == "torchvision":
            del sys.modules[name]
    import torchvision

__all__ = ["torchvision"]
