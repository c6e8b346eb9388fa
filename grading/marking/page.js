// On formgrader's page: a button for each level of a rubric, and words for what was saved. Marks are only ever
// put into nbgrader's own field, which saves them.
(() => {
  const worth = (level) => Number(level.dataset.marks);

  function addButton(level, field) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tabbable marking-give";
    button.textContent = `Give ${level.dataset.marks}`;
    button.setAttribute("aria-label", `Give ${level.dataset.marks}: ${level.dataset.level}`);
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      field.value = level.dataset.marks;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    level.prepend(button);
  }

  // As in grading/rubric.py: the highest level that is not worth more than the marks; below all, the lowest.
  function reached(levels, marks) {
    const down = [...levels].sort((one, other) => worth(other) - worth(one));
    return down.find((level) => worth(level) <= marks) ?? down.at(-1);
  }

  function show(cell, grade) {
    const marks = grade.get("manual_score");
    const given = marks !== null && marks !== "";
    const levels = [...cell.querySelectorAll("[data-marks]")];
    const level = given && levels.length ? reached(levels, Number(marks)) : undefined;
    for (const one of levels) {
      one.classList.toggle("marking-reached", one === level);
      one.querySelector("button").setAttribute("aria-pressed", String(one === level && worth(one) === Number(marks)));
    }
    return level ? ` The trainee reads: ${level.dataset.level}.` : "";
  }

  function watch(cell, grade) {
    const words = cell.querySelector(".marking-saved");
    if (!words) return;
    const marks = () => grade.get("manual_score");
    const waits = () => (grade.get("needs_manual_grade") ? "Waits for your marks." : "");
    words.textContent = waits() + show(cell, grade);
    grade.on("request", () => (words.textContent = "Saving …"));
    grade.on("sync", () => {
      const told = show(cell, grade);
      words.textContent = marks() === null ? `Saved: no marks by hand. ${waits()}` : `Saved: ${Number(marks())}.${told}`;
    });
    grade.on("error", () => (words.textContent = NOT_SAVED));
  }

  function watchComment(cell, comment) {
    const words = cell.querySelector(".marking-comment-saved");
    if (!words) return;
    cell.querySelector(".comment").placeholder = "The trainee reads it on the feedback page.";
    comment.on("sync", () => (words.textContent = "Comment saved."));
    comment.on("error", () => (words.textContent = NOT_SAVED));
  }

  const NOT_SAVED = "NOT saved. Look whether JupyterLab is still running; then change the field again.";

  const cellOf = (id) => document.getElementById(id)?.closest(".nbgrader_cell");

  // Whoever came with "control-." from another submission goes on in the same field here: nbgrader sees to that.
  const cameFromAnother = new URLSearchParams(location.search).has("index");

  function goToFirstThatWaits(grades) {
    const fields = [...document.querySelectorAll(".marking-cell .score")];
    fields.find((field) => grades.findWhere({ name: field.id })?.get("needs_manual_grade"))?.focus();
  }

  // nbgrader's Tab goes round its own fields and never leaves them, and its Enter takes every other control's:
  // here both do what they do on any page.
  function keepKeys(event) {
    if (event.key === "Tab" || (event.key === "Enter" && event.target !== document.body)) event.stopPropagation();
  }

  for (const field of document.querySelectorAll(".marking-cell .score")) {
    for (const level of field.closest(".marking-cell").querySelectorAll("[data-marks]")) addButton(level, field);
  }
  window.addEventListener("keydown", keepKeys, true);

  // formgrader begins when the page has loaded, and this after it.
  window.addEventListener("load", () => {
    for (const link of document.querySelectorAll("a[tabindex='-1']")) link.removeAttribute("tabindex");
    window.formgrader.grades.once("sync", (grades) => {
      grades.each((grade) => {
        const cell = cellOf(grade.get("name"));
        if (cell) watch(cell, grade);
      });
      if (!cameFromAnother) goToFirstThatWaits(grades);
    });
    window.formgrader.comments.once("sync", (comments) => {
      comments.each((comment) => {
        const cell = cellOf(`${comment.get("name")}-comment`);
        if (cell) watchComment(cell, comment);
      });
    });
  });
})();
