"""`kmtui log`: a forum in one line, kept whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import click

from kmtui import fields
from kmtui.forum import Forum, edits_of
from kmtui.naming import Naming, Warned
from kmtui.series import titled_series
from kmtui.words import _
from store.errors import N_
from store.notebook import Notebook
from store.records import Lesson, RecordId, Series, Session
from store.vocabulary import ROLES, Role

from .days import DAY, GivenDay
from .door import notices, writing
from .job import Job
from .naming import asked_for_name, same_person
from .telling import answer, can_ask, wants_json
from .typed import NUMBER

_SEPARATOR: Final = re.compile("[:：]")
_ROLE_HELP: Final[Mapping[Role, str]] = {
    "sponsor": N_("Who was คุณเอื้อ; many times for several."),
    "facilitator": N_("Who was คุณอำนวย; many times for several."),
    "practitioner": N_("Who was คุณกิจ; many times for several."),
    "recorder": N_("Who was คุณบันทึก; many times for several."),
    "coordinator": N_("Who was คุณประสาน; many times for several."),
    "process_lead": N_("Who was คุณนำกระบวนการ; many times for several."),
}


class Said(NamedTuple):
    """``--say "NAME: TEXT"`` in its parts; the name may be empty."""

    name: str
    text: str


def _role_options(command: Callable[..., None]) -> Callable[..., None]:
    for role in reversed(ROLES):
        flag = "--" + role.replace("_", "-")
        option = click.option(flag, role, multiple=True, metavar="NAME", help=_ROLE_HELP[role])
        command = option(command)
    return command


_FIELDS: Final = tuple(
    name for name in fields.ROWS["session"] if fields.called("session", name).option
)
"""Texts of a forum that have an option."""


def _field_options(command: Callable[..., None]) -> Callable[..., None]:
    for name in reversed(_FIELDS):
        flag = "--" + name.replace("_", "-")
        said = fields.called("session", name).option
        command = click.option(flag, name, default="", help=said)(command)
    return command


@click.command("log", cls=Job, help=N_("Keep the forum TITLE with what is known of it now."))
@click.argument("title", metavar="TITLE")
@click.option(
    "--date",
    type=DAY,
    metavar="DATE",
    help=N_("The day, พ.ศ. or ISO: 17/5/2569, 17 พ.ค. 2569, 2026-05-17."),
)
@_field_options
@click.option("--series", metavar="TITLE", help=N_("The series that it belongs to."))
@click.option(
    "--part", type=NUMBER, metavar="N", help=N_("Its number in the series; Thai digits too.")
)
@_role_options
@click.option(
    "--agency",
    multiple=True,
    metavar="[NAME=]AGENCY",
    help=N_("An agency that took part, or the agency of one person; many times."),
)
@click.option(
    "--say", multiple=True, metavar='"NAME: TEXT"', help=N_("What somebody said; many times.")
)
@click.option(
    "--lesson",
    multiple=True,
    metavar="TEXT",
    help=N_("A lesson; where exactly one --say stands beside it, that is its evidence."),
)
@click.option(
    "--absent", multiple=True, metavar="NAME[=REASON]", help=N_("Who could not come; many times.")
)
def log_command(title: str, say: Sequence[str], **given: Any) -> None:
    """Nothing but a title is needed; what is missing is told by `kmtui check`."""
    if not title.strip():
        raise click.UsageError(_("The forum needs a title."), click.get_current_context())
    said = [_split(one) for one in say]
    with writing() as notebook:
        forum = _begun(notebook, title.strip(), given)
        for one in said:
            _say(forum, one)
        _name_roles(forum, given)
        _name_others(forum, given["agency"], given["absent"])
        _draw(forum, given["lesson"])
        forum.settle()
        notebook.save(*edits_of(forum.naming, forum))
    if wants_json():
        document = forum.shape(kept=True)
        answer(document | {"warnings": [*document["warnings"], *notices()]})
    else:
        from .told_forum import tell_forum  # lines for people: not every script pays for them

        tell_forum(forum, kept=True)


def _split(words: str) -> Said:
    parts = _SEPARATOR.split(words, maxsplit=1)
    if len(parts) < 2 or not parts[1].strip():
        raise click.BadParameter(
            _('write "NAME: TEXT", not {words}').format(words=repr(words[:60])), param_hint="--say"
        )
    name = " ".join(parts[0].split())
    if name and not any(letter.isalpha() for letter in name):
        raise click.BadParameter(
            _('{name} is no name; write "NAME: TEXT"').format(name=name), param_hint="--say"
        )
    return Said(name, parts[1].strip())


def _begun(notebook: Notebook, title: str, given: Mapping[str, Any]) -> Forum:
    """The forum with its head, before anybody speaks."""
    naming = Naming(
        notebook.people(),
        notebook.agencies(),
        notebook.new_id,
        is_same=same_person if can_ask() else None,
    )
    when: GivenDay | None = given["date"]
    series: tuple[RecordId | None, Series | None] = (None, None)
    if given["series"]:
        series = titled_series(notebook.series(), given["series"], notebook.new_id)
    session = Session(
        id=notebook.new_id("session"),
        title=title,
        series=series[0],
        part=given["part"],
        date=when.day if when else None,
        until=when.until if when else None,
        starts=when.starts if when else None,
        ends=when.ends if when else None,
        **{name: given[name].strip() for name in _FIELDS},
    )
    forum = Forum(session=session, naming=naming, new_id=notebook.new_id, series=series[1])
    if when:
        forum.warnings.extend(when.warnings)
    return forum


def _say(forum: Forum, said: Said) -> None:
    person = _person(forum, said.name) if said.name else None
    forum.say(said.text, person, label="" if person else said.name)


def _person(forum: Forum, name: str) -> RecordId | None:
    """Whom the name means; None for a role word that nobody can be asked about."""
    if not forum.naming.is_role_word(name):
        return forum.naming.person(name)
    if can_ask():
        found = asked_for_name(name)
        return forum.naming.person(found) if found else None
    forum.warnings.append(
        Warned(
            kind="role_word",
            message=_("{word} is a role, not a name; nobody is named.").format(word=name),
        )
    )
    return None


def _name_roles(forum: Forum, given: Mapping[str, Any]) -> None:
    for role in ROLES:
        for name in given[role]:
            person = _person(forum, name) if name.strip() else None
            if person is not None:
                forum.hold(person, role)


def _name_others(forum: Forum, agencies: Sequence[str], absent: Sequence[str]) -> None:
    for words in agencies:
        name, equals, agency = words.rpartition("=")
        if not agency.strip():
            continue
        known = forum.naming.agency(agency.strip())
        forum.take_part(known)
        person = _person(forum, name.strip()) if equals and name.strip() else None
        if person is not None:
            forum.attend(person, agency=known)
    for words in absent:
        name, _equals, reason = words.partition("=")
        person = _person(forum, name.strip()) if name.strip() else None
        if person is not None:
            forum.attend(person, "absent", reason=reason.strip())


def _draw(forum: Forum, lessons: Sequence[str]) -> None:
    """One lesson for each text; with several turns nobody said which one it comes from."""
    evidence = frozenset(turn.id for turn in forum.turns) if len(forum.turns) == 1 else frozenset()
    for text in lessons:
        if text.strip():
            forum.lessons.append(
                Lesson(
                    id=forum.id_for("lesson"),
                    session=forum.session.id,
                    title=text.strip(),
                    evidence=evidence,
                )
            )
