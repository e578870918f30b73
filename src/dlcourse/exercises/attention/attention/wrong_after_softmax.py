# the weights no longer add up to 1
def attention(queries, keys, values, is_visible=None):
    scores = queries @ keys.transpose(-2, -1) / queries.shape[-1] ** 0.5
    weights = scores.softmax(dim=-1)
    if is_visible is not None:
        weights = weights * is_visible
    return weights @ values
