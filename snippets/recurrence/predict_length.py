"""How many numbers has a recurrent layer, however long the sequence is?"""

num_inputs = 3
num_hidden = 4
input_weights = num_hidden * num_inputs
state_weights = num_hidden * num_hidden
biases = num_hidden

answer = input_weights + state_weights + biases  # no length in it
print("from the input:", input_weights)
print("from the hidden state:", state_weights)
print("together with the biases:", answer)
