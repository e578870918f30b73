"""Three questions find the narrowest word that fits."""


def which_word(seems_clever, learns_from_data, num_feature_layers):
    """Return the innermost of the nested fields that a system belongs to."""
    if learns_from_data and num_feature_layers >= 2:
        return "deep learning"
    if learns_from_data:
        return "machine learning"
    if seems_clever:
        return "artificial intelligence"
    return "none of the three"


# Is it clever? Does it learn? How many layers of learned features has it?
print("a spreadsheet:     ", which_word(False, False, 0))
print("a route planner:   ", which_word(True, False, 0))
print("a spam filter:     ", which_word(True, True, 0))
print("our network:       ", which_word(True, True, 2))
print("96-layer chatbot:  ", which_word(True, True, 96))
