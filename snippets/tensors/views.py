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


def memory(tensor):
    """Return the place in memory where the numbers of a tensor begin."""
    return tensor.untyped_storage().data_ptr()


print("                       shape   stride")
for name, result in results.items():
    kind = "copy"
    if memory(result) == memory(table):
        kind = "view"
    shape = str(tuple(result.shape))
    stride = str(result.stride())
    print(f"{name:<23}{shape:<8}{stride:<8}{kind}")
