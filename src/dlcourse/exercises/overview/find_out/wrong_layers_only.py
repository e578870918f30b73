# the word for what did not learn
def find_out(ask):
    if ask("learned"):
        return "DL" if ask("layers") >= 2 else "ML"
    return "AI"
