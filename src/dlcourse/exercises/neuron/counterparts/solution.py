def neuron(moments, weights, bias):
    """Return weighted inputs, weighted sum and output of each moment."""
    result = []
    for inputs in moments:
        weighted = [w * x for w, x in zip(weights, inputs, strict=True)]
        z = sum(weighted) + bias
        output = 1 if z > 0 else 0
        result.append({"weighted inputs": weighted, "weighted sum": z, "output": output})
    return result


def cell(moments, synapses, threshold):
    """Return dendrites, soma and axon of each moment."""
    result = []
    charge = 0.0
    has_fired = False
    for spikes in moments:
        dendrites = [s * spike for s, spike in zip(synapses, spikes, strict=True)]
        charge = charge / 2 + sum(dendrites)  # half of the charge has leaked away
        axon = 1 if charge > threshold and not has_fired else 0
        result.append({"dendrites": dendrites, "soma": charge, "axon": axon})
        has_fired = axon == 1
        if has_fired:
            charge = 0.0
    return result
