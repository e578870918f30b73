def gates():
    """Return (w1, w2, b) for each task, or None where no neuron can do it."""
    # TODO: replace each question mark by (w1, w2, b), or by None
    return {
        "AND": (1, 1, -1.5),
        "OR": "?",
        "NAND": "?",
        "NOR": "?",
        "x1 but not x2": "?",
        "XOR": "?",
    }
