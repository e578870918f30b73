# the bias is too low
def gates():
    return {
        "AND": (1, 1, -1.5),
        "OR": (1, 1, -1.5),
        "NAND": (-1, -1, 1.5),
        "NOR": (-1, -1, 0.5),
        "x1 but not x2": (1, -1, -0.5),
        "XOR": None,
    }
