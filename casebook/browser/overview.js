// Where a trainee stands: the list of modules, and the end of a check.

import { drawMessages, h, heading } from "./dom.js";
import { documentLink, openPage, pageLink } from "./opening.js";
import { addressOf, fetchCheck, fetchFeedback, standings, submitCheck, when, whenOf } from "./exchange.js";
import { drawAlone } from "./alone.js";
import { drawAttempts } from "./attempts.js";
import { Line, waiting, whenSaved } from "./saving.js";

const button = (words, onclick, kind = "casebook-quiet", label = undefined) =>
  h("button", { type: "button", class: kind, onclick, "aria-label": label }, words);


/** The link to a module's lesson, or the title alone of what has none (the final assessment). */
const lessonLink = (module) => (module.lesson ? pageLink(module.lesson, module.title) : module.title);

/** Runs `work` with its outcome in `status`; a failure is said, never thrown. */
async function telling(status, doing, work) {
  status.textContent = doing;
  try {
    status.textContent = await work();
  } catch (error) {
    status.textContent = error.message;
  }
}

/**
 * The top of a page. Its line of progress may be moved (JupyterLab's extension keeps it in sight above the page):
 * it is brought up to date where it is.
 */
export function drawOpening({ model, el, view, signal }) {
  const line = new Line(model, signal);
  const bar = h("progress", { "aria-label": "Your progress on this page" });
  const words = h("span", {});
  const on = button("", () => goOn());
  const notices = h("div", {});
  let next = null;

  function draw(current) {
    ({ next } = current);
    notices.replaceChildren(drawMessages(current));
    bar.max = current.all || 1;
    bar.value = current.done;
    words.textContent = current.said;
    on.textContent = next?.words ?? "";
    on.hidden = !next;
  }

  function goOn() {
    const page = el.closest(".jp-Notebook") ?? document;
    const panel = page.querySelector(`[data-casebook-step="${next.to}"]`);
    if (!panel) return openPage(next.to) || location.assign(next.to);
    panel.scrollIntoView({ block: "start" });
    panel.querySelector("input:checked, input, textarea, button")?.focus({ preventScroll: true });
  }

  async function refresh() {
    const reply = await line.ask({ type: "refresh" });
    if (reply.view) draw(reply.view);
  }

  el.append(notices);
  if (view.all) el.append(h("div", { class: "casebook-progress", role: "group", "aria-label": "Progress" }, bar, words, on));
  draw(view);
  whenSaved(signal, refresh);
}

export function drawModules({ model, el, view, signal }) {
  const line = new Line(model, signal);
  const status = h("p", { role: "status", class: "casebook-status" });
  const list = h("div", {});
  let known = null;

  function draw(current) {
    const row = (module) => drawModule(module, known && (known[module.slug] ?? NOT_RELEASED), act);
    list.replaceChildren(
      current.next
        ? h("p", {}, h("strong", {}, "Next: "), lessonLink(current.next))
        : h("p", {}, "Every lesson is done."),
      h("ol", { class: "casebook-modules" }, current.modules.map(row)),
    );
  }

  async function refresh() {
    const current = (await line.ask({ type: "refresh" })).view ?? view;
    draw(current);
    known = await standings();
    draw(current);
    return current;
  }

  /** Does `work`, and says what `said` makes of the list as it is then. */
  const act = (doing, work, said) =>
    telling(status, doing, async () => {
      await work();
      return said(await refresh());
    });

  el.append(h("div", { class: "casebook-overview" }, list, status));
  draw(view);
  telling(status, "", async () => {
    await refresh();
    return Object.keys(known).length ? "" : "Your instructor hasn't opened any checks yet.";
  });
}

const NOT_RELEASED = { status: "closed", submissions: [] };

function drawModule(module, standing, act) {
  return h(
    "li",
    {},
    h("p", {}, lessonLink(module), module.lesson ? ` · ${module.minutes} minutes · ${module.state}` : ""),
    h("p", {}, drawCheck(module, standing, act)),
  );
}

/** What is said of a check. `standing` is null as long as the exchange has not answered. */
function drawCheck(module, standing, act) {
  const parts = [`Check · ${module.check_minutes} minutes`];
  if (module.here) {
    parts.push(" · ", pageLink(module.check, "Open the check", `Open the check: ${module.title}`), ` · ${module.answered}`);
    if (standing?.status === "closed") parts.push(" · can't be handed in right now");
  } else if (standing) parts.push(" · ", standing.status === "closed" ? "not open yet" : drawGetting(module, standing, act));
  if (module.again) parts.push(" · ", h("strong", {}, "another attempt is open"));
  if (module.result) parts.push(` · ${module.result.said} (self-graded) · `, documentLink(module.result.page, `See why: ${module.title}`));
  const last = standing?.submissions.at(-1);
  if (last) parts.push(` · handed in ${when(last.at)}`, drawFeedback(module, standing.course, standing.submissions, act));
  return parts;
}

