# the same reason twice
def cards():
    return [
        {
            "application": "skin cancer",
            "input": "a photograph of a mole",
            "output": "benign or not",
            "paradigm": "supervised: labels from doctors",
            "architecture": "CNN",
            "why": "textures that nobody can put into words",
            "risk": "shortcuts such as ink beside a mole",
            "source": "Esteva et al. (2017)",
        },
        {
            "application": "Go",
            "input": "the stones on the board",
            "output": "a move",
            "paradigm": "reinforcement: who won the game",
            "architecture": "CNN",
            "why": "textures that nobody can put into words",
            "risk": "it maximizes the reward as written",
            "source": "Silver et al. (2016)",
        },
        {
            "application": "blocked payments",
            "input": "the last payments of a bank card",
            "output": "fraud or not",
            "paradigm": "supervised: frauds that people reported",
            "architecture": "RNN",
            "why": "the order of payments matters, as in text",
            "risk": "no reason for a blocked payment",
            "source": "Grinsztajn et al. (2022), for trees instead",
        },
    ]
