// <guided-tour>: goes through the list inside it; each step puts a frame around the part of the page that it names.
import { connectButtons } from "./widget.js";

class GuidedTour extends HTMLElement {
  connectedCallback() {
    if (this.steps) return;
    this.steps = this.querySelectorAll("li");
    this.status = this.querySelector("[role=status]");
    this.buttons = connectButtons(this);
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isActive) this.end();
    });
    this.buttons.start.disabled = false;
  }

  disconnectedCallback() {
    this.lit?.removeAttribute("data-lit");
  }

  get isActive() {
    return this.classList.contains("active");
  }

  setActive(isActive) {
    this.classList.toggle("active", isActive);
    for (const [name, button] of Object.entries(this.buttons))
      button.hidden = isActive === (name === "start");
  }

  start() {
    this.setActive(true);
    this.go(0);
    this.buttons.next.focus({ preventScroll: true });
  }

  back() {
    this.go(this.place - 1);
    if (this.place === 0) this.buttons.next.focus({ preventScroll: true });
  }

  next() {
    if (this.place + 1 === this.steps.length) this.end();
    else this.go(this.place + 1);
  }

  end() {
    this.lit?.removeAttribute("data-lit");
    this.status.replaceChildren();
    this.setActive(false);
    this.buttons.start.focus();
  }

  // A step may set its widget by the address, as a link to a setting does; the part may be drawn only then.
  go(place) {
    this.place = place;
    const step = this.steps[place];
    const { part, setting } = step.querySelector("[data-part]").dataset;
    if (setting) {
      history.replaceState(history.state, "", setting);
      window.dispatchEvent(new HashChangeEvent("hashchange"));
    }
    this.lit?.removeAttribute("data-lit");
    this.lit = document.querySelector(part);
    this.lit?.setAttribute("data-lit", "");
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.lit?.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
    this.status.innerHTML = `Step ${place + 1} of ${this.steps.length}. ${step.innerHTML}`;
    this.buttons.back.disabled = place === 0;
    this.buttons.next.textContent = place + 1 === this.steps.length ? "Finish" : "Next";
  }
}

customElements.define("guided-tour", GuidedTour);
