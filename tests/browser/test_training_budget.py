"""The budget of memory and time that the reader sets up on the page of devices."""

import pytest


@pytest.fixture
def widget(open_page):
    def open_widget(setting="", **options):
        page = open_page(f"devices/{setting}", **options)
        return page, page.locator("training-budget")

    return open_widget


def says(element, text):
    element.get_by_role("status").get_by_text(text).wait_for()


def test_a_guess_comes_before_the_table_and_all_of_it_by_keyboard(widget):
    page, element = widget()
    says(element, "Guess first: how much memory in all, such as 10 MB.")
    assert element.get_by_role("button", name="Show").is_disabled()
    assert not element.locator(".result").is_visible()
    element.get_by_label("Your guess").focus()
    page.keyboard.type("20 MB")
    page.keyboard.press("Enter")
    says(element, "Training keeps 26.7 MB and takes at least 501 milliseconds: the operations are")
    says(element, "You guessed 20 MB.")
    element.get_by_label("Batch size").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("32")
    says(element, "takes at least 2.14 seconds: the memory's bandwidth is the limit.")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    says(element, "Give the number of batch, at least 1.")
    assert element.locator(".result tbody tr").count() == 0


def test_precision_and_device_by_pointer(widget):
    _, element = widget()
    element.get_by_label("Parameters").fill("7e9")
    element.get_by_label("Activations").fill("0")
    element.get_by_label("Your guess").fill("100 GB")
    element.get_by_role("button", name="Show").click()
    says(element, "Training keeps 112 GB and takes")  # four times four bytes
    table = element.locator(".result")
    assert "8,100" in element.locator(".machines").inner_text()
    assert "operations / 8.1 TFLOP/s" in table.inner_text()
    element.get_by_label("Device").select_option("H100")
    element.get_by_label("Precision").select_option("bfloat16")
    says(element, "Training keeps 56 GB and takes")
    assert "operations / 989 TFLOP/s" in table.inner_text()
    element.get_by_label("Device").select_option("T4")
    assert "operations / 8.1 TFLOP/s" in table.inner_text()
    element.get_by_label("Precision").select_option("mixed")
    element.get_by_label("Optimizer").select_option("SGD")
    says(element, "Training keeps 70 GB and takes")  # six and four bytes
    element.get_by_role("button", name="Guess again").click()
    says(element, "Guess first")
    assert not table.is_visible()


def test_the_address_keeps_the_setting(widget):
    setting = "parameters=5000&optimizer=momentum&precision=mixed&batch=8&activations=70"
    page, element = widget(f"#training-budget:{setting}&samples=900&device=H100")
    assert element.get_by_label("Parameters").input_value() == "5000"
    assert element.get_by_label("Optimizer").input_value() == "momentum"
    says(element, "Guess first")
    element.get_by_label("Samples").fill("1000")
    page.wait_for_url(f"**/devices/#training-budget:{setting}&samples=1000&device=H100")


def test_the_table_of_devices_is_there_without_javascript(widget):
    _, element = widget(java_script_enabled=False)
    assert element.locator(".machines").is_visible()
    assert element.get_by_text("The fields need JavaScript.").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_widget_in_use_is_accessible_and_fits(widget, scheme, width, faults_for_eyes):
    page, element = widget(scheme=scheme, width=width)
    element.get_by_label("Parameters").fill("7e9")
    element.get_by_label("Samples").fill("2e12")
    element.get_by_label("Your guess").fill("100 GB")
    element.get_by_role("button", name="Show").click()
    says(element, "You guessed 100 GB")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for table in element.locator("table").all():
        assert table.bounding_box()["width"] <= element.bounding_box()["width"]
    assert faults_for_eyes(page) == []
