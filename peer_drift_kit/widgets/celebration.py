"""``celebration()``: the close. A group of polar bears is called a celebration."""

from .figure import drawing
from .view import View, script

__all__ = ["celebration"]


class CelebrationView(View):
    _esm = script("celebration")


def celebration() -> CelebrationView:
    """Show the polar bears."""
    return CelebrationView({"svg": drawing("celebration")})
