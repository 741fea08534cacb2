"""What is being written and not saved yet, kept in the store as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plannertui.core.errors import PlannerError
from plannertui.store import drafts

if TYPE_CHECKING:
    from plannertui.store.drafts import Draft
    from plannertui.tui.planner import Planner


class Drafting:
    """One text under the pen: its target, what the store has, what the draft has.

    ``target`` is "entry:J105" (or another noun) for what is in the store, and
    "reflect:2024-09-14:credit-01" or "note:2024-09-14" for what is not yet. ``error`` is why the last attempt to keep it failed.
    """

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self.session = drafts.session_id()
        self.target = ""
        self.base_rev = 0
        self.saved = ""
        self.text = ""
        self.cursor = ""
        self.kept: str | None = None
        self.error: PlannerError | None = None

    @property
    def dirty(self) -> bool:
        """Whether the text differs from what the store has."""
        return self.text != self.saved

    @property
    def pending(self) -> bool:
        """Whether there is something that only memory holds."""
        return bool(self.target) and (
            self.text != self.kept if self.dirty else self.kept is not None
        )

    def open(self, target: str, saved: str, base_rev: int) -> Draft | None:
        """Take up ``target``; a draft of it that is already kept comes back."""
        self.target, self.saved, self.base_rev = target, saved, base_rev
        self.text, self.kept, self.error = saved, None, None
        draft = drafts.get(self._planner.db, target) if target else None
        if draft is not None and draft.body == saved:
            draft = None
        return draft

    def elsewhere(self, draft: Draft) -> bool:
        """Whether ``draft`` is being written at this moment by another session."""
        return draft.session != self.session and drafts.alive(draft.session)

    def take(self, draft: Draft) -> None:
        """Show ``draft``; it is one's own from the first change on."""
        self.text, self.base_rev, self.cursor = (
            draft.body,
            draft.base_rev,
            draft.cursor,
        )
        self.kept = draft.body

    def flush(self) -> bool:
        """Write the draft, or drop it once it says what is saved; False on failure."""
        if not self.pending:
            return self.error is None
        try:
            if self.dirty:
                drafts.put(
                    self._planner.db,
                    self.target,
                    self.text,
                    base_rev=self.base_rev,
                    cursor=self.cursor,
                    session=self.session,
                    now=self._planner.now(),
                )
                self.kept = self.text
            else:
                drafts.drop(self._planner.db, self.target)
                self.kept = None
        except PlannerError as error:
            self.error = error
            return False
        self.error = None
        return True

    def start_anew(self, target: str) -> None:
        """Go on with the same text for ``target``, of which nothing is saved."""
        old, self.target = self.target, target
        self.saved, self.base_rev, self.kept = "", 0, None
        if self.flush():
            drafts.drop(self._planner.db, old)

    def settle(self, target: str, saved: str, base_rev: int) -> None:
        """Note that the store now has ``saved`` as ``target``; its draft goes."""
        old = self.target
        self.target, self.saved, self.base_rev = target, saved, base_rev
        self.kept, self.error = None, None
        try:
            drafts.drop(self._planner.db, old)
        except PlannerError:
            self.kept = saved
