# the data change it
def who_decides(program, first, second):
    return {
        "steps": "person",
        "middle": "person",
        "learning_rate": "person",
        "weight": "data",
        "bias": "data",
        "limit": "person",
    }
