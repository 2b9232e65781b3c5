// Formgrader's page for one learner: fills in what the gradebook holds, saves what is typed, and
// confirms. It speaks to nbgrader's own addresses, and to nothing else.
"use strict";

const { base, submission, assignment, notebook } = JSON.parse(
  document.getElementById("about").textContent,
);
const status = document.getElementById("status");

function say(words) {
  status.textContent = words;
}

async function ask(path, method = "GET", body = undefined) {
  const cookie = document.cookie.match(/(?:^|;\s*)_xsrf=([^;]*)/);
  const reply = await fetch(`${base}/api/${path}`, {
    method,
    headers: cookie ? { "X-XSRFToken": cookie[1] } : {},
    body: body && JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`the server answered ${reply.status}`);
  return reply.json();
}

// A learner's answer, and a reader's words to it.
class Answer {
  constructor(section, grade, comment) {
    this.section = section;
    this.grade = grade;
    this.comment = comment;
    this.kept = Promise.resolve(true);
    this.words = section.querySelector(".comment");
    this.points = section.querySelector(".score");
    this.button = section.querySelector(".confirm");
    this.words.value = comment.manual_comment ?? "";
    this.points.value = grade.manual_score ?? "";
    this.words.addEventListener("input", () => this.follow());
    this.words.addEventListener("change", () => void this.keep());
    this.points.addEventListener("input", () => this.show());
    this.button.addEventListener("click", () => void goOn(this));
    for (const agree of section.querySelectorAll(".agree")) {
      agree.addEventListener("click", () => this.agree(agree));
    }
    for (const choice of section.querySelectorAll(".rubric input")) {
      choice.addEventListener("change", () => this.choose());
    }
    this.offer();
    this.follow();
  }

  get waits() {
    return this.grade.needs_manual_grade || this.grade.manual_score === null;
  }

  // What the kit would say now, where the box holds other words.
  offer() {
    const again = this.section.querySelector(".suggested");
    const words = (this.comment.auto_comment ?? "").replace(/\n\n\[about text \w+\]$/, "");
    if (!again || !words || words === this.words.value) return;
    again.querySelector("pre").textContent = `\n${words}`;
    again.hidden = false;
    again.querySelector("button").addEventListener("click", () => {
      this.words.value = words;
      this.follow();
      void this.keep();
      this.words.focus();
    });
  }

  // Words to an earlier text are not sent by a habit of the hand.
  handedInAgain() {
    const again = this.section.querySelector(".suggested");
    if (!this.waits || !again || again.hidden) return;
    again.open = true;
    this.earlier = this.words.value;
  }

  lines() {
    return this.words.value.split("\n");
  }

  // The boxes and buttons beside the words say what the words say.
  follow() {
    const lines = this.lines().map((line) => line.trim());
    for (const agree of this.section.querySelectorAll(".agree")) {
      agree.setAttribute("aria-pressed", String(lines.includes(agree.dataset.line)));
    }
    for (const row of this.section.querySelectorAll(".rubric fieldset")) {
      for (const choice of row.querySelectorAll("input")) {
        choice.checked = lines.includes(`${row.dataset.name}: ${choice.value} in this text`);
      }
    }
    this.words.style.height = "auto";
    this.words.style.height = `${this.words.scrollHeight + 4}px`;
    this.show();
  }

  agree(button) {
    const line = button.dataset.line;
    const lines = this.lines();
    const at = lines.findIndex((each) => each.trim() === line);
    if (at >= 0) lines.splice(at, 1);
    this.words.value =
      at >= 0 ? lines.join("\n").trimEnd() : `${this.words.value.trimEnd()}\n\n${line}`.trimStart();
    this.follow();
    void this.keep();
  }

  choose() {
    const rows = [...this.section.querySelectorAll(".rubric fieldset")];
    const names = rows.map((row) => row.dataset.name);
    const others = this.lines().filter(
      (line) => !names.some((name) => line.trim().startsWith(`${name}: `)),
    );
    const chosen = rows.map((row) => [row.dataset.name, row.querySelector("input:checked")]);
    const told = chosen
      .filter(([, choice]) => choice)
      .map(([name, choice]) => `${name}: ${choice.value} in this text`);
    this.words.value = `${others.join("\n").trimEnd()}\n\n${told.join("\n")}`.trimStart();
    const share = chosen.reduce((sum, [, choice]) => sum + Number(choice?.dataset.share ?? 0), 0);
    this.points.value = (this.grade.max_score * share) / rows.length;
    this.follow();
    void this.keep();
  }

  show() {
    const waits = this.waits || Number(this.points.value) !== this.grade.manual_score;
    this.section.dataset.state = waits ? "waits" : "confirmed";
    this.section.querySelector(".state").textContent = waits
      ? "Waits for you."
      : "Confirmed. It can go back.";
    this.button.textContent = waits ? "Confirm and go on" : "Go on";
  }

  // One after the other: a slow one would else arrive behind a later one, and undo it.
  keep() {
    this.kept = this.kept.then(() => this.send());
    return this.kept;
  }

  async send() {
    if (this.words.value === (this.comment.manual_comment ?? "")) return true;
    try {
      const kept = { manual_comment: this.words.value };
      this.comment = await ask(`comment/${this.comment.id}`, "PUT", kept);
      say("Your words are saved.");
      return true;
    } catch (error) {
      say(`Not saved: ${error.message}. Your words are still in the box.`);
      return false;
    }
  }

  async confirm() {
    const points = this.points.value.trim() === "" ? NaN : Number(this.points.value);
    if (!(points >= 0 && points <= this.grade.max_score)) {
      say(`Points go from 0 to ${this.grade.max_score}.`);
      this.points.focus();
      return false;
    }
    if (this.earlier !== undefined && this.earlier === this.words.value) {
      this.earlier = undefined;
      say("These are your earlier words, to an earlier text. Confirm once more to send them so.");
      return false;
    }
    if (!(await this.keep())) return false;
    if (!this.waits && points === this.grade.manual_score) return true;
    try {
      const settled = { manual_score: points, extra_credit: this.grade.extra_credit };
      this.grade = await ask(`grade/${this.grade.id}`, "PUT", settled);
    } catch (error) {
      say(`Not confirmed: ${error.message}. Please try again.`);
      return false;
    }
    this.show();
    return true;
  }
}

let answers = [];

// Confirm an answer and go to the next that waits: on this page, then on another's.
async function goOn(answer) {
  if (!(await answer.confirm())) return;
  const next = answers.find((each) => each.waits);
  if (next) {
    say("Confirmed. Here is the next one.");
    next.words.focus();
    next.section.scrollIntoView({ block: "start" });
    return;
  }
  try {
    const all = await everybody();
    const here = all.findIndex((each) => each.id === submission);
    // nbgrader's flag: the kit puts it on what was handed in again, and here a person has read it.
    if (all[here]?.flagged) await ask(`submitted_notebook/${submission}/flag`, "POST");
    const waiting = [...all.slice(here + 1), ...all.slice(0, Math.max(here, 0))].find(
      (each) => each.needs_manual_grade,
    );
    if (waiting) {
      window.location.href = `${base}/submissions/${waiting.id}/`;
    } else {
      say("All are confirmed. Next: write the feedback pages.");
    }
  } catch (error) {
    say(`Confirmed. The next one could not be opened: ${error.message}.`);
  }
}

function everybody() {
  const [one, other] = [assignment, notebook].map(encodeURIComponent);
  return ask(`submitted_notebooks/${one}/${other}`);
}

async function begin() {
  const query = `?submission_id=${encodeURIComponent(submission)}`;
  const [grades, comments] = await Promise.all([ask(`grades${query}`), ask(`comments${query}`)]);
  for (const section of document.querySelectorAll(".nbgrader_cell")) {
    const grade = grades.find((each) => each.name === section.dataset.name);
    const comment = comments.find((each) => each.name === section.dataset.name);
    if (grade && comment) answers.push(new Answer(section, grade, comment));
  }
  const first = answers.find((each) => each.waits) ?? answers[0];
  first?.words.focus({ preventScroll: true });
  const mine = (await everybody()).find((each) => each.id === submission);
  document.getElementById("again").hidden = !mine?.flagged;
  if (mine?.flagged) answers.forEach((each) => each.handedInAgain());
}

// One key to confirm and go on, from anywhere on the page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const here = answers.find((each) => each.section.contains(document.activeElement));
  const answer = here ?? answers.find((each) => each.waits) ?? answers[0];
  if (answer) void goOn(answer);
});

window.addEventListener("beforeunload", (event) => {
  const typed = (each) => each.words.value !== (each.comment.manual_comment ?? "");
  if (answers.some(typed)) event.preventDefault();
});

begin().catch((error) => say(`The gradebook could not be read: ${error.message}.`));
