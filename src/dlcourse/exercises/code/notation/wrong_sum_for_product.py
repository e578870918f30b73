# the product is a sum
def read(W, b, x):
    z = []
    for row, bias in zip(W, b, strict=True):
        products = [weight * value for weight, value in zip(row, x, strict=True)]
        z.append(sum(products) + bias)
    product = 1
    for value in x:
        product += value
    return {
        "z": z,
        "argmax": z.index(max(z)),
        "sum": sum(x),
        "product": product,
        "w_20": W[2][0],
        "gradient shape": (len(W), len(W[0])),
    }
