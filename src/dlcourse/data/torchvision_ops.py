"""The one place that imports torchvision.

While it is imported, torchvision describes its operators nms and qnms to PyTorch. They are in its compiled
part, which loads only beside the PyTorch build that it was made for; beside another one, such as a CPU
build, the import ends in "operator torchvision::nms does not exist". Data sets, transforms and classifiers do
without these operators: once their signatures are declared, the import goes through.
"""

import sys

import torch

library = (
    None  # set when the operators had to be declared; they exist for as long as this object does
)

try:
    import torchvision
except RuntimeError as error:
    if "torchvision::nms" not in str(error):
        raise
    library = torch.library.Library("torchvision", "FRAGMENT")
    # As in torchvision 0.25 to 0.28, torchvision/csrc/ops/nms.cpp and quantized/cpu/qnms_kernel.cpp
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[name]  # parts of the import that failed
    import torchvision

__all__ = ["torchvision"]
