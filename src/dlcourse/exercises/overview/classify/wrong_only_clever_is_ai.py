# the ring around it
def find_rings(systems):
    """Return the names of the systems in each ring: "AI", "ML" and "DL"."""
    rings = {"AI": [], "ML": [], "DL": []}
    for name, system in systems.items():
        steps = system["steps"]
        is_learned = "data" in steps
        num_layers = steps[:-1].count("data")  # the last step gives the answer
        if system["clever"]:
            rings["AI"].append(name)
        if is_learned:
            rings["ML"].append(name)
        if num_layers >= 2:
            rings["DL"].append(name)
    return rings
