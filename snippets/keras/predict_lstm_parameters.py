"""The parameters of an LSTM with 2 inputs and 3 units in Keras."""

num_inputs = 2
num_units = 3
one_set = num_inputs * num_units + num_units * num_units + num_units
answer = 4 * one_set  # three gates and the candidate
print(f"parameters: {answer}")
