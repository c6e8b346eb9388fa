// On formgrader's page: a button for each level of a rubric, and words for what was saved. Marks are only ever
// put into nbgrader's own field, which saves them.
(() => {
  const worth = (level) => Number(level.dataset.marks);

  function addButton(level, field) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "marking-give";
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
    const all = Number(marks) + Number(grade.get("extra_credit") ?? 0);
    const level = given && levels.length ? reached(levels, all) : undefined;
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
    const waits = () => (grade.get("needs_manual_grade") ? WAITS : "");
    const before = marks() !== null && grade.get("needs_manual_grade");
    words.textContent = (before ? GRADED_AGAIN : waits()) + show(cell, grade);
    grade.on("request", () => (words.textContent = "Saving …"));
    grade.on("sync", () => {
      const told = show(cell, grade);
      words.textContent = marks() === null ? `Saved: no score by hand. ${waits()}`.trim() : `Saved: ${Number(marks())}.${told}`;
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

  const WAITS = "Waiting for you to grade it.";
  const GRADED_AGAIN = "This was graded again. Does this score still fit?";
  const NOT_LOADED = "The scores couldn't be loaded. Reload the page.";
  const NOT_SAVED = "NOT saved. Check that JupyterLab is still running, then change the field again.";

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

  const CONTROLS = "input, textarea, .marking-give, .mark-graded";

  // What is typed before nbgrader's own code has the submission's marks would be lost without a word.
  function allow(cell, controls, allowed) {
    for (const control of cell.querySelectorAll(controls)) {
      if (control.matches("button")) control.disabled = !allowed;
      else control.readOnly = !allowed;
    }
  }

  for (const field of document.querySelectorAll(".marking-cell .score")) {
    for (const level of field.closest(".marking-cell").querySelectorAll("[data-marks]")) addButton(level, field);
  }
  for (const cell of document.querySelectorAll(".marking-cell")) allow(cell, CONTROLS, false);
  window.addEventListener("keydown", keepKeys, true);

  function whenLoaded(models, idOf, controls, watched) {
    models.once("sync", () => {
      models.each((model) => {
        const cell = cellOf(idOf(model.get("name")));
        if (!cell) return;
        watched(cell, model);
        allow(cell, controls, true);
      });
    });
    models.once("error", () => (document.getElementById("statusmessage").textContent = NOT_LOADED));
  }

  // formgrader begins when the page has loaded, and this after it.
  window.addEventListener("load", () => {
    for (const link of document.querySelectorAll("a[tabindex='-1']")) link.removeAttribute("tabindex");
    const { grades, comments } = window.formgrader;
    whenLoaded(grades, (name) => name, "input, button", watch);
    whenLoaded(comments, (name) => `${name}-comment`, "textarea", watchComment);
    if (!cameFromAnother) grades.once("sync", () => goToFirstThatWaits(grades));
  });
})();
