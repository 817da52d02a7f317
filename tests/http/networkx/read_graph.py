"""Reads a graph file with NetworkX and prints its nodes and edges as JSON: the word of a foreign parser."""

import json
import sys

import networkx as nx

asked = json.load(sys.stdin)
form, path = asked["form"], asked["path"]

if form == "graphml":
    graph = nx.read_graphml(path, force_multigraph=True)
elif form == "gexf":
    graph = nx.read_gexf(path)
elif form == "dot":
    import pydot

    (parsed,) = pydot.graph_from_dot_file(path, encoding="utf-8")
    graph = nx.nx_pydot.from_pydot(parsed)
else:
    with open(path, encoding="utf-8") as file:
        graph = nx.cytoscape_graph(json.load(file))

print(
    json.dumps(
        {
            "directed": graph.is_directed(),
            "nodes": [[node, data] for node, data in graph.nodes(data=True)],
            "edges": [[source, target, data] for source, target, data in graph.edges(data=True)],
        }
    )
)
