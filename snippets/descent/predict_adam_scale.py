"""The first step of Adam, for a slope and for a thousand times the slope."""


def first_step(slope):
    """Return the length of Adam's first step with the learning rate 0.01."""
    m = 0.1 * slope
    v = 0.001 * slope**2
    m_corrected = m / (1 - 0.9)
    v_corrected = v / (1 - 0.999)
    return 0.01 * m_corrected / v_corrected**0.5


answer = round(first_step(3000.0) / first_step(3.0), 6)
print(answer)
