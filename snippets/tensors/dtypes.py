"""A dtype says which numbers fit, and how many bytes one takes."""

import torch

from dlcourse.data.digits import load_digits

pixel = torch.tensor(200, dtype=torch.uint8)  # whole numbers from 0 to 255
wrapped = (pixel + 100).item()
correct = (pixel.float() + 100).item()
print("uint8    200 + 100 =", wrapped)
print("float32  200 + 100 =", correct)

rounded = torch.tensor(2049, dtype=torch.float16).item()
print("float16  2049 becomes", rounded)

one = torch.tensor(1.0)
eps = torch.finfo(torch.float32).eps  # from 1 to the next larger number
for step in (eps, eps / 2):
    is_more = bool(one + step > one)
    print(f"float32  1 + {step:.2e} is more than 1:", is_more)

images = load_digits().test.images
num_bytes = images.nbytes
num_float_bytes = images.float().nbytes
times_larger = num_float_bytes / num_bytes
print("bytes of the test digits, uint8 and float32:", end=" ")
print([num_bytes, num_float_bytes])
