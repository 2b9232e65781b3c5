"""What a learner sees and types into: one module a kind of thing, its view in ``static/``.

Two promises hold for every widget here:

- The one trait of ours is ``content``, fixed curriculum content. JupyterLab can save widget state
  into the notebook, so whatever a person types or picks travels in messages and is never state.
- Text is set as text. Nothing is ever read as HTML.
"""
