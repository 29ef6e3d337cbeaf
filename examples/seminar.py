# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A case seminar: draw, discuss, reveal
#
# After this notebook you will be able to
#
# - draw cases for a seminar, of the difficulty and about the subject that you teach,
# - let students decide first, and then show what sources say,
# - use pairs of cases that differ in one fact to show what a single rule does,
# - take questions home for Moodle or Anki.
#
# The people are invented. The same seed always gives the same cases; change it, and you have others.

# %%
from tempfile import TemporaryDirectory

from IPython.display import Markdown

from painrules import core_pack, teach

print(core_pack().notice)

# %% [markdown]
# ## Draw
#
# One case of each level of difficulty. The stories name neither the mechanism nor the condition.

# %%
SEED = 2026
cases = teach.cases(6, seed=SEED)
for case in cases:
    print(f"[{case.difficulty.value}]")
    print(case.text, "\n")

# %% [markdown]
# ## Discuss
#
# Take one of them. Five minutes in pairs: What drives the pain? What would you ask next? What do you expect
# sources to put
# first, and what do you expect them to speak against?

# %%
case = cases[0]
case

# %% [markdown]
# ## Reveal
#
# What the rules say, in short, each line with its source. "Not mentioned" does not appear: silence is no advice.

# %%
Markdown(case.reveal())

# %% [markdown]
# Everything behind it is one step away: `case.result` is an ordinary result.

# %%
print(case.result.why(case.result.listed[0]))

# %% [markdown]
# ## When the right answer is a question
#
# The last case says too little. What is worth asking first is what could change most.

# %%
print(cases[5].text)
for question in cases[5].result.next_questions[:4]:
    print(f"{question.options:>4} options depend on: {question.question}")

# %% [markdown]
# ## One fact apart
#
# Two cases that differ in one sentence. Let students find it, then say what they expect to change.

# %%
pair = teach.pairs(1, seed=SEED, about="neuropathic")[0]
print(pair)

# %%
print(pair.reveal())

# %% [markdown]
# ## Take it home
#
# Questions about the same subject, with feedback for every answer. The keys come from the rules; `recheck`
# derives each of
# them again.

# %%
questions = teach.quiz(10, seed=SEED, about="neuropathic")
print(teach.recheck(questions) == ())
with TemporaryDirectory() as folder:
    for path in teach.export(questions, f"{folder}/seminar.xml", "moodle"):
        print(path.name, "for Moodle,", len(questions), "questions")

# %%
item = questions[0]
print(item.stem)
for place, answer in enumerate(item.answers, start=1):
    print(f"  {place}. {answer.text}")

# %% [markdown]
# ## Where next
#
# - `teach.cases(4, seed=1, about="migraine")`, or `difficulty="red_flag"`.
# - `docs/how-to/make-a-quiz.md`: a Moodle quiz and an Anki deck in five minutes.
# - `docs/how-to/write-your-own-stories.md`: cases of your own field, in your own language.
