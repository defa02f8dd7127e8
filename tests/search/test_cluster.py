"""A run on a dask cluster of two worker processes outlives one of them."""

import os
import signal
from fractions import Fraction
from pathlib import Path

import pytest

from nashgap.search.query import Query
from nashgap.search.question import Question
from nashgap.search.run import Progress
from nashgap.search.store import Store
from nashgap.search.stored import Answer, answers
from nashgap.search.verdict import RuledOut

distributed = pytest.importorskip(
    "distributed", reason="the extra `cluster` (dask.distributed) is not installed"
)

DISCOUNTS = [Fraction(k, k + 1) for k in range(1, 7)]


@pytest.mark.filterwarnings("default")  # of dask's own, while a worker is restarted
def test_a_worker_that_is_killed_costs_no_answer(tmp_path: Path) -> None:
    asked = [Question(Query(gamma=gamma), sup=True) for gamma in DISCOUNTS]
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
        Store(tmp_path / "s") as store,
    ):
        before = {worker.pid for worker in cluster.workers.values()}
        victim = min(before)

        def kill_at_two(_: Answer, progress: Progress) -> None:
            if progress.done == 2:
                os.kill(victim, signal.SIGKILL)

        found = answers(asked, store, client.get_executor(), workers=2, report=kill_at_two)
        assert len(before) == 2
        assert victim not in {worker.pid for worker in cluster.workers.values()}
        assert [one.was_kept for one in answers(asked, store)] == [True] * len(asked)
    for one, gamma in zip(found, DISCOUNTS, strict=True):
        assert isinstance(one.verdict, RuledOut)
        assert one.verdict.supremum == 2 * gamma / (1 - gamma)
