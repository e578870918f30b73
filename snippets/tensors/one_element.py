"""Is a tensor with one element a number?"""

import torch

tensor = torch.tensor([3.0])
print(tuple(tensor.shape), "unpacked by item():", tensor.item())

same_tensor = tensor
same_tensor += 1  # changes what both names stand for
print("tensor:", tensor.item())

number = 3.0
other_number = number
other_number += 1  # makes a new number
print("number:", number)
