"""Two shapes that the reader adds on the page of tensors."""

import pytest


@pytest.fixture
def widget(open_page):
    def open_widget(setting="", **options):
        page = open_page(f"tensors/{setting}", **options)
        return page, page.locator("shape-broadcast")

    return open_widget


def says(element, text):
    element.get_by_role("status").get_by_text(text).wait_for()


def cells(element):
    return [row.split("\t") for row in element.locator("table").inner_text().splitlines()[1:]]


def test_a_guess_comes_before_the_table_and_all_of_it_by_keyboard(widget):
    page, element = widget()
    says(element, "Guess first: the shape of a + b")
    assert element.get_by_role("button", name="Show").is_disabled()
    assert not element.locator("table").is_visible()
    element.get_by_label("Shape a").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("2, 3, 4")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("3, 3, 1")
    page.keyboard.press("Tab")
    page.keyboard.type("error")
    page.keyboard.press("Enter")
    says(element, "Error: The size of tensor a (2) must match the size of tensor b (3) at")
    says(element, "at non-singleton dimension 0. You guessed error.")
    assert [row[1:] for row in cells(element)] == [
        ["0", "1", "2"],
        ["2", "3", "4"],
        ["3", "3", "1"],
        ["✗", "3", "4"],
        ["does not fit", "equal", "b is stretched"],
    ]


def test_pairs_and_reductions_by_pointer(widget):
    _, element = widget()
    element.get_by_role("button", name="Another pair").click()
    assert element.get_by_label("Shape a").input_value() == "32, 10"
    element.get_by_label("b is").select_option("a.sum(dim=1)")
    assert element.get_by_label("Shape b").is_disabled()
    element.get_by_label("Your guess").fill("32, 10")
    element.get_by_role("button", name="Show").click()
    says(element, "must match the size of tensor b (32) at non-singleton dimension 1.")
    element.get_by_label("b is").select_option("a.sum(dim=1, keepdim=True)")
    says(element, "a + b has the shape (32, 10), size 320.")
    element.get_by_role("button", name="Another pair").click()
    says(element, "Guess first")
    assert not element.locator("table").is_visible()


def test_what_is_no_shape_is_said(widget):
    _, element = widget()
    element.get_by_label("Shape a").fill("3, x")
    says(element, "a needs a shape of at most 4 axes, such as 3, 1.")
    element.get_by_label("Shape a").fill("1, 2, 3, 4, 5")
    element.get_by_label("Your guess").fill("error")
    element.get_by_role("button", name="Show").click()
    says(element, "a needs a shape of at most 4 axes, such as 3, 1.")
    element.get_by_label("Shape a").fill("()")
    says(element, "a + b has the shape (4,), size 4.")


def test_the_address_keeps_the_setting_and_asks_for_a_guess(widget):
    page, element = widget("#shape-broadcast:a=5%2C+2&kind=shape&b=2")
    assert element.get_by_label("Shape a").input_value() == "5, 2"
    says(element, "Guess first")
    element.get_by_label("Shape b").fill("5, 1")
    page.wait_for_url("**/tensors/#shape-broadcast:a=5%2C+2&kind=shape&b=5%2C+1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_widget_in_use_is_accessible_and_fits(widget, scheme, width, faults_for_eyes):
    setting = "#shape-broadcast:a=16%2C+3%2C+28%2C+28&kind=shape&b=3%2C+2%2C+1"
    page, element = widget(setting, scheme=scheme, width=width)
    element.get_by_label("Your guess").fill("16, 3, 28, 28")
    element.get_by_role("button", name="Show").click()
    says(element, "dimension 2. You guessed")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert element.locator("table").bounding_box()["width"] <= element.bounding_box()["width"]
    assert faults_for_eyes(page) == []
