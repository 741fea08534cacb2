"""The claim check: words of praise for oneself, where a fact would say more.

Asked by the shell when a win is written down: imports next to nothing.
"""

from __future__ import annotations

from plannertui.i18n import gettext as _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    # Where a word stands: its first character, and the one after its last.
    Place = tuple[int, int]

ENGLISH = (
    *("amazing", "amazingly", "brilliant", "brilliantly", "diligent", "diligently"),
    *("excellence", "excellent", "excellently", "exceptional", "exceptionally"),
    *("exemplary", "extraordinarily", "extraordinary", "fantastic", "flawless"),
    *("flawlessly", "hard-working", "hardworking", "impressive", "impressively"),
    *("incredible", "incredibly", "indispensable", "invaluable", "masterful"),
    *("masterfully", "outstanding", "outstandingly", "remarkable", "remarkably"),
    *("selfless", "selflessly", "spectacular", "stellar", "superb", "superbly"),
    *("superior performance", "tireless", "tirelessly", "unmatched", "unparalleled"),
    *("unrivalled", "unrivaled", "unwavering", "visionary", "wonderful"),
    *("wonderfully", "world-class", "above and beyond", "best in class"),
    *("best-in-class", "extra mile", "second to none"),
)
CHINESE = (
    *("卓越", "突出", "任劳任怨", "优秀", "杰出", "出色", "圆满", "完美", "优异"),
    *("非凡", "兢兢业业", "勤勤恳恳", "无私奉献", "呕心沥血", "鞠躬尽瘁", "废寝忘食"),
    *("尽心尽力", "尽职尽责", "有口皆碑", "首屈一指", "出类拔萃", "广受好评"),
    *("一致好评", "高度评价", "高度赞扬", "不辞辛劳", "不辞劳苦", "成效显著"),
    *("成绩显著", "效果显著", "勇挑重担", "恪尽职守", "业绩斐然", "无与伦比"),
)
# What the same word means beside these is a plain fact: outstanding invoices, 突出问题.
PLAIN_BEFORE = {
    "outstanding": (
        *("amount", "application", "balance", "bill", "case", "claim", "debt"),
        *("fee", "file", "fine", "invoice", "issue", "item", "payment", "point"),
        *("question", "request", "ticket"),
    ),
    "突出": ("问题", "矛盾", "位置", "重点", "的问题", "的矛盾"),
    "优秀": ("奖", "等次", "名额", "比例"),
}
PLAIN_AFTER = {"突出": ("问题", "矛盾", "较为", "比较")}
QUOTES = {"“": "”", '"': '"', "「": "」", "『": "』", "«": "»", "‘": "’"}


def praise(text: str) -> list[Place]:
    """Where ``text`` praises instead of telling, in order.

    Whole words in English, whatever their case. What stands in quotation marks is
    somebody else's word, and so is no praise of oneself.
    """
    low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    quoted = _quoted(text)
    found: list[Place] = []
    for word in (*ENGLISH, *CHINESE):
        for start in _all(low, word):
            end = start + len(word)
            if word.isascii() and not (_edge(low, start - 1) and _edge(low, end)):
                continue
            if any(
                low[end:].lstrip(" ").startswith(w) for w in PLAIN_BEFORE.get(word, ())
            ):
                continue
            if any(low[:start].endswith(w) for w in PLAIN_AFTER.get(word, ())):
                continue
            if not any(first < start < last for first, last in quoted):
                found.append((start, end))
    return sorted(found)


def praised(text: str) -> list[str]:
    """The words of ``text`` that praise, each once, as they are written."""
    return list(dict.fromkeys(text[start:end] for start, end in praise(text)))


def advice(text: str) -> str:
    """What to say about ``text`` as long as nothing proves it; empty without praise."""
    words = praised(text)
    if not words:
        return ""
    said = _("“{word}” is a claim: add a number, a document or a witness")
    return said.format(word=words[0])


def _all(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _edge(text: str, at: int) -> bool:
    """Whether no letter or digit of a word in Latin script stands there."""
    if not 0 <= at < len(text):
        return True
    char = text[at]
    return not (char.isalnum() and ord(char) < 0x2E80)


def _quoted(text: str) -> list[Place]:
    """The places of the quotations of ``text``, marks included."""
    found: list[Place] = []
    at = 0
    while at < len(text):
        end = text.find(QUOTES[text[at]], at + 1) if text[at] in QUOTES else -1
        if end > at:
            found.append((at, end))
            at = end
        at += 1
    return found
