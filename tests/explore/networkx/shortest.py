"""What NetworkX makes of the ways between two things.

Reads JSON: { entities: [id], facts: [id], hubs: [id], links: [[id, id]], pairs: [[id, id]], count, most }.
Writes JSON: of each pair { lengths: [hops of the `count` shortest simple ways], shortest: how many ways are as short as
the first }. A fact that joins two entities is one hop; nothing leads through a hub; a way repeats no entity and no fact.
"""

import json
import sys
from itertools import islice

import networkx as nx

asked = json.load(sys.stdin)
entities, facts, hubs = set(asked["entities"]), set(asked["facts"]), set(asked["hubs"])
most, count = asked["most"], asked["count"]

beside = {}
for a, b in asked["links"]:
    beside.setdefault(a, set()).add(b)
    beside.setdefault(b, set()).add(a)

folded = nx.Graph()
folded.add_nodes_from(entities)


def join(a, b, fact):
    """Two entities are next to each other, by a fact or (None) by themselves."""
    if not folded.has_edge(a, b):
        folded.add_edge(a, b, by=set())
    folded[a][b]["by"].add(fact)


for a, near in beside.items():
    for b in near:
        if a in entities and b in entities and a < b:
            join(a, b, None)
        elif a in facts and b in entities:
            for c in near:
                if c in entities and b < c:
                    join(b, c, a)

calm = folded.subgraph(entities - hubs).copy()


def around(ends):
    """The graph without hubs, unless they are asked about."""
    more = [end for end in ends if end in hubs]
    return folded.subgraph((entities - hubs) | set(more)).copy() if more else calm


def distinct(way, used=frozenset(), at=1):
    """Whether every hop can have a fact of its own."""
    if at == len(way):
        return True
    by = folded[way[at - 1]][way[at]]["by"]
    if None in by:
        return distinct(way, used, at + 1)
    return any(distinct(way, used | {fact}, at + 1) for fact in by - used)


def ways(graph, a, b):
    if a not in graph or b not in graph or not nx.has_path(graph, a, b):
        return
    for way in nx.shortest_simple_paths(graph, a, b):
        if len(way) - 1 > most:
            return
        if distinct(way):
            yield way


def answer(a, b):
    graph = around((a, b))
    lengths = [len(way) - 1 for way in islice(ways(graph, a, b), count)]
    shortest = 0
    if lengths:
        shortest = sum(1 for _ in islice(nx.all_shortest_paths(graph, a, b), 1000))
    return {"lengths": lengths, "shortest": shortest}


json.dump([answer(a, b) for a, b in asked["pairs"]], sys.stdout)
