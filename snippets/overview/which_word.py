"""Three questions find the narrowest word that fits."""


def which_word(seems_clever, learns_from_data, feature_layers):
    """Return the innermost of the nested fields that a system belongs to."""
    if learns_from_data:
        return "deep learning" if feature_layers > 1 else "machine learning"
    return "artificial intelligence" if seems_clever else "none of the three"


systems = {  # is it clever? does it learn? in how many layers of features?
    "a spreadsheet that adds up bills": (False, False, 0),
    "a route planner that searches a map": (True, False, 0),
    "a spam filter that weighs words": (True, True, 0),
    "the zero-or-one network above": (True, True, 1),
    "a chatbot with 96 layers": (True, True, 96),
}
for system, answers in systems.items():
    print(f"{system:<36}{which_word(*answers)}")
