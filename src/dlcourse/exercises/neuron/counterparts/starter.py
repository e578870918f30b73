def neuron(moments, weights, bias):
    """Return weighted inputs, weighted sum and output of each moment."""
    # TODO: compute each moment by itself; then the cell, which has time
    raise NotImplementedError


def cell(moments, synapses, threshold):
    """Return dendrites, soma and axon of each moment."""
    raise NotImplementedError
