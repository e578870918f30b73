# a question is not needed
def find_out(ask):
    is_clever = ask("clever")
    has_learned = ask("learned")
    layers = ask("layers")
    if has_learned:
        return "DL" if layers >= 2 else "ML"
    return "AI" if is_clever else "none"
