"""Which operations give a view, and which a copy?"""

import torch

table = torch.tensor([[1, 2, 3], [4, 5, 6]])
results = {
    "table[0]": table[0],
    "table.T": table.T,
    "table.reshape(3, 2)": table.reshape(3, 2),
    "table.T.reshape(2, 3)": table.T.reshape(2, 3),
    "table[[0]]": table[[0]],
    "table.clone()": table.clone(),
}
memory = table.untyped_storage().data_ptr()  # where the numbers lie
print("                       shape   stride")
for name, result in results.items():
    is_view = result.untyped_storage().data_ptr() == memory
    kind = "view" if is_view else "copy"
    print(f"{name:<23}{tuple(result.shape)!s:<8}{result.stride()!s:<8}{kind}")

row = table[0]
row[0] = 100
print(table.tolist())
