// The copy button yields the file that is shown, byte for byte: the theme would leave out the end of its last line
document.addEventListener(
  "click",
  ({ target }) => {
    const button = target.closest?.("[data-clipboard-target]");
    const code = button && document.querySelector(button.dataset.clipboardTarget);
    if (code) button.dataset.clipboardText = code.textContent;
  },
  true, // before the theme's own listener, which takes this text if there is one
);
