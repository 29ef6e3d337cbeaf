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
# # A cohort
#
# After this notebook you will be able to
#
# - make up a cohort of people with pain and explore all of them in one call,
# - count for how many of them sources support an option, and where sources disagree,
# - show how cautions add up with age and with other illnesses,
# - let rows that are no profiles be reported instead of stopping everything.
#
# It takes seconds to run. The people are made up, with chances that were made up too: what comes out says something
# about the sources, and nothing about how common anything is.

# %%
import random

import pandas as pd

import painrules

explorer = painrules.Explorer()
print(explorer.pack.notice)

# %% [markdown]
# ## Two thousand people who do not exist
#
# A column says what its name says: the id of a factor, `age`, `condition`. An empty cell is unknown, not "no".

# %%
draw = random.Random(2026)  # noqa: S311 - made-up people are no secret
RARE = 0.1
CONDITIONS = ["low back pain", "knee osteoarthritis", "fibromyalgia", "painful diabetic neuropathy"]


def person(number: int) -> dict[str, object]:
    """One row: facts that are drawn, and some that nobody asked for."""
    age = draw.randint(18, 95)
    return {
        "person": number,
        "pain_type": "chronic",
        "condition": draw.choice(CONDITIONS),
        "age": age,
        "renal_impairment": draw.choice([None, draw.random() < age / 250]),
        "peptic_ulcer_history": draw.choice([None, draw.random() < RARE]),
        "anticoagulant_use": draw.choice([None, draw.random() < age / 300]),
    }


cohort = pd.DataFrame([person(number) for number in range(2_000)])
cohort.head()

# %% [markdown]
# ## One call
#
# A row for each person and each option that a statement in force speaks of. The notice and the pack go with every row.

# %%
OPTIONS = [
    "exercise",
    "cbt",
    "nsaids_oral",
    "nsaids_topical",
    "duloxetine",
    "gabapentinoids",
    "opioids",
    "acupuncture",
]
FIELDS = ["label", "status", "line", "agreement", "safety", "definite"]
answers = explorer.explore_frame(
    cohort, options=OPTIONS, fields=FIELDS, keep=["person", "condition", "age"]
)
answers = answers.astype(
    {"status": str, "safety": str, "agreement": str}
)  # plain words, for tables
print(f"{len(cohort):,} people, {len(answers):,} rows")
print(answers["about"][0])
answers[["person", "condition", "age", "label", "status", "safety"]].head(8)

# %% [markdown]
# ## What sources say, by condition
#
# Read a row from left to right: the same option may be supported for one condition and spoken against for another.
# Where a cell is empty, no source in the pack speaks of it for these people; where two words stand, it depends on more
# than the condition.


# %%
def words(said: "pd.Series[str]") -> str:
    """All that is said of one option in one condition."""
    return " or ".join(sorted(set(said)))


pd.crosstab(answers["label"], answers["condition"], answers["status"], aggfunc=words).fillna("")

# %% [markdown]
# ## How many people, as bars
#
# The length of a bar is the share of people with that status. A long bar is no recommendation: it is the share of
# *made-up* people for whom sources come to that status.

# %%
STATUSES = ["supported", "contested", "not_supported", "no_recommendation", "not_mentioned"]
shares = pd.crosstab(answers["label"], answers["status"])[STATUSES] / len(cohort) * 100
shares.style.format("{:.0f} %").bar(color="#9ec5e8", vmin=0, vmax=100).set_caption(
    "People by status of an option, per cent of the cohort"
)

# %% [markdown]
# ## Cautions add up with age
#
# The worst caution on oral NSAIDs in each band of age. Watch what an unknown does: a caution that would need a fact
# nobody asked for is not in force, so these bars are a lower bound.

# %%
nsaids = answers[answers["option"] == "nsaids_oral"].copy()
nsaids["ages"] = pd.cut(
    nsaids["age"], [17, 39, 64, 79, 95], labels=["18 to 39", "40 to 64", "65 to 79", "80 to 95"]
)
by_age = pd.crosstab(nsaids["ages"], nsaids["safety"], normalize="index") * 100
by_age = by_age.reindex(columns=["clear", "monitor", "caution", "avoid", "contraindicated"]).fillna(
    0
)
by_age.style.format("{:.0f} %").bar(color="#f2c57c", vmin=0, vmax=100).set_caption(
    "Worst caution on oral NSAIDs by age, per cent of those of that age"
)

# %% [markdown]
# ## Where sources disagree, and where more has to be asked
#
# `mixed` means that somewhere a source is for an option and another against it. An answer that is not `definite` could
# still change with a fact that is unknown.

# %%
spoken = answers.assign(mixed=answers["agreement"] == "mixed", open=~answers["definite"])
spoken.groupby("label")[["mixed", "open"]].mean().mul(100).style.format("{:.0f} %").bar(
    color="#c9b6e4", vmin=0, vmax=100
).set_caption("Of the rows of each option: sources disagree; the status is still open")

# %% [markdown]
# ## Rows that are no profiles
#
# Real files have slips in them. With `on_error="collect"` each is reported with its reason, and the rest goes through.

# %%
slips = pd.DataFrame({"pain_type": ["chronic", "cronic", "acute"], "age": [50, 50, 500]})
found = painrules.explore_frame(slips, on_error="collect", layout="wide", options=["exercise"])
for number, problem in found["problem"].dropna().items():
    print(f"row {number}: {problem}")

# %% [markdown]
# ## Take away
#
# - One call answers a whole cohort, the same as asking for each person, only faster.
# - A status belongs to statements about some people; the counts say how statements spread, not what anyone is to do.
# - What nobody asked for stays open. Counting it as "no" would make warnings disappear.
