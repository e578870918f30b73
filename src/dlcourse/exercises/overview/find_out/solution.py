def find_out(ask):
    """Return "DL", "ML", "AI" or "none", and ask only what is needed."""
    if ask("learned"):  # from here on it does not matter whether it seems clever
        if ask("layers") >= 2:
            return "DL"
        return "ML"
    if ask("clever"):
        return "AI"
    return "none"
