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
# # Your own pack in twenty minutes
#
# After this notebook you will be able to
#
# - write a rule pack of a few rules, by hand, as text,
# - read what the loader says when something is wrong, and mend it,
# - explore with it, alone or on top of the core pack,
# - let the library prove that no rule is dead and none contradicts another.
#
# The pack here is invented. In yours each rule says what one real source says, in your own words.

# %%
from pathlib import Path
from tempfile import mkdtemp

import painrules
from painrules.check import prove_pack, run_cases

print(painrules.core_pack().notice)

# %% [markdown]
# ## A folder
#
# A pack is a folder of YAML files. `pack.yaml` says who it is.

# %%
folder = Path(mkdtemp()) / "school"
folder.mkdir()


def write(name: str, text: str) -> None:
    """Writes a file of the pack."""
    (folder / name).write_text(text, encoding="utf-8")


write(
    "pack.yaml",
    """
id: school
title: Our school's pack
version: 0.1.0
date: 2026-12-01
notice: For education only, never medical advice. This pack is an exercise; its source is invented.
""",
)

# %% [markdown]
# ## Words, and a source
#
# What the rules speak of: two options, a condition, a fact about a person. And who says it.

# %%
write(
    "words.yaml",
    """
sources:
  - {id: guide, title: An invented guide, issuer: Our school, jurisdiction: nowhere, year: 2026, kind: guideline}
categories:
  - {id: movement, label: Movement}
interventions:
  - id: walking
    label: Walking
    category: movement
    domains: [biological, psychological]
    summary: Going on foot, a little further each week.
    sources: [guide]
  - id: bed_rest
    label: Bed rest
    category: movement
    domains: [biological]
    summary: Staying in bed.
    sources: [guide]
conditions:
  - {id: back_pain, label: Back pain}
factors:
  - {id: recent_fracture, label: Recent broken bone, domain: biological}
""",
)

# %% [markdown]
# ## Rules
#
# One rule, one statement. Each shows a profile that it speaks of, and a near miss that it leaves alone; these
# are tried
# out whenever the pack is loaded. Here is a mistake on purpose: `chronik`.

# %%
RULES = """
source: guide
positions:
  - id: guide_walking
    when: {pain_type: chronik, condition: back_pain}
    option: walking
    stance: supports
    line: first
    because: The guide names walking first in lasting back pain.
    examples:
      fires: [{pain_type: chronic, condition: back_pain}]
      spares: [{pain_type: acute, condition: back_pain}]
  - id: guide_bed_rest
    when: {condition: back_pain}
    option: bed_rest
    stance: opposes
    because: The guide advises against bed rest.
    examples:
      fires: [{condition: back_pain}]
      spares: [{}]
cautions:
  - id: guide_walking_fracture
    when: {factors: {recent_fracture: yes}}
    option: walking
    severity: caution
    because: The guide asks to wait until a broken bone has healed.
    examples:
      fires: [{present: recent_fracture}]
      spares: [{absent: recent_fracture}]
"""
write("rules.yaml", RULES)
try:
    painrules.load_pack(folder)
except painrules.RulePackError as problem:
    print(problem)

# %% [markdown]
# File, line, column, what is wrong, and how to mend it. So:

# %%
write("rules.yaml", RULES.replace("chronik", "chronic"))
pack = painrules.load_pack(folder)
pack

# %% [markdown]
# ## Explore

# %%
explorer = painrules.Explorer(pack)
result = explorer.explore("chronic", condition="back pain", present="recent_fracture")
print(result)

# %% [markdown]
# ## A case
#
# A case says what has to come out of all rules together, in words that anyone can write.

# %%
write(
    "cases.yaml",
    """
cases:
  - id: lasting_back_pain
    sentence: Somebody with lasting back pain.
    profile: {pain_type: chronic, condition: back_pain}
    expect:
      listed: [walking]
      status: {bed_rest: not_supported}
      line: {walking: first}
""",
)
pack = painrules.load_pack(folder)
print("cases that do not come out:", run_cases(pack))

# %% [markdown]
# ## Prove
#
# Cases try some profiles. A proof asks about all of them: is each rule in force for somebody, does none repeat or
# contradict another of its source?

# %%
print(prove_pack(pack))

# %% [markdown]
# Break it on purpose: a rule that nobody can ever meet.

# %%
write(
    "more.yaml",
    """
source: guide
positions:
  - id: guide_impossible
    when: {pain_type: chronic, condition: back_pain, age_years: {min: 70}}
    option: walking
    stance: opposes
    because: The guide says the opposite of itself.
    examples:
      fires: [{pain_type: chronic, condition: back_pain, age: 75}]
      spares: [{pain_type: chronic, condition: back_pain, age: 50}]
  - id: guide_for_seventy
    when: {pain_type: chronic, condition: back_pain, age_years: {min: 70}}
    option: walking
    stance: supports
    line: first
    because: The guide names walking first in lasting back pain of older people too.
    examples:
      fires: [{pain_type: chronic, condition: back_pain, age: 75}]
      spares: [{pain_type: chronic, condition: back_pain, age: 50}]
""",
)
print(prove_pack(painrules.load_pack(folder)))

# %% [markdown]
# ## Where next
#
# - `docs/tutorials/first-pack.md`: the same without Python.
# - `docs/how-to/load-your-own-pack.md`: on top of the core pack, with `extends: core`.
# - `docs/how-to/prove-a-pack.md`: what else is found.
