# a name is missing
def who_decides(program, first, second):
    images, labels = first
    values = program(images, labels)
    images, labels = second
    others = program(images, labels)
    deciders = {}
    for name in values:
        if values[name] == others[name]:
            pass
        else:
            deciders[name] = "data"
    return deciders
