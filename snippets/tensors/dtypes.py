"""A dtype says which numbers fit, and how many bytes one takes."""

import torch

from dlcourse.data.digits import load_digits

pixel = torch.tensor(200, dtype=torch.uint8)  # whole numbers from 0 to 255
wrapped, right = (pixel + 100).item(), (pixel.float() + 100).item()
print("uint8    200 + 100 =", wrapped)
print("float32  200 + 100 =", right)

rounded = torch.tensor(2049, dtype=torch.float16).item()
print("float16  2049 becomes", rounded)

one, eps = torch.tensor(1.0), torch.finfo(torch.float32).eps
for step in (eps, eps / 2):
    print(f"float32  1 + {step:.2e} is more than 1:", bool(one + step > one))

images = load_digits().test.images
num_bytes = [images.nbytes, images.float().nbytes]
print("bytes of the test digits, uint8 and float32:", num_bytes)
times_larger = num_bytes[1] / num_bytes[0]
