"""AND, OR and NOT by weights set by hand."""


def neuron(x, w, b):
    """Fire (1) when the weighted sum is above zero, else stay silent (0)."""
    z = b
    for w_i, x_i in zip(w, x, strict=True):
        z += w_i * x_i
    return int(z > 0)


and_bias = -1.5
or_bias = -0.5
not_bias = 0.5

print("x1 x2  AND OR")
for x1 in (0, 1):
    for x2 in (0, 1):
        and_output = neuron([x1, x2], [1, 1], and_bias)
        or_output = neuron([x1, x2], [1, 1], or_bias)
        print(f" {x1}  {x2}    {and_output}  {or_output}")
        assert and_output == (x1 and x2)
        assert or_output == (x1 or x2)

print("\n x NOT")
for x in (0, 1):
    not_output = neuron([x], [-1], not_bias)
    print(f" {x}   {not_output}")
    assert not_output == (not x)
