"""The digit that the reader draws on the home page: by pointer, by keyboard, and none."""

import pytest

SMALL = "8 × 8 pixels"
PAINTED = """canvas => {
    const blank = document.createElement('canvas');
    blank.width = canvas.width;
    blank.height = canvas.height;
    return canvas.toDataURL() !== blank.toDataURL();
}"""
# Preparation and prediction with both networks; the least of 100, because the browser compiles
# what runs often, and other programs run beside it
TIME = """async urls => {
    const {predict, prepareDrawing, readWeights} = await import('./assets/digit_network.js');
    const width = 256;
    const values = Array.from({length: width * width}, (_, place) =>
        Math.abs(place % width - 128) < 9 && Math.abs(place / width - 128) < 90 ? 1 : 0);
    const times = [];
    for (const url of urls) {
        const {about, weights} = readWeights(await (await fetch(url)).arrayBuffer());
        const side = about.drawing_side;
        let least = Infinity;
        for (let time = 0; time < 100; time += 1) {
            const start = performance.now();
            const image = prepareDrawing({width, height: width, values}, about);
            predict(weights, image, side);
            least = Math.min(least, performance.now() - start);
        }
        times.push(least);
    }
    return times;
}"""


@pytest.fixture
def sheet(open_page):
    def open_sheet(**options):
        page = open_page("", **options)
        return page, page.locator("draw-digit"), page.get_by_role("application")

    return open_sheet


def says(element, text):
    element.get_by_role("status").get_by_text(text).wait_for()


def test_nothing_is_said_before_there_is_ink_and_no_weights_are_fetched(sheet):
    page, element, _ = sheet()
    says(element, "Draw a digit.")
    assert not [url for url in page.requested if url.endswith(".safetensors")]
    assert element.locator("td").all_inner_texts() == [""] * 10


def test_a_stroke_of_the_pointer_is_read_while_it_is_drawn(sheet):
    page, element, paper = sheet()
    box = paper.bounding_box()
    middle = box["x"] + box["width"] / 2
    page.mouse.move(middle, box["y"] + 0.15 * box["height"])
    page.mouse.down()
    page.mouse.move(middle, box["y"] + 0.85 * box["height"], steps=10)
    page.mouse.up()
    says(element, "The network reads a 1")
    assert element.locator("tr.guess th").inner_text() == "1"
    element.get_by_role("button", name="Clear").click()
    says(element, "Draw a digit.")


def test_a_digit_is_drawn_by_keyboard_alone(sheet):
    page, element, paper = sheet()
    paper.focus()
    page.keyboard.press("Space")
    for _ in range(18):
        page.keyboard.press("ArrowDown")
    says(element, "The network reads a 1")
    page.keyboard.press("Delete")
    says(element, "Draw a digit.")


def test_the_examples_are_read_and_the_page_may_be_left_meanwhile(sheet):
    page, element, _ = sheet()
    for digit in (7, 2, 4, 1):
        element.get_by_role("button", name="Example").click()
        says(element, f"The network reads a {digit}")
    element.get_by_role("button", name="Example").click()
    page.locator(".md-footer__link--next").click()
    page.wait_for_function(
        "!location.pathname.endsWith('/')  || !document.querySelector('draw-digit')"
    )
    page.evaluate("history.back()")
    page.locator("draw-digit").get_by_role("button", name="Example").click()
    says(page.locator("draw-digit"), "The network reads a 7")


def test_both_networks_read_the_drawing_and_show_how_they_see_it(sheet):
    _, element, _ = sheet()
    element.get_by_role("button", name="Example").click()
    says(element, "The network reads a 7")
    pictures = element.get_by_role("img").all()
    assert len(pictures) == 5  # the drawing as each network sees it, the maps of three layers
    assert all(picture.evaluate(PAINTED) for picture in pictures)
    before = element.locator("td").all_inner_texts()
    element.get_by_role("radio", name=SMALL).focus()
    element.page.keyboard.press("Space")
    element.page.wait_for_function(
        "before => [...document.querySelectorAll('draw-digit td')]"
        ".some((cell, digit) => cell.textContent !== before[digit])",
        arg=before,
    )
    widths = element.locator(".maps").evaluate_all("maps => maps.map(canvas => canvas.width)")
    assert widths == [16 * 5, 32 * 3, 32 * 3]
    element.get_by_role("button", name="Clear").click()
    says(element, "Draw a digit.")
    assert not any(picture.evaluate(PAINTED) for picture in pictures)


def test_a_drawing_that_is_cleared_before_the_weights_come_is_not_read(sheet):
    page, element, _ = sheet()
    held = []
    page.route("**/*.safetensors", lambda route: held.append(route))
    element.get_by_role("button", name="Example").click()
    page.wait_for_function("document.querySelector('draw-digit').isLoading")
    element.get_by_role("button", name="Clear").click()
    for route in held:
        route.fallback()
    page.wait_for_function("!document.querySelector('draw-digit').isLoading")
    page.wait_for_timeout(600)  # longer than the pause before a result is announced
    says(element, "Draw a digit.")
    assert element.locator("td").all_inner_texts() == [""] * 10


def test_a_prediction_takes_less_than_a_frame(sheet, record_property):
    page, element, _ = sheet()
    urls = element.locator("[data-weights]").evaluate_all(
        "choices => choices.map(choice => choice.dataset.weights)"
    )
    times = page.evaluate(TIME, urls)
    told = ", ".join(f"{time:.1f} ms" for time in times)
    record_property("line", f"a drawing is prepared and read in {told}")
    assert max(times) <= 16


def test_weights_that_cannot_be_fetched_are_told(sheet):
    page, element, _ = sheet(watched=False)
    page.route("**/*.safetensors", lambda route: route.abort())
    element.get_by_role("button", name="Example").click()
    says(element, "The network could not be loaded")
