"""What quietly waits for the user: counts for one line of notices."""

from __future__ import annotations

from datetime import date, timedelta

from plannertui.store.open import Store

UNDECIDED_DAYS = 3
CLAIM_DAYS = 60
GUESS_DAYS = 60


def notices(db: Store, today: date) -> dict[str, int]:
    """How many recent wins lack proof, guesses are stale, grey matters are undecided.

    Only what is there has a key: "claims", "guesses", "grey".
    """
    counted = {
        "claims": db.one(
            "SELECT count(*) FROM entry WHERE kind = 'win' AND deleted_at IS NULL "
            "AND day >= ? AND ifnull(json_extract(win, '$.number'), '') = '' "
            "AND ifnull(json_extract(win, '$.document'), '') = '' "
            "AND ifnull(json_extract(win, '$.witnesses'), '[]') = '[]'",
            ((today - timedelta(days=CLAIM_DAYS)).isoformat(),),
        ),
        "guesses": db.one(
            "SELECT count(*) FROM priority WHERE basis = 'guess' AND state = 'active' "
            "AND deleted_at IS NULL AND ifnull(checked_on, '') < ?",
            ((today - timedelta(days=GUESS_DAYS)).isoformat(),),
        ),
        "grey": db.one(
            "SELECT count(*) FROM matter WHERE nature = 'grey' AND state = 'open' "
            "AND deleted_at IS NULL AND day <= ? "
            "AND ifnull(json_extract(boundary, '$.decision'), '') = ''",
            ((today - timedelta(days=UNDECIDED_DAYS)).isoformat(),),
        ),
    }
    return {name: row[0] for name, row in counted.items() if row and row[0]}
