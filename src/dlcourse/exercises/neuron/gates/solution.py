def gates():
    """Return (w1, w2, b) for each task, or None where no neuron can do it."""
    return {
        "AND": (1, 1, -1.5),
        "OR": (1, 1, -0.5),  # the same weights, another bias
        "NAND": (-1, -1, 1.5),  # all signs of AND reversed
        "NOR": (-1, -1, 0.5),
        "x1 but not x2": (1, -1, -0.5),
        "XOR": None,  # two corners across from each other: no line separates them
    }
