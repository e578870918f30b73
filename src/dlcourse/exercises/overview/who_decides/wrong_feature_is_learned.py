# the data do not change it
def who_decides(program, first, second):
    return {
        "steps": "person",
        "middle": "data",
        "learning_rate": "person",
        "weight": "data",
        "bias": "data",
        "limit": "data",
    }
