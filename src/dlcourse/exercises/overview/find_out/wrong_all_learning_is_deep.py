# the layers are not asked for
def find_out(ask):
    if ask("learned"):
        return "DL"
    return "AI" if ask("clever") else "none"
