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
# # When guidelines disagree
#
# After this notebook you will be able to
#
# - find where sources disagree, and show both sides with what they say,
# - look through the eyes of one country, one guideline or one year,
# - tell apart "spoken against", "no recommendation" and "not mentioned",
# - show how a statement came and went over the years.
#
# It takes seconds to run. Nobody picks a winner here, and neither should a slide.

# %%
import painrules
from painrules.graph import timeline

result = painrules.explore("chronic", condition="low back pain", age=45)
print(result.notice)

# %% [markdown]
# ## Where they disagree
#
# Every option on which at least one source is for it and one against it.

# %%
for item in result.disagreements[:12]:
    print(item.label)
    print("   for:    ", "; ".join(item.supports))
    print("   against:", "; ".join(item.opposes))

# %% [markdown]
# ## One option, both sides
#
# Acupuncture for low back pain. Read what each source says, and of whom: often they speak of different people, or ask
# different questions of the same trials.

# %%
print(result.why("acupuncture"))

# %% [markdown]
# ## Two countries
#
# The same person, other sources. The comparison names the rules, and says that it is the lens that leaves them out.

# %%
lenses = {place: painrules.explore(result.profile, jurisdictions=place) for place in ("UK", "US")}
found = painrules.compare(lenses["UK"], lenses["US"], names=("UK", "US"))
print(found.record.facts, "-", len(found), "options come out differently")
row = found["acupuncture"]
print(row.label, "- UK:", row.a.status.value, "- US:", row.b.status.value)
for rule in row.rules:
    print(f"   {rule.cited}: {rule.because}")

# %% [markdown]
# ## One option, through several lenses

# %%
views = {
    "all sources": result,
    "only the UK": lenses["UK"],
    "only the US": lenses["US"],
    "as of 2015": painrules.explore(result.profile, as_of=2015),
    "as of 2018": painrules.explore(result.profile, as_of=2018),
}
for option in ("acupuncture", "paracetamol", "nsaids_oral", "gabapentinoids"):
    print(result.pack.interventions[option].label)
    for name, view in views.items():
        print(f"   {name:<14}{view[option].status.value:<18}{view[option].agreement.value}")

# %% [markdown]
# ## Over the years
#
# What counted when. A statement that was withdrawn or superseded stays, as history.

# %%
timeline("gabapentinoids")

# %% [markdown]
# ## Silence is no advice
#
# Three things look alike on a bad slide: sources speak against it, a source says that it makes no
# recommendation, and no
# source of the pack mentions it.

# %%
for status in ("not_supported", "no_recommendation"):
    names = [view.label for view in result if view.status.value == status]
    print(f"{status}: {len(names)}, such as {', '.join(names[:4])}")
silent = [name for name in result.pack.interventions if name not in result]
print(f"not mentioned: {len(silent)}, such as {', '.join(silent[:4])}")

# %% [markdown]
# ## Why do they disagree?
#
# Good questions for a discussion:
#
# - Do the sources speak of the same people? (Look at whom each position is about.)
# - Did they have the same evidence? (Look at the years.)
# - Do they weigh benefit, harm and cost alike? (Look at the strength in their own words.)
#
# `docs/explanation/resolver.md` says how this library counts agreement, and `docs/how-to/use-a-lens.md` has
# more lenses.
