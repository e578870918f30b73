def cards():
    """Return three cards: an application in medicine, one in gaming, one in finance."""
    # TODO: fill in the three cards
    return [
        {
            "application": "",  # in medicine
            "input": "",
            "output": "",
            "paradigm": "",
            "architecture": "",
            "why": "",
            "risk": "",
            "source": "",
        },
        {
            "application": "",  # in gaming
            "input": "",
            "output": "",
            "paradigm": "",
            "architecture": "",
            "why": "",
            "risk": "",
            "source": "",
        },
        {
            "application": "",  # in finance
            "input": "",
            "output": "",
            "paradigm": "",
            "architecture": "",
            "why": "",
            "risk": "",
            "source": "",
        },
    ]
