// Fetching, handing in and feedback, through nbgrader's own server side. Every failure in plain words.

const config = () => {
  try {
    return JSON.parse(document.getElementById("jupyter-config-data").textContent);
  } catch {
    return {};
  }
};

export class ExchangeError extends Error {}

async function call(path, options = {}) {
  const { baseUrl } = config();
  if (!baseUrl) throw new ExchangeError("You can't hand in a check from here. Open the course in JupyterLab.");
  const token = document.cookie.match(/(?:^|; )_xsrf=([^;]+)/)?.[1] ?? "";
  let answer;
  try {
    answer = await fetch(baseUrl + path, { ...options, headers: { "X-XSRFToken": token } });
  } catch {
    throw new ExchangeError("Can't reach the course's server. Your answers are saved. Try again in a moment.");
  }
  if (!answer.ok) throw new ExchangeError(`The course's server refused the request (${answer.status}). Tell your instructor.`);
  const data = await answer.json();
  if (data.success === false) throw new ExchangeError(plainly(String(data.value ?? "")));
  return data.value ?? data;
}

function plainly(value) {
  if (/exchange directory does not exist|exchange can't be reached/.test(value))
    return "The class's exchange can't be reached right now, so checks can't be fetched or handed in. The lessons work, and your answers are saved. Tell your instructor.";
  if (/[Ii]nbound directory|write permission|Unwritable/.test(value))
    return "Your check can't be saved to the hand-in folder right now. Your answers are saved here. Tell your instructor.";
  if (/Assignment not found|not released|No such assignment/.test(value))
    return "This check isn't open right now. Your answers are saved. Ask your instructor.";
  if (/missing notebooks/.test(value))
    return "This check's page is missing from its folder. Your answers are saved. Put the check back from the start page.";
  const last = value.trim().split("\n").at(-1) ?? "";
  return `That didn't work. Your answers are saved. Show your instructor this line: ${last}`;
}

/** Every check's standing, by its module: {status, course, submissions, feedback}. */
export async function standings() {
  const found = {};
  for (const course of await call("courses")) {
    for (const entry of await call(`assignments?course_id=${encodeURIComponent(course)}`)) add(found, entry);
  }
  return found;
}

function add(found, entry) {
  const one = (found[entry.assignment_id] ??= { course: entry.course_id, status: "closed", submissions: [] });
  if (!entry.submissions) {
    one.status = entry.status;
    return;
  }
  // A notebook that was renamed is handed in too. It has no feedback: that belongs to the check's own.
  one.submissions = entry.submissions.map(({ timestamp, notebooks = [] }) => {
    const check = notebooks.find(({ notebook_id }) => notebook_id === `${entry.assignment_id}-check`) ?? notebooks[0];
    return {
      at: timestamp,
      ready: Boolean(check?.has_exchange_feedback),
      changed: Boolean(check?.feedback_updated),
      page: check?.has_local_feedback ? `${entry.assignment_id}/feedback/${timestamp}/${check.notebook_id}.html` : null,
    };
  });
}

const act = (action) => (course, module) =>
  call(`assignments/${action}?course_id=${encodeURIComponent(course)}&assignment_id=${encodeURIComponent(module)}`, {
    method: "POST",
  });

export const fetchCheck = act("fetch");
export const submitCheck = act("submit");
export const fetchFeedback = act("fetch_feedback");

/** Where the server shows a file of the trainee's folder. */
export const addressOf = (path) => `${config().baseUrl ?? "/"}files/${path.split("/").map(encodeURIComponent).join("/")}`;

/** The moment of nbgrader's time ("2026-11-22 13:03:09.18 UTC"). */
export const whenOf = (timestamp) => new Date(timestamp.replace(" UTC", "Z").replace(" ", "T"));

/** nbgrader's time as the trainee's computer writes it. */
export function when(timestamp) {
  const then = whenOf(timestamp);
  return Number.isNaN(then.getTime()) ? timestamp : then.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}
