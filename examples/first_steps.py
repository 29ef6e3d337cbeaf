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
# # First steps with painrules
#
# After this notebook you will be able to
#
# - explore a pain problem and read the result,
# - ask why an option stands where it stands, and what would have to be otherwise,
# - see what a red flag does,
# - look through a lens: one country, one guideline,
# - make a table by category for your own teaching.
#
# You need some Python and no medicine. It takes about fifteen minutes to read and seconds to run.

# %%
import painrules

# %% [markdown]
# ## Before anything else
#
# Each result begins with this notice. It is meant as it stands.

# %%
result = painrules.explore("chronic", condition="low back pain", age=45)
print(result.notice)

# %% [markdown]
# ## Explore
#
# We said three things: the pain is chronic, it is low back pain, the person is 45. All else is unknown and stays so.
# At the end of a cell a result shows itself as tables; here we look at it bit by bit.

# %%
print(result.mode.value, "-", len(result.listed), "options are supported by sources")

# %% [markdown]
# ## A table by category
#
# Options are grouped by category of care. Within a category they are sorted by line and then by name. A name ranks
# nothing.

# %%
for category, options in result.by_category.items():
    print(result.pack.categories[category].label)
    for option in options[:4]:
        line = option.line.value if option.line else "-"
        print(f"   {option.label:<50} {line:<12} {option.agreement.value}")

# %% [markdown]
# The same by biopsychosocial domain. An option that belongs to two domains is counted in both.

# %%
{domain: len(options) for domain, options in result.by_domain.items()}

# %% [markdown]
# ## Why?
#
# Acupuncture for low back pain is a good example, because sources disagree. Each position below is one thing that one
# source says, with the source. Nobody picks a winner.

# %%
print(result.why("acupuncture"))

# %% [markdown]
# ## Why not?
#
# Paracetamol is an option that sources speak against here. `why_not` says what stands against it and names the rule for
# it that comes closest. It tells how the rules work. It is not a hint what to do.

# %%
print(result.why_not("paracetamol"))

# %% [markdown]
# ## What is still open
#
# A thin profile gives a result that may still change. It says what to ask next, and how many options depend on the
# answer.

# %%
for question in result.next_questions[:5]:
    print(f"{question.options:>4}  {question.question}")

# %% [markdown]
# ## A red flag
#
# Some findings call for assessment first, whatever else is known. The mode changes and nothing is listed any more.

# %%
alarm = painrules.explore("acute", condition="low back pain", age=45, present=["saddle numbness"])
for flag in alarm.red_flags:
    print(f"{alarm.mode.value}: {flag.urgency.value}")
    print(flag.because)
print("listed:", alarm.listed)
print("deferred:", len(alarm.deferred), "options")

# %% [markdown]
# ## A lens
#
# The same question again, to different sources. A lens is about who speaks; it says nothing of the person.

# %%
explore, back_pain = painrules.explore, result.profile
lenses = {
    "all sources": explore(back_pain),
    "only the US": explore(back_pain, jurisdictions="US"),
    "only the UK": explore(back_pain, jurisdictions="UK"),
    "only one UK guideline": explore(back_pain, sources="nice_ng59"),
}
for name, seen in lenses.items():
    option = seen["acupuncture"]
    print(f"{name:<24}{option.status.value:<16}{len(option.positions)} positions decide")

# %% [markdown]
# ## Cautions
#
# Safety is an axis of its own. A caution stands beside an option; it does not silently take it away.

# %%
older = painrules.explore("chronic", "neuropathic", age=72)
option = older["amitriptyline"]
print(option.label, "-", option.status.value, "- safety:", option.safety.value)
for caution in option.cautions:
    print(f"   {caution.severity.value}: {caution.because} [{caution.cited}]")

# %% [markdown]
# ## As a picture
#
# One call draws what a result says, in the shape of a slide. Signs, borders and words say the same as the colours, and
# the picture has an alt text. The graph behind it answers questions in a sentence, with sources.

# %%
from painrules.graph import alternatives, draw  # noqa: E402 - where it is needed

draw(painrules.explore(condition="fibromyalgia").graph())

# %%
print(alternatives("opioids"))

# %% [markdown]
# ## Where next
#
# - `print(result)` and `result.to_markdown()` for handouts; the notice goes with them.
# - Change the profile in the second cell and run everything again.
# - `docs/explanation/resolver.md` tells how positions decide, `docs/explanation/limits.md` how far to trust them.
# - `docs/tutorials/first-pack.md` shows how to write rules.
