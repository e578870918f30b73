def read(W, b, x):
    """Return the values of the six formulas as a dictionary."""
    z = []
    for row, bias in zip(W, b, strict=True):
        products = [weight * value for weight, value in zip(row, x, strict=True)]
        z.append(sum(products) + bias)
    product = 1
    for value in x:
        product *= value
    return {
        "z": z,
        "argmax": z.index(max(z)),  # the place of the largest number, from 0
        "sum": sum(x),
        "product": product,
        "w_20": W[2][0],  # to output 2, from input 0
        "gradient shape": (len(W), len(W[0])),  # the shape of the weights
    }
