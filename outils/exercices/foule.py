"""A crowd at PgBouncer, nine in ten of one territory: nobody is refused, and the others wait no longer."""

import asyncio
import statistics
import time

import psycopg

SESSIONS = 440  # with those of both webs, the 500 of deploy/pgbouncer
GRANDE_PART = 9  # in ten, of one territory
GRAND, PETIT = "099", "075"
DUREE, PAUSE = 30.0, 1.0  # seconds
PAGE = "SELECT count(*) FROM (SELECT FROM demande WHERE territoire = %s ORDER BY id LIMIT 50) x"
EQUITABLE = 1.5  # times what the crowded territory waits, at most


class Foule:
    """What each territory waited, in seconds, and who was refused."""

    def __init__(self) -> None:
        self.attentes: dict[str, list[float]] = {GRAND: [], PETIT: []}
        self.refus: list[str] = []

    def venir(self, url: str, *, sessions: int = SESSIONS, duree: float = DUREE) -> None:
        """All at once, each asks for a page a second."""
        asyncio.run(self._venir(url, sessions, time.monotonic() + duree))

    async def _venir(self, url: str, sessions: int, fin: float) -> None:
        territoires = [GRAND if rang % (GRANDE_PART + 1) else PETIT for rang in range(sessions)]
        await asyncio.gather(*(self._demander(url, territoire, fin) for territoire in territoires))

    async def _demander(self, url: str, territoire: str, fin: float) -> None:
        try:
            async with await psycopg.AsyncConnection.connect(url, autocommit=True) as session:
                while (debut := time.monotonic()) < fin:
                    await session.execute(PAGE, [territoire])
                    self.attentes[territoire].append(time.monotonic() - debut)
                    await asyncio.sleep(PAUSE)
        except psycopg.Error as exc:
            self.refus.append(type(exc).__name__)

    def p95(self, territoire: str) -> float:
        """What nineteen pages in twenty of a territory wait at most."""
        return statistics.quantiles(self.attentes[territoire], n=20)[-1]

    def juger(self) -> list[str]:
        """What is wrong, one sentence each."""
        fautes = [f"{len(self.refus)} session(s) refusée(s) : {self.refus[0]}"] if self.refus else []
        if min(map(len, self.attentes.values())) < 2:
            return [*fautes, "un territoire n’a rien pu lire"]
        if self.p95(PETIT) > EQUITABLE * self.p95(GRAND):
            fautes.append(
                f"le petit territoire attend {self.p95(PETIT):.3f} s, le grand {self.p95(GRAND):.3f} s"
            )
        return fautes
