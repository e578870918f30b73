# learning is not asked for
def find_out(ask):
    if ask("clever"):
        return "AI"
    if ask("learned"):
        return "DL" if ask("layers") >= 2 else "ML"
    return "none"
