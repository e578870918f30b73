"""The network that the reader builds on the pages of the network and of convolution."""

import contextlib
import io

import pytest


@pytest.fixture
def widget(open_page):
    def open_widget(name="network/", **options):
        page = open_page(name, **options)
        return page, page.locator("layer-builder")

    return open_widget


def says(element, text):
    element.get_by_role("status").get_by_text(text).wait_for()


def run(program):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program, {})
    return printed.getvalue()


def test_a_guess_comes_before_the_table_and_all_of_it_by_keyboard(widget):
    page, element = widget()
    says(element, "Guess first: the number of parameters")
    assert element.get_by_role("button", name="Show").is_disabled()
    assert not element.locator("table").is_visible()
    element.get_by_label("Parameters", exact=True).focus()
    page.keyboard.type("100,480")
    page.keyboard.press("Enter")
    says(element, "the network has 101,770 parameters. You guessed 100,480.")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("Linear(12, 3)")
    says(element, "Linear(12, 3) does not fit: it needs 12 numbers on the last axis, and gets 10.")
    page.keyboard.press("Tab")  # to the list of layers
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past "Show"
    page.keyboard.press("Enter")
    says(element, "Guess first")
    assert not element.locator("table").is_visible()


def test_the_copied_program_runs(widget):
    page, element = widget("convolution/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    element.get_by_label("Last shape").fill("16, 7, 7")
    element.get_by_role("button", name="Show").click()
    says(element, "The output has the shape (16, 5, 5), and the network has 2,572 parameters.")
    for line in ("Flatten()", "Linear(64, 10)"):
        element.get_by_label("One more").select_option(line)
        element.get_by_role("button", name="Add it").click()
    says(element, "it needs 64 numbers on the last axis, and gets 400.")
    assert element.get_by_role("button", name="Copy the program").is_disabled()
    layers = element.get_by_label("Layers")
    layers.fill(layers.input_value().replace("64", "400"))
    says(element, "The output has the shape (10,), and the network has 6,582 parameters.")
    assert "(400 + 1) · 10 = 4,010" in element.locator("table").inner_text()
    element.get_by_role("button", name="Copy the program").click()
    program = page.evaluate("navigator.clipboard.readText()")
    assert run(program) == "torch.Size([1, 10])\n6582\n"


def test_what_is_no_layer_is_said(widget):
    _, element = widget()
    element.get_by_label("Layers").fill("Linaer(784, 10)")
    says(element, "“Linaer(784, 10)” is none of Linear, Conv2d,")
    element.get_by_label("Layers").fill("Linear(784)")
    says(element, "“Linear(784)” needs Linear(in_features, out_features) in whole numbers.")
    element.get_by_label("Input").fill("28, 28")
    says(element, "The input needs one length, or channels, height and width.")


def test_the_address_keeps_the_setting(widget):
    page, element = widget("network/#layer-builder:input=4&layers=Linear%284%2C+5%29%0AReLU%28%29")
    assert element.get_by_label("Layers").input_value() == "Linear(4, 5)\nReLU()"
    says(element, "Guess first")
    element.get_by_label("Input").fill("8, 4, 4")
    page.wait_for_url(
        "**/network/#layer-builder:input=8%2C+4%2C+4&layers=Linear%284%2C+5%29%0AReLU%28%29"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_widget_in_use_is_accessible_and_fits(widget, scheme, width, faults_for_eyes):
    page, element = widget("convolution/", scheme=scheme, width=width)
    element.get_by_label("Last shape").fill("16, 7, 7")
    element.get_by_role("button", name="Show").click()
    says(element, "You guessed")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert element.locator("table").bounding_box()["width"] <= element.bounding_box()["width"]
    assert faults_for_eyes(page) == []
