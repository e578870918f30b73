// What the page says of each chosen answer, from the lists of all answers that are folded below the questions
document.addEventListener("submit", (event) => {
  const quiz = event.target.closest(".quiz");
  if (!quiz) return;
  event.preventDefault();
  const lists = quiz.querySelectorAll("details > ol");
  const fields = [...quiz.querySelectorAll("fieldset")];
  const said = fields.map((field, place) => {
    const chosen = field.querySelector("input:checked");
    return chosen ? lists[place].children[chosen.value].innerHTML : "";
  });
  const status = quiz.querySelector("[role=status]");
  if (fields.length === 1) {
    status.innerHTML = said[0];
    return;
  }
  fields.forEach((field, place) => (field.querySelector(".said").innerHTML = said[place]));
  const correct = said.filter((answer) => answer.includes("<strong>Correct.")).length;
  const missing = said.filter((answer) => !answer).length;
  const rest = missing ? ` ${missing} still without an answer.` : "";
  status.textContent = `${correct} of ${fields.length} correct.${rest}`;
});
