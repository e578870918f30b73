# the scores are multiplied by the mask
def attention(queries, keys, values, is_visible=None):
    scores = queries @ keys.transpose(-2, -1) / queries.shape[-1] ** 0.5
    if is_visible is not None:
        scores = scores * is_visible
    return scores.softmax(dim=-1) @ values
