"""Three formats for the same number: what is too large, what is lost."""

import torch

formats = [torch.float32, torch.bfloat16, torch.float16]
print("format            bytes  largest  step at 1   70000    1.001")
for dtype in formats:
    limits = torch.finfo(dtype)
    large = torch.tensor(70_000.0).to(dtype).item()
    near_one = torch.tensor(1.001).to(dtype).item()
    print(
        f"{dtype!s:15} {limits.bits // 8:7} {limits.max:8.0e}"
        f" {limits.eps:10.1g} {large:7.0f} {near_one:8.4f}"
    )
