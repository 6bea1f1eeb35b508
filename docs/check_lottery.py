"""Draw a lottery again. Download its JSON file from the lottery's page, then: python3 check_lottery.py FILE"""

import json
import sys
from hashlib import sha256
from pathlib import Path

lottery = json.loads(Path(sys.argv[1]).read_text("utf-8"))
tickets = {one["number"]: one for one in lottery["tickets"]}
order = sorted(tickets, key=lambda number: sha256(f"{lottery['seed']}:{number}".encode()).hexdigest())
won, left = [], lottery["places"]
for number in order:
    if tickets[number]["places"] <= left:
        won, left = [*won, number], left - tickets[number]["places"]
    elif not lottery["smaller_may_pass"]:
        break
as_published = order == sorted(tickets, key=lambda number: tickets[number]["drawn"])
as_published &= won == [number for number in order if tickets[number]["won"]]
as_promised = sha256(lottery["seed"].encode()).hexdigest() == lottery["promise"]
print(*won, f"as published: {as_published}", f"as promised: {as_promised}", sep="\n")
