# a name of another program is missing
def who_decides(program, first, second):
    return {
        "steps": "person",
        "middle": "person",
        "learning_rate": "person",
        "weight": "data",
        "bias": "data",
        "limit": "data",
    }
