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
# # A lecture: three kinds of pain, three mechanisms
#
# After this notebook you will be able to
#
# - show how what sources say changes from acute to chronic to cancer pain,
# - show what nociceptive, neuropathic and nociplastic pain have in common and where they part,
# - put a heat map of the whole pack on a slide and read it with your students.
#
# You teach about pain and run cells; you need not write any. It takes a minute to run.

# %%
import painrules
from painrules.graph import heat_map

pack = painrules.core_pack()
print(pack.notice)

# %% [markdown]
# ## The two axes
#
# A pain *type* says how long and from what: acute, subacute, chronic, cancer. A *mechanism* says what drives
# it. The two
# are separate, and neither follows from how strong the pain is. The words are those of the pack, with their sources.

# %%
for entry in (*pack.pain_types.values(), *pack.mechanisms.values()):
    print(f"{entry.label}: {entry.summary}")

# %% [markdown]
# ## Acute, chronic, cancer
#
# The same age, the same mechanism, three pain types. How many options do sources support, and of what kind?

# %%
types = {
    kind: painrules.explore(kind, "nociceptive", age=50) for kind in ("acute", "chronic", "cancer")
}
for category in pack.category_order:
    counts = [len(result.by_category.get(category, ())) for result in types.values()]
    print(f"{pack.categories[category].label:<28}" + "".join(f"{count:>9}" for count in counts))
print(" " * 28 + "".join(f"{kind:>9}" for kind in types))

# %% [markdown]
# Opioids are the classic example. Ask your students for a guess before you run the next cell.

# %%
for kind, result in types.items():
    view = result["opioids"]
    line = view.line.value if view.line else "-"
    print(f"{kind:<9}{view.status.value:<16}{line:<12}{view.agreement.value}")

# %% [markdown]
# Why so? Each line below is one thing that one source says. Nobody picks a winner.

# %%
print(types["chronic"].why("opioids"))

# %% [markdown]
# ## Three mechanisms
#
# Chronic pain at fifty, three times. A first line in one may be spoken against in another.

# %%
mechanisms = {
    name: painrules.explore("chronic", name, age=50)
    for name in ("nociceptive", "neuropathic", "nociplastic")
}
for option in ("exercise", "cbt", "nsaids_oral", "gabapentinoids", "tca", "opioids"):
    told = []
    for result in mechanisms.values():
        view = result[option]
        stated = view.line is not None and view.line.value != "unspecified"
        told.append(f"{view.line.value} line" if stated else view.status.value.replace("_", " "))
    print(f"{pack.interventions[option].label[:34]:<36}" + "".join(f"{word:<18}" for word in told))

# %% [markdown]
# Two of them side by side, with the rules that make the difference:

# %%
painrules.compare(
    mechanisms["nociceptive"], mechanisms["nociplastic"], names=("nociceptive", "nociplastic")
)

# %% [markdown]
# ## Mixed pain
#
# A worn knee and pain all over: two mechanisms at once are common. An option says for which of them it stands.

# %%
mixed = painrules.explore("chronic", ["nociceptive", "nociplastic"], age=60)
for view in mixed:
    if view.status.value == "varies":
        print(f"{view.label}: supported for {', '.join(view.supported_for) or 'none'}")

# %% [markdown]
# ## The heat map
#
# Conditions against categories of care. Look for empty places: they say that no source of this pack speaks of
# it, never
# that it does not help.

# %%
heat_map(pack)

# %% [markdown]
# ## Where next
#
# - `examples/seminar.py`: cases to discuss.
# - `painrules quiz --about chronic --n 10 --format md -o sheet.md`: a sheet of questions about what you have
#   just shown.