/** The button that gets a check; where its folder is there without its page, the one that puts the page back. */
function drawGetting(module, { course, status }, act) {
  const words = status === "fetched" ? "Put the check back" : "Get the check";
  // nbgrader does not say whether fetching worked: the trainee's folder does.
  const said = (now) =>
    now.modules.find(({ slug }) => slug === module.slug)?.here
      ? "The check is here now."
      : "The check couldn't be fetched. Try again in a moment. If that doesn't help, tell your instructor.";
  const get = () => act("Getting the check …", () => fetchCheck(course, module.slug), said);
  const getting = button(words, get, "casebook-quiet", `${words}: ${module.title}`);
  if (status !== "fetched") return getting;
  return ["its page was renamed, moved or deleted; your answers are saved (", module.answered, ") ", getting];
}

function drawFeedback(module, course, submissions, act) {
  const get = () => act("Getting the feedback …", () => fetchFeedback(course, module.slug), () => "Your feedback is here now.");
  const getting = (words) => [" ", button(words, get, "casebook-quiet", `${words}: ${module.title}`)];
  const seen = submissions.findLast((one) => one.page);
  if (seen) {
    const paper = { href: addressOf(seen.page), target: "_blank", rel: "noopener", "aria-label": `To print: feedback on ${module.title}` };
    const links = [" · ", documentLink(seen.page, `Feedback on ${module.title}`), " · ", h("a", paper, "to print")];
    // A page that was returned again says something else now: that another attempt is open, for example.
    const newer = submissions.some((one) => one.changed || (one.ready && !one.page));
    return newer ? [...links, getting("Get the new feedback")] : links;
  }
  if (!submissions.some((one) => one.ready)) return " · no feedback yet";
  return getting("Get the feedback");
}

/** Job aids. Each opens as a page of its own, for that is what can be printed. */
export function drawAids({ el, view }) {
  const link = ({ path, title }) => h("a", { href: addressOf(path), target: "_blank", rel: "noopener" }, title);
  const row = (aid) => [link(aid), h("br"), aid.about];
  const shown = view.aids.map(row);
  el.append(
    h("div", { class: "casebook-overview" }, shown.length > 1 ? h("ul", {}, shown.map((one) => h("li", {}, one))) : h("p", {}, "To print: ", shown)),
  );
}

const UNTIL = "You can hand it in again until your instructor closes it. The last time counts.";
const EARLIER = "These are the answers from your earlier attempt. Handing them in again doesn't count.";
const LAST = " You can hand it in again. The last time counts.";

export function drawHandingIn({ model, el, view, signal }) {
  const line = new Line(model, signal);
  const count = h("p", {}, view.said);
  const status = h("p", { role: "status", class: "casebook-status" });
  const title = heading(3, view.alone ? "In a class? Hand it in to your instructor" : "Hand in your check");
  const hand = button("Hand in", () => telling(status, "Handing in …", handIn), view.alone ? "casebook-quiet" : "casebook-main");
  const alone = h("div", {});
  const drawResult = view.alone ? drawAlone({ model, line, place: alone, refresh }) : null;
  const until = h("p", {}, UNTIL);
  const below = h("div", {});
  let attempt = view.attempts;
  const drawBelow = view.attempts ? drawAttempts({ model, line, place: below }) : null;

  async function refresh() {
    const reply = await line.ask({ type: "refresh" });
    if (!reply.view) return null;
    count.textContent = reply.view.said;
    drawAttempt(reply.view);
    return reply.view;
  }

  function drawAttempt(current) {
    if (!current.attempts) return;
    drawBelow?.(current);
    attempt = current.attempts;
    const { open } = attempt;
    until.textContent = open ? EARLIER : UNTIL;
    hand.className = open ? "casebook-quiet" : "casebook-main";
    // What there is to do comes first.
    if (open) until.before(below);
    else status.after(below);
  }

  async function handIn() {
    if (waiting(model.get("key"))) return "Not handed in: an answer above isn't saved yet. Choose Try again there first.";
    await refresh();
    const standing = (await standings())[view.module];
    if (!standing || standing.status !== "fetched")
      return "This check isn't open right now. Your answers are saved. Ask your instructor.";
    await submitCheck(standing.course, view.module);
    const last = (await standings())[view.module].submissions.at(-1);
    return `Handed in ${when(last.at)}. ${count.textContent}${attempt?.open ? "" : LAST}`;
  }

  async function lastTime() {
    const last = (await standings())[view.module]?.submissions.at(-1);
    if (!last) return "";
    // Of another attempt, what was handed in before its first answer was an earlier one.
    const isEarlier = attempt?.said && (!attempt.since || whenOf(last.at) < new Date(attempt.since));
    if (isEarlier) return `You handed in your earlier answers ${when(last.at)}.`;
    return `Handed in ${when(last.at)}.${attempt?.open ? "" : LAST}`;
  }

  drawResult?.(view);
  const handing = h("div", { class: "casebook-hand-in" }, title, view.alone ? null : count, until, h("p", {}, hand), status);
  drawAttempt(view);
  el.append(h("div", { class: "casebook-overview" }, alone, handing));
  whenSaved(signal, async () => {
    const now = await refresh();
    if (now?.alone && !now.alone.standing) drawResult(now);
  });
  lastTime().then((words) => (status.textContent ||= words), () => undefined);
}
