"""The queue in a test: the real worker's loop, in this process, until nothing is ready."""

from __future__ import annotations

import pytest
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from saksgang.offentlighet.commands import sett_filkontroll_ajour
from saksgang.sakarkiv.models import Journalpost


def kjoer_jobber() -> int:
    """Run everything that is ready in the queue, as `db_worker --batch` does; return how many alarms rang.

    A task that fails fails the test: the rows are to keep what goes wrong, never the queue.
    """
    foer = set(DBTaskResult.objects.finished().values_list("pk", flat=True))
    with pytest.MonkeyPatch.context() as bytt:
        # The worker drops a connection that is not as it left it; the test's own is in the test's transaction.
        bytt.setattr(db_worker, "close_old_connections", lambda: None)
        db_worker.Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="test",
            excluded_queue_names=[],
        ).run()
    kjoert = DBTaskResult.objects.finished().exclude(pk__in=foer)
    assert [t.traceback for t in kjoert.filter(status="FAILED")] == []
    return kjoert.count()


def kontroller_alle() -> None:
    """Check every file that is to be public, as the worker does with what the log tells of."""
    sett_filkontroll_ajour(Journalpost.objects.values_list("pk", flat=True))
