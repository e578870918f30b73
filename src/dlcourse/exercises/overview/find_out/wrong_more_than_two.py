# two layers are not called deep
def find_out(ask):
    if ask("learned"):
        if ask("layers") > 2:
            return "DL"
        return "ML"
    if ask("clever"):
        return "AI"
    return "none"
