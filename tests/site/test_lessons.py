"""Every idea of the two lessons behind this course has its place, and their slips are corrected.

`IDEAS` says for each heading of a lesson in which section each of its ideas is taught; there a
block runs. `PUT_RIGHT` says which words of which section correct a slip. Both name places as
<chapter>#<anchor>.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from dlcourse_site.pages import FENCE, FRONT_MATTER, Course
from dlcourse_site.places import line_of

ROOT = Path(__file__).resolve().parents[2]
COURSE = Course(ROOT)
HEADING = re.compile(r"^(#{1,6}) .*\{ *#([\w-]+)[^}\n]*\}[ \t]*$", re.MULTILINE)
ENDS = {level: re.compile(rf"^#{{1,{level}}} ", re.MULTILINE) for level in range(1, 7)}

IDEAS = {
    "A: What is deep learning": {
        "a part of machine learning, which is a part of artificial intelligence": "overview#nested",
        "networks of neurons, inspired by the brain": "neuron#two-neurons",
        "deep means many hidden layers": "overview#deep",
        "each layer transforms its input, towards more abstract representations": "overview#deep",
        "a hidden layer makes a new representation": "network#hidden-layer",
        "examples with their answers": "overview#three-ways",
        "weights and biases": "neuron#formula",
        "an optimization algorithm adjusts them": "descent#step",
        "a number says how far predictions are from the truth": "loss#squared-error",
        "repeat it, and it learns patterns": "training#loop",
    },
    "A: Why is deep learning used": {
        "how it compares with classical machine learning": "why#structure",
        "features made by hand: feature engineering": "why#features",
        "features learned from raw data": "why#features",
        "large data sets": "why#tables",
        "end to end": "why#features",
        "each kind has its uses": "why#when-not",
        "research three applications and explain them to a peer": "applications#worksheet",
        "medicine": "applications#medicine",
        "gaming": "applications#gaming",
        "finance": "applications#finance",
    },
    "A: What is a neural network": {
        "cells that work together, and how far the comparison goes": "neuron#two-neurons",
        "circles in layers": "network#parts",
        "input, hidden and output layer": "network#parts",
        "what goes in: image, sentence, numbers": "tensors#things",
        "what comes out: a class or a number": "activations#choosing",
        "a network of two, two and one, with its connections and weights": "network#count",
        "weighted sums, from left to right": "network#forward-pass",
        "training adjusts the weights": "backprop#not-the-optimizer",
        "real networks are larger": "network#count",
    },
    "A: Using PyTorch": {
        "an open-source framework for building and training networks": "training#pytorch",
        "tools for data and models": "training#pytorch",
        "the same by hand and in PyTorch": "neuron#three-ways",
    },
    "A: Convolutional networks": {
        "an architecture arranges layers, units and connections": "network#shapes",
        "there are many architectures": "applications#matrix",
        "a network for images, sound and other neighbors": "glossary#convolutional-neural-network",
        "local patterns, wherever they stand": "why#structure",
        "image classification": "applications#image-classification",
        "object detection": "glossary#object-detection",
        "image segmentation": "glossary#image-segmentation",
    },
    "B: Agenda": {
        "dictionary, life of a neuron, application": "teach#agenda",
        "a first simple network": "index#first-contact",
    },
    "B: Dictionary": {
        "artificial intelligence": "overview#search",
        "machine learning": "overview#three-ways",
        "deep learning": "overview#nested",
        "a family of many kinds of networks": "applications#matrix",
        "words are used loosely: ask the person you talk to": "overview#words",
        "computer vision": "overview#fields",
    },
    "B: Why: dimensionality": {
        "each feature adds a dimension, and distances grow": "why#dimensionality",
        "sparse tables of words": "why#sparsity",
        "structure is the way out": "why#structure",
    },
    "B: Why: parallelization": {
        "linear algebra, all at once": "why#parallelization",
        "on which device": "tensors#device",
        "a layer is a matrix product": "tensors#matrix-product",
    },
    "B: Why: automation": {
        "choosing features is laborious": "why#features",
        "gradients find the weights": "why#automation",
        "it is not always better": "why#when-not",
    },
    "B: Advantages": {
        "pictures and video": "why#structure",
        "sound, text and moving pictures as numbers": "tensors#things",
        "language": "applications#writing",
        "learning by rewards": "applications#gaming",
    },
    "B: Disadvantages": {
        "tables that you can interpret": "why#tables",
        "a small data set": "why#small-data",
        "a model that must be understood": "why#interpretability",
        "a model that must be light": "why#interpretability",
        "bias and junk in the data": "why#junk",
        "build from simple to complex": "why#simple-first",
    },
    "B: Applications": {
        "deepfakes": "applications#deepfakes",
        "automated driving": "applications#automated-driving",
        "story generators": "applications#story-generation",
        "predictive text": "applications#predictive-text",
        "translation by camera": "applications#camera-translation",
        "image generation": "applications#image-generation",
        "image classification": "applications#image-classification",
    },
    "B: Life and role of a neuron": {
        "the biological neuron, drawn": "neuron#two-neurons",
        "its artificial twin, drawn": "neuron#two-neurons",
        "what the comparison leaves out": "neuron#spikes",
        "the parts of a network, drawn": "network#parts",
        "the parts of a neuron": "neuron#formula",
        "the bias": "neuron#bias",
        "what a tensor is": "tensors#rank",
    },
    "B: Gradient descent": {
        "making the loss small": "loss#three-words",
        "slopes and lowest points": "descent#step",
        "walking down a hill with closed eyes": "descent#closed-eyes",
        "repeating does not always end low": "descent#saddle",
        "randomness by mini-batches": "descent#mini-batches",
    },
    "B: Backpropagation": {
        "inputs times weights plus bias, in each unit": "network#forward-pass",
        "an activation function such as the sigmoid": "activations#functions",
        "loss and metric": "loss#three-words",
        "the optimizer moves weights and biases": "backprop#not-the-optimizer",
        "values in the units, one row for each example": "network#table",
        "the chain rule": "backprop#chain-rule",
        "back to the first layer": "backprop#by-hand",
        "a step for each mini-batch": "training#loop",
        "epochs": "descent#mini-batches",
        "again and again, but not forever": "generalization#fitting",
    },
    "B: Beyond the multilayer perceptron": {
        "generative adversarial networks": "glossary#gan",
        "recurrent networks": "glossary#recurrent-neural-network",
        "long short-term memory": "glossary#lstm",
        "autoencoders": "glossary#autoencoder",
        "many others": "applications#matrix",
    },
}

# What a lesson's sentence may leave the reader believing: (where, the words that correct it), once
# or several times
PUT_RIGHT = {
    "deep learning is a better machine learning": [
        ("why#not-quite", "It is one kind of machine learning.")
    ],
    "a network is a model of the brain": [
        ("neuron#two-neurons", "It is not a model of the brain.")
    ],
    "convolutional networks copy human sight": [
        ("neuron#next", "what Hubel and Wiesel (1962) found in the visual cortex of cats"),
        (
            "glossary#convolutional-neural-network",
            "Findings about the visual cortex of cats gave the idea",
        ),
    ],
    "PyTorch convolves": [
        (
            "glossary#cross-correlation",
            "the convolution of mathematics, which flips the array first",
        )
    ],
    "training needs pairs": [("overview#not-quite", "the data themselves were the teacher")],
    "training minimizes a difference": [
        ("overview#three-ways", "The aim is few errors on new images"),
        ("loss#cross-entropy", "not every loss is a difference between prediction and truth"),
    ],
    "the drawing of two, two and one": [
        ("network#count", "edges, and with its three biases 9 parameters")
    ],
    "three layers, without saying what is counted": [
        ("network#how-many-layers", "depth means the number of layers with weights")
    ],
    "thousands of neurons make a network large": [
        ("network#count", "what matters is the number of connections")
    ],
    "convolution is for images": [
        ("glossary#convolutional-neural-network", "also work on sound, text and other data")
    ],
    "only deep learning handles much data": [
        ("why#not-quite", "Linear models and trees are trained on millions of rows as well."),
        ("why#features", "Its price is that it needs data"),
    ],
    "weight and bias are explained elsewhere": [
        ("overview#three-ways", "weights (one number for each connection"),
        ("overview#three-ways", "biases (a number that each unit adds to its sum)"),
    ],
    "AI is trained": [("overview#not-quite", "solved its puzzle with no example and no training.")],
    "machine learning turns algorithms into models": [
        ("overview#nested", "the program gets better at a task with experience"),
        ("overview#nested", "A learning algorithm takes data and makes a model from them"),
    ],
    "deep learning is any artificial network": [
        ("overview#nested", "a single neuron that learns is a neural network, but not a deep one"),
        ("overview#nested", "a few deep models are not networks"),
    ],
    "fields, data, paradigms and architectures are alike": [
        ("overview#paradigms", "That sentence has one word of each kind"),
        ("why#structure", "differs in its feedback (rewards), not in its data"),
    ],
    "each feature puts points further apart": [
        ("why#dimensionality", "the nearest image is hardly nearer than any other")
    ],
    "deep learning avoids the curse": [
        ("why#structure", "Deep learning does not remove the curse of dimensionality.")
    ],
    "a GPU makes everything faster": [
        ("why#parallelization", "A layer is a matrix product"),
        ("why#parallelization", "longer than the step itself"),
        ("why#parallelization", "Other models gain from GPUs as well"),
    ],
    "backpropagation updates features by importance": [
        ("why#automation", "Backpropagation computes the gradient and nothing else."),
        (
            "backprop#not-quite",
            "one for each weight, and weights sit on connections, not on features",
        ),
        ("neuron#not-quite", "A large weight means an important input."),
    ],
    "bias and junk are a weakness of networks": [
        ("why#junk", "every model believes its data, not only a network"),
        ("neuron#not-quite", "The word has three meanings"),
    ],
    "small data rule networks out": [("why#small-data", "In transfer learning")],
    "networks are heavy": [("why#interpretability", "Small networks run on chips")],
    "every model minimizes a loss": [
        ("loss#three-words", "not everything that learns does even that")
    ],
    "descent tries directions, or solves for slope zero": [
        ("descent#closed-eyes", "The gradient needs no trial."),
        ("descent#closed-eyes", "nobody can solve those"),
        ("descent#not-quite", "That is random search"),
    ],
    "repeated forever, descent arrives": [
        ("descent#step", "every jump leads further away"),
        ("descent#not-quite", "not with too large a rate"),
    ],
    "mini-batches are there for the noise": [
        ("descent#mini-batches", "Strictly it takes one example a step"),
        ("descent#mini-batches", "It is the price of cheap steps"),
    ],
    "every unit squashes to between 0 and 1": [
        ("activations#not-quite", "The sigmoid does."),
        ("activations#choosing", "In hidden layers, start with ReLU"),
    ],
    "loss and metric are one": [("loss#three-words", "“Loss metric” mixes the two up.")],
    "the optimizer finds the direction": [
        ("backprop#not-the-optimizer", "Backpropagation computes gradients, and that is all.")
    ],
    "sums over the epoch, then an update, then a minimum": [
        ("descent#mini-batches", "All parameters move after every mini-batch"),
        ("training#not-quite", "has its own update, with the mean gradient of its examples"),
        ("backprop#not-the-optimizer", "Nothing promises that this ends in a minimum"),
        ("descent#saddle", "A bad local minimum is seldom what holds a large network up."),
    ],
    "Keras stands on TensorFlow": [
        ("glossary#keras", "does its computing on TensorFlow, JAX or PyTorch")
    ],
    "an LSTM is something beside recurrent networks": [("glossary#lstm", "it is one kind of them")],
    "GAN and autoencoder are structures": [
        ("glossary#architecture", "are training set-ups"),
        ("glossary#gan", "it is a game between two networks"),
    ],
    "computer vision is done by networks": [
        ("overview#fields", "its strongest tool today, but not the only one")
    ],
    "the list ends before transformers and diffusion": [
        ("overview#paradigms", "convolutional network | transformer"),
        (
            "applications#image-generation",
            "to remove noise. Diffusion (Ho et al., 2020) starts from nothing but noise",
        ),
    ],
    "a tensor is a picture of blocks": [
        ("tensors#not-quite", "In mathematics and physics the word means more"),
        ("tensors#not-quite", "its rank counts axes"),
    ],
    "a weight acts by itself": [
        ("network#table", "What a weight does depends on the activation in front of it"),
        (
            "backprop#by-hand",
            "the value that flows into it, times the slope that comes back to it",
        ),
    ],
    "layers become abstract by being stacked": [
        ("overview#deep", "more abstract by training, not by being stacked"),
        ("activations#collapse", "Depth alone therefore builds no hierarchy of features."),
    ],
}
PLACES = [
    pytest.param(place, id=f"{lesson}: {idea}")
    for lesson, ideas in IDEAS.items()
    for idea, place in ideas.items()
]
WORDS = [pytest.param(*place, id=slip) for slip, places in PUT_RIGHT.items() for place in places]


def page_of(place: str) -> Path:
    """Return the page of a place; index is the home page."""
    chapter = place.partition("#")[0]
    return ROOT / "docs" / ("index.md" if chapter == "index" else f"{chapter}/index.md")


@cache
def span(place: str) -> tuple[int, int]:
    """Return where a section begins and ends, as positions in its page."""
    text = page_of(place).read_text("utf-8")
    masked = FENCE.sub(
        lambda fence: re.sub(r"[^\n]", " ", fence[0]), text
    )  # a # in code is no heading
    [heading] = [found for found in HEADING.finditer(masked) if found[2] == place.partition("#")[2]]
    end = ENDS[len(heading[1])].search(masked, heading.end())
    return heading.start(), end.start() if end else len(text)


@cache
def blocks(page: Path) -> list:
    return COURSE.read(page)


def running(place: str) -> list:
    """Return the blocks of a section that the page runner runs."""
    page = page_of(place)
    text, (start, end) = page.read_text("utf-8"), span(place)
    lines = range(line_of(text, start), line_of(text, end))
    return [
        block for block in blocks(page) if block.kind in ("python", "bash") and block.line in lines
    ]


def said(place: str) -> str:
    """Return the words of a section as readers see them: no code, comments, markup or line ends."""
    start, end = span(place)
    text = FENCE.sub("", FRONT_MATTER.sub("", page_of(place).read_text("utf-8")[start:end]))
    text = re.sub(r"<!--.*?-->|<p hidden>.*?</p>", "", text, flags=re.DOTALL)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*`]", "", text).split())


@pytest.mark.parametrize("place", PLACES)
def test_idea_has_a_section_in_which_code_runs(place):
    assert running(place)


@pytest.mark.parametrize(("place", "words"), WORDS)
def test_slip_is_put_right_in_these_words(place, words):
    assert words.casefold() in said(place).casefold()


def test_no_slip_is_left_out():
    assert len(PUT_RIGHT) == 39  # so many are wrong or misleading in the lessons


def test_a_section_ends_at_the_next_of_its_level():
    assert "Sparsity" in said("why#dimensionality")  # a part of it
    assert "Parallelization" not in said("why#dimensionality")
    assert span("why#sparsity")[1] <= span("why#dimensionality")[1]


def test_code_and_comments_are_not_said():
    assert "import torch" not in said("training#loop")
    assert "<!--" not in said("network#count")


def test_a_section_without_code_is_noticed():
    assert running("why#sources") == []
