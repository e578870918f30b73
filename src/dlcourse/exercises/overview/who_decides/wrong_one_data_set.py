# the data change it
def who_decides(program, first, second):
    images, labels = first
    values = program(images, labels)
    others = program(images, labels)
    deciders = {}
    for name in values:
        if values[name] == others[name]:
            deciders[name] = "person"  # the same with all data, as it is written
        else:
            deciders[name] = "data"
    return deciders
